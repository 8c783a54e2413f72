"""How editors write slots and country marks, and what becomes of them."""

import pytest

from campaign.errors import CampaignError
from campaign.model.contact import Audience
from campaign.pages.slots import ALLOWED, Slot, check_markdown, for_country, with_slots
from campaign.site.base_site import cut

COUNTRIES = ("ee", "lt", "lv", "ru")


def messages(markdown, first_line=1):
    return [str(p) for p in check_markdown(markdown, "docs/et/x.md", first_line, COUNTRIES)]


@pytest.mark.parametrize(
    "good",
    [
        "<!-- contacts: shelter, social-services -->",
        "Text\n\n<!-- contacts: own -->\n\nText",
        "Call <!-- phone: emergency --> now.",
        "Place: <!-- municipality: name -->",
        "<!-- municipality: contact-point -->",
        "<!-- only: ee lv -->\n\nText\n\n<!-- end -->",
    ],
)
def test_the_forms_that_editors_may_write(good):
    assert messages(good) == []


@pytest.mark.parametrize(
    "bad",
    [
        "<!-- contact: shelter -->",
        "<!-- contacts shelter -->",
        "<!-- Contacts: shelter -->",
        "<!--contacts: shelter-->",
        "<!-- contacts: Shelter -->",
        "<!-- contacts: shelter,police -->",
        "<!-- contacts: -->",
        "<!-- phone: -->",
        "<!-- a note to myself -->",
        "<!-- contacts: shelter",
        "<!-- endif -->",
    ],
)
def test_a_misspelt_slot_is_a_problem_with_its_line(bad):
    (message,) = messages("\n\n" + bad, first_line=5)
    assert message == f"docs/et/x.md:7: expected {ALLOWED}, found '{bad}'"


@pytest.mark.parametrize(
    ("bad", "expected"),
    [
        ("<!-- contacts: nobody -->", "one or more of the roles emergency, "),
        ("<!-- contacts: own, shelter -->", "one or more of the roles emergency, "),
        ("<!-- phone: nobody -->", "one of the roles emergency, "),
        ("<!-- phone: police, shelter -->", "one of the roles emergency, "),
        ("<!-- municipality: mayor -->", "one of name, contact-point"),
        ("Text <!-- contacts: shelter -->", "a slot or a mark alone on its line"),
        ("## Call <!-- phone: emergency --> {#x}", "this slot in a sentence, not in a heading"),
        ("<!-- only: se -->\n\n<!-- end -->", "one or more of the countries ee, lt, lv, ru"),
        ("<!-- end -->", "<!-- end --> only after <!-- only: … -->"),
    ],
)
def test_unknown_words_in_a_slot_are_problems(bad, expected):
    (message,) = messages(bad)
    assert f": expected {expected}" in message


def test_marks_must_be_closed_and_do_not_nest():
    assert len(messages("<!-- only: ee -->\n\n<!-- only: lv -->\n\n<!-- end -->")) == 1
    assert messages("x\n\n<!-- only: ee -->\n\nx") == [
        "docs/et/x.md:3: expected <!-- end --> after <!-- only: … -->, found none"
    ]


def test_brackets_of_the_base_site_may_not_be_written():
    assert len(messages("⟦phone et emergency⟧")) == 2


def test_a_country_sees_its_passages_alone_and_lines_stay_in_place():
    text = "a\n\n<!-- only: ee -->\n\nb\n\n<!-- end -->\n\n<!-- only: lv lt -->\n\nc\n\n<!-- end -->\n\nd"
    assert for_country(text, "ee").split() == ["a", "b", "d"]
    assert for_country(text, "lt").split() == ["a", "c", "d"]
    assert for_country(text, "ru").split() == ["a", "d"]
    assert len(for_country(text, "ru").split("\n")) == len(text.split("\n"))


def test_slots_carry_the_language_and_the_audience_of_the_page():
    text = with_slots("<!-- contacts: shelter, police -->\n\n<!-- phone: emergency -->", "ru", Audience.YOUTH)
    assert text == ('<div class="contacts">⟦contacts ru youth:shelter,police⟧</div>\n\n⟦phone ru emergency⟧')


def test_a_page_is_cut_at_its_slots():
    page = cut("x.html", "a⟦phone ru emergency⟧b⟦exit ru -⟧c".encode())
    assert page.text == (b"a", b"b", b"c")
    assert page.slots == (Slot("phone", "ru", "emergency"), Slot("exit", "ru", "-"))


@pytest.mark.parametrize("html", ["a⟦phone ru b", "a⟦nobody ru x⟧", "a⟧ ⟦", "⟦⟦phone ru x⟧"])
def test_a_broken_slot_in_the_base_stops_the_build(html):
    with pytest.raises(CampaignError, match="slot that is cut or unknown"):
        cut("x.html", html.encode())


def test_the_audience_of_a_page_is_its_folder():
    assert Audience.of("youth/online.md") is Audience.YOUTH
    assert Audience.of("help.html") is Audience.EVERYONE
    assert Audience.of("youth.md") is Audience.EVERYONE
