"""What a page says of the hour: made from the notation, on the clock of the contact's owner, and renewed."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from campaign.contacts.card import Cards, card_environment, until_note
from campaign.model.confirmations_and_approvals import HistoryEntry
from campaign.model.contact import Audience, Contact
from campaign.model.working_group import Meeting
from campaign.professionals.working_group_pages import Cooperation
from campaign.site.page_scripts import minified
from campaign.text.opening_hours import DAYS, check_hours, openings

from ..project import ROOT
from ..repository import PLACES, WORDS

SCRIPT = minified((ROOT / "overrides/partials/page.js").read_text("utf-8"))
STYLE = (ROOT / "overrides/partials/site.css").read_text("utf-8")
NOTE = ".open, .shut"
THEN = " Until then ring: 116 006."  # Estonia's line for victims is open day and night
FRIDAY = "2026-10-23T17:00:00Z"  # 20:00 in Tallinn; the clock is put back on Sunday
SPRING = "2027-03-26T18:00:00Z"  # 20:00 in Tallinn; the clock is put forward on Sunday


def contact(schedule: str | None = "Mo-Fr 09:00-15:00", **more) -> Contact:
    return Contact.model_validate(
        {
            "id": "x-line",
            "roles": ["victim-support"],
            "organization": {language: "Liin" for language in WORDS},
            "phones": [{"number": "+372 660 7320"}],
            "source": {"url": "https://example.org/x", "date": "undated"},
        }
        | ({"schedule": schedule} if schedule else {})
        | more
    )


@pytest.fixture
def show(browser):
    """Opens a page that holds this HTML, our style and our script, at a moment."""
    context = browser.new_context(timezone_id="America/New_York")
    page = context.new_page()

    def show(inside: str, now: str, language: str = "en"):
        html = f"""<!doctype html><html lang="{language}"><title>x</title><style>{STYLE}</style>
            <a class="find" href="find.html">x</a><main>{inside}</main><script>{SCRIPT}</script></html>"""
        page.route(
            "**/x.html", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8")
        )
        page.clock.install(time=datetime.fromisoformat(now))
        page.goto("http://place.test/x.html")
        return page

    yield show
    context.close()


def listed(one: Contact, place, language: str = "en") -> str:
    return Cards(ROOT, WORDS, place.country.language).list([one], place, language, Audience.EVERYONE)


def card(schedule: str, place: str = "ee/narva", language: str = "en", own: bool = False) -> str:
    """The list with the card of a contact that has these hours, the country's or the place's own."""
    where = PLACES.municipalities[place]
    where = replace(where, lines={"x-line": 1}) if own else where
    return listed(contact(schedule), where, language)


@pytest.mark.parametrize("now", [FRIDAY, SPRING])
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", f"Opens on Monday at 09:00.{THEN}"),
        ("et", "Avatakse esmaspäeval kell 09:00. Seni helista: 116 006."),
        ("lv", "Sāks strādāt pirmdien pulksten 09:00. Līdz tam zvani: 116 006."),
        ("lt", "Pradės dirbti pirmadienį 09:00. Iki tol skambink: 116 006."),
        ("ru", "Начнёт работать в понедельник в 09:00. До этого звоните: 116 006."),
        ("uk", "Почне працювати у понеділок о 09:00. До того дзвоніть: 116 006."),
    ],
)
def test_the_note_is_a_sentence_with_the_day_and_the_time_of_the_notation_across_a_change_of_the_clock(
    show, language, said, now
):
    page = show(card("Mo-Fr 09:00-15:00", language=language), now, language)
    assert page.locator(NOTE).all_inner_texts() == [said]


@pytest.mark.parametrize(
    ("schedule", "now", "said"),
    [
        ("Mo-Su 12:00-22:00", "2026-11-24T09:00:00Z", f"Opens on Tuesday at 12:00.{THEN}"),
        ("Mo-Su 12:00-22:00", "2026-11-24T21:00:00Z", f"Opens on Wednesday at 12:00.{THEN}"),
        ("Mo-Fr 13:00-17:00,09:00-12:00", "2026-11-24T10:30:00Z", f"Opens on Tuesday at 13:00.{THEN}"),
        ("Mo 09:00-12:00", "2026-11-23T11:00:00Z", f"Opens on Monday at 09:00.{THEN}"),
        ("Mo-Su 00:30-01:00", "2026-11-24T22:10:00Z", f"Opens on Wednesday at 00:30.{THEN}"),
        ("Fr 22:00-02:00", "2026-11-28T01:00:00Z", f"Opens on Friday at 22:00.{THEN}"),
        ("Fr 22:00-02:00", "2026-11-27T23:30:00Z", WORDS["en"]["open-now"]),
        ("Su 22:00-02:00", "2026-11-29T23:30:00Z", WORDS["en"]["open-now"]),
        ("Mo-Su 18:00-08:00", "2026-11-24T22:00:00Z", WORDS["en"]["open-now"]),
        ("Mo 09:00-24:00", "2026-11-23T21:59:00Z", WORDS["en"]["open-now"]),
        ("Mo 09:00-24:00", "2026-11-23T22:00:00Z", f"Opens on Monday at 09:00.{THEN}"),
    ],
)
def test_open_and_shut_at_the_edges_of_days_and_spans(show, schedule, now, said):
    assert show(card(schedule), now).locator(NOTE).all_inner_texts() == [said]


def reference(notation: str, now: datetime) -> str:
    """What holds at a moment, worked out once more in another way."""
    week = openings(notation)
    for ago in (0, 1):
        day = DAYS[(now.weekday() - ago) % 7]
        for opening in week:
            if day in opening.days:
                start = datetime.combine(
                    now.date() - timedelta(ago), datetime.strptime(opening.opens, "%H:%M").time()
                )
                closes = datetime.strptime(opening.closes, "%H:%M").time()
                over = (
                    timedelta(minutes=1) if opening.closes == "23:59" and "24:00" in notation else timedelta()
                )
                end = datetime.combine(start.date(), closes) + over
                if end <= start:
                    end += timedelta(1)
                if start <= now < end:
                    return WORDS["en"]["open-now"]
    coming = min(
        (datetime.combine(now.date() + timedelta(ahead), datetime.strptime(opening.opens, "%H:%M").time()), opening)
        for ahead in range(8)
        for opening in week
        if DAYS[(now.weekday() + ahead) % 7] in opening.days
        and (ahead or opening.opens > f"{now:%H:%M}")
    )  # fmt: skip
    return f"Opens {WORDS['en']['day-on-' + DAYS[coming[0].weekday()].lower()]} at {coming[1].opens}.{THEN}"


def test_many_hours_at_many_moments_are_read_as_the_other_formats_read_them(show):
    chance = random.Random(11)

    def notation() -> str:
        days = chance.sample(DAYS, chance.randint(1, 4))
        times = [
            f"{hour:02d}:{chance.choice((0, 30, 45)):02d}" for hour in sorted(chance.sample(range(24), 4))
        ]
        return (
            f"{','.join(days)} {times[0]}-{times[1]},{times[2]}-{chance.choice((times[3], '24:00', '00:30'))}"
        )

    found = []
    while len(found) < 120:
        with suppress(ValueError):
            found.append(check_hours(notation()))
    page = show("".join(map(card, found)), "2026-11-23T00:00:00Z")
    for hours in (0, 7, 31, 53, 77, 103, 128, 150):
        moment = datetime(2026, 11, 23, tzinfo=UTC) + timedelta(hours=hours, minutes=hours)
        page.clock.set_fixed_time(moment)
        page.evaluate("dispatchEvent(new Event('pageshow'))")
        local = moment.astimezone(ZoneInfo("Europe/Tallinn")).replace(tzinfo=None)
        assert page.locator(NOTE).all_inner_texts() == [reference(hours, local) for hours in found]


def test_a_national_line_is_open_on_its_own_countrys_clock_which_is_named(show):
    moment = "2026-11-24T15:30:00Z"  # 18:30 in Moscow, 17:30 in Kaliningrad
    schedule = "Mo-Fr 09:00-18:00"
    page = show(card(schedule, "ru/kaliningrad"), moment)
    assert page.locator(NOTE).inner_text() == "Opens on Wednesday at 09:00 (Moscow Time)."
    assert "from 09:00 to 18:00 (Moscow Time)" in page.locator(".card").inner_text()


def test_a_place_of_its_own_clock_is_open_on_that_and_nothing_is_named(show):
    page = show(card("Mo-Fr 09:00-18:00", "ru/kaliningrad", own=True), "2026-11-24T15:30:00Z")
    assert page.locator(NOTE).inner_text() == WORDS["en"]["open-now"]
    assert "Time)" not in page.locator(".card").inner_text()
    page = show(card("Mo-Fr 09:00-18:00", "ru/pskov"), "2026-11-24T14:30:00Z")
    assert page.locator(NOTE).inner_text() == WORDS["en"]["open-now"]
    assert "Time)" not in page.locator(".card").inner_text()


def test_a_tab_that_stays_open_is_renewed_at_each_change(show):
    page = show(card("Mo-Fr 09:00-15:00"), "2026-11-24T12:50:00Z")  # 14:50
    assert page.locator(NOTE).inner_text() == WORDS["en"]["open-now"]
    page.clock.run_for("09:30")
    assert page.locator(NOTE).inner_text() == WORDS["en"]["open-now"]
    page.clock.run_for("01:00")
    assert page.locator(NOTE).inner_text() == f"Opens on Wednesday at 09:00.{THEN}"
    page.clock.fast_forward("18:00:00")
    assert page.locator(NOTE).inner_text() == WORDS["en"]["open-now"]


@pytest.mark.parametrize("event", ["pageshow", "visibilitychange"])
def test_a_page_that_comes_back_is_renewed_at_once(show, event):
    page = show(card("Mo-Fr 09:00-15:00"), "2026-11-24T12:50:00Z")
    page.clock.pause_at("2026-11-24T12:51:30Z")
    page.clock.set_system_time("2026-11-24T13:20:00Z")
    page.evaluate(
        "event => (event === 'pageshow' ? window : document).dispatchEvent(new Event(event))", event
    )
    assert page.locator(NOTE).inner_text() == f"Opens on Wednesday at 09:00.{THEN}"
    assert page.locator(NOTE).count() == 1


@pytest.mark.parametrize(
    "broken", ["throw 1", "return 'Tue 14:50'", "return '24/11/2026, 14:50:00'", "return ''"]
)
def test_a_note_that_cannot_be_worked_out_disappears(show, broken):
    page = show(card("Mo-Fr 09:00-15:00"), "2026-11-24T12:50:00Z")
    assert page.locator(NOTE).count() == 1
    page.evaluate(f"void (Date.prototype.toLocaleString = function () {{ {broken} }})")
    page.evaluate("dispatchEvent(new Event('pageshow'))")
    assert page.locator(NOTE).count() == 0
    assert "Monday to Friday from 09:00 to 15:00" in page.locator(".card").inner_text()
    assert "Opens" not in page.locator(".card").inner_text()


def test_the_note_is_quieter_than_the_number_and_is_not_printed(show):
    chat = {"kind": "sms", "number": "+372 5464 0007", "schedule": "Mo-Fr 09:00-15:00"}
    line = {"number": "+372 660 7320", "schedule": "Mo-Fr 09:00-15:00"}
    where = PLACES.municipalities["ee/narva"]
    one = contact(phones=[line], chats=[chat])
    page = show(listed(one, where), FRIDAY)
    sizes = "links => links.map(a => parseFloat(getComputedStyle(a).fontSize))"
    number = min(page.eval_on_selector_all(".call a", sizes))
    assert page.locator(NOTE).count() == 3
    assert all(size < number for size in page.eval_on_selector_all(NOTE, sizes))
    weights = page.eval_on_selector_all(NOTE, "notes => notes.map(n => getComputedStyle(n).fontWeight)")
    assert set(weights) == {"400"}
    page.emulate_media(media="print")
    assert not any(note.is_visible() for note in page.locator(NOTE).all())
    assert "from 09:00 to 15:00" in page.locator(".card").inner_text()


def test_a_line_that_is_always_open_has_no_note(show):
    page = show(card("24/7"), FRIDAY)
    assert page.locator(NOTE).count() == 0
    assert "data-days" not in card("24/7")


def confirmed(role: str, how: str = "rung") -> str:
    """The list with the card of a contact that somebody confirmed on 24 November 2025."""
    one = contact(roles=[role])
    said = {"result": "confirmed", "digest": one.digest, "date": "2025-11-24", "office": "Amet", "how": how}
    one = one.with_history([HistoryEntry.model_validate(said)])
    return listed(one, PLACES.municipalities["ee/narva"])


def test_a_confirmation_that_has_run_out_says_so_also_while_the_page_is_open(show):
    page = show(confirmed("police"), "2026-11-25T04:30:00Z")  # in New York it is still the last day
    assert page.locator(".expired").count() == 0
    page.clock.fast_forward("01:00:00")
    assert page.locator(".expired").inner_text().strip() == WORDS["en"]["card-expired"]


def test_on_each_of_four_hundred_days_an_open_page_says_confirmed_only_while_it_is(show):
    days = {"victim-support": 90, "police": 365, "emergency": 400}  # the last is good for ever
    page = show("".join(map(confirmed, days)), "2025-11-24T17:00:00Z")
    for day in range(401):
        said = [WORDS["en"]["card-expired"] not in text for text in page.locator(".source").all_inner_texts()]
        assert said == [day <= last for last in days.values()], day
        page.clock.fast_forward("24:00:00")


@pytest.mark.parametrize(("role", "days"), [("victim-support", 90), ("police", 365)])
def test_a_card_says_that_it_is_confirmed_up_to_its_last_day_and_never_after(show, browser, role, days):
    ways = ("rung", "page-opened")
    html = "".join(confirmed(role, how) for how in ways)
    until = date(2025, 11, 24) + timedelta(days)
    sentence = f"good until {until.day} {until:%B %Y}"
    for day in (0, 1, days - 1, days, days + 1, days + 2, 400):
        moment = date(2025, 11, 24) + timedelta(day)
        page = show(html, f"{moment}T17:00:00Z")  # noon in New York
        for how, source in zip(ways, page.locator(".source").all_inner_texts(), strict=True):
            assert (sentence in source) == (day <= days), day
            assert (WORDS["en"]["card-expired"] in source) == (day > days), day
            assert ("Confirmed on" in source) == (day <= days and how == "rung"), day
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.set_content(html)
    assert all(sentence in source for source in plain.locator(".source").all_inner_texts())
    plain.context.close()


MEETING = {
    "id": "narva-table",
    "kind": "round-table",
    "starts": "2026-11-24 10:00",
    "ends": "2026-11-24 12:30",
    "venue": "Raekoda",
    "organization": {"et": "Linnavalitsus"},
    "announced": "2026-01-01",
}


@pytest.mark.parametrize("language", WORDS)
def test_a_meeting_that_is_over_says_so_on_its_own_places_clock(show, language):
    place = PLACES.municipalities["ee/narva"]
    record = place.record.model_copy(update={"meetings": (Meeting.model_validate(MEETING),)})
    cooperation = Cooperation(card_environment(ROOT), WORDS, "et")
    html = cooperation.meetings(replace(place, record=record), language)
    page = show(html, "2026-11-24T10:29:00Z", language)  # 12:29 in Narva
    words = WORDS[language]["meeting-over"]
    assert words not in page.locator(".card").inner_text()
    page.clock.fast_forward("00:02:00")
    assert words in page.locator(".card p").first.inner_text()
    page = show(html, "2027-02-01T00:00:00Z", language)
    assert page.locator(".card").inner_text().count(words) == 1


def test_a_sentence_that_held_until_a_day_says_so_once_the_day_is_past(show):
    """On the date of the reader's device, here in New York; nothing else of the page changes."""
    note = until_note("2027-03-04", "en", WORDS["en"])
    page = show(f"<p>A law. {note}</p>", "2027-03-05T04:59:00Z")  # still the 4th there
    sentence = page.locator("main p")
    assert sentence.inner_text() == "A law. This holds until 4 March 2027."
    page.clock.set_fixed_time("2027-03-05T05:00:30Z")
    page.evaluate("dispatchEvent(new Event('pageshow'))")
    assert sentence.inner_text() == "A law. This held until 4 March 2027. Ask what holds now."
