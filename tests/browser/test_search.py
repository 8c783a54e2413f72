"""The search: what it finds for words as people type them, what it costs, and that it keeps nothing."""

from __future__ import annotations

import gzip
import re

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe

from ..chromium import open_search, type_and_wait
from ..project import ROOT

STARTS = ("ar", "uz")  # with fewer pages, and so with fewer searches
LANGUAGES = ("et", "lv", "lt", "ru", "en", "uk", *STARTS)
FIRST_SEARCH = 40_000  # bytes, compressed
DISTRESS = {
    "et": "abi,appi,politsei,pole dokumente,võeti pass ära,oht,kardan,ohus,olen ohus,enesetapp,tahan surra,ei taha elada,"
    "ta tapab mu,aita mind,mind vägistati,mind lööakse,olen rase",
    "lv": "palīdzība,palīgā,policija,nav dokumentu,man atņēma pasi,briesmas,man ir bail,esmu briesmās,pašnāvība,"
    "gribu mirt,negribu dzīvot,viņš mani nogalinās,palīdzi man,mani izvaroja,viņš mani sit,esmu stāvoklī",
    "lt": "pagalba,gelbėkit,policija,neturiu dokumentų,atėmė pasą,pavojus,bijau,man gresia pavojus,savižudybė,noriu mirti,"
    "nenoriu gyventi,jis mane užmuš,padėk man,mane išprievartavo,jis mane muša,esu nėščia",
    "ru": "помощь,помогите,полиция,нет документов,забрали паспорт,опасность,мне страшно,я в опасности,суицид,хочу умереть,"
    "не хочу жить,он меня убьет,помогите мне,меня изнасиловали,он меня бьёт,беременна",
    "en": "help,police,no papers,they took my passport,danger,scared,sos,i am in danger,suicide,i want to die,kill myself,"
    "i do not want to live,he will kill me,help me please,i was raped,he hits me,pregnant",
    "uk": "допомога,поліція,немає документів,забрали паспорт,я в небезпеці,самогубство,хочу померти,не хочу жити,"
    "він мене вб'є,допоможіть мені,мене зґвалтували,він мене б'є,вагітна",
    "ar": "مساعدة,ساعدوني,الشرطة,بلا أوراق,أخذوا جوازي,أنا في خطر,انتحار,أريد أن أموت,سيقتلني,اغتصبني,يضربني,حامل",
    "uz": "yordam,yordam bering,politsiya,hujjat yo'q,xavf,qo'rqyapman,suitsid,o'lmoqchiman,meni o'ldiradi,zo'rlashdi,"
    "meni uradi,homiladorman",
}


def searches(language: str) -> dict[str, dict[str, list[str]]]:
    """``{"tuned": {"abi": ["help"]}, "held-out": …}``"""
    text = (ROOT / "tests" / "searches" / f"{language}.yml").read_text("utf-8")
    lists = yaml.load(text, yaml.BaseLoader)
    return {
        name: {words: pages.split() for words, pages in entries.items()} for name, entries in lists.items()
    }


def home(language: str) -> str:
    return "index.html" if language == "et" else f"{language}/index.html"


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(scope="module")
def searched(browser, site, language):
    """A page of the language with the search open, the same for each test that only types and looks."""
    page = browser.new_page()
    page.goto(site + home(language))
    open_search(page)
    yield page
    page.close()


def found_for(page, many: list[str], count: int) -> list[list[str]]:
    """The pages that the search finds for each of many words, at most so many, best first."""
    found = "f => f.entry.path + (f.entry.of || '')"
    return page.evaluate(
        f"([many, count]) => many.map(words => searchFor(words, count).map({found}))", [many, count]
    )


def missed(page, wanted: dict[str, list[str]], count: int) -> list[tuple[str, list[str]]]:
    """The words for which none of their pages is among so many, with what is found instead."""
    found = zip(wanted, found_for(page, [*wanted], count), strict=True)
    return [(words, got) for words, got in found if not {f"{name}.html" for name in wanted[words]} & {*got}]


def test_what_people_type_finds_what_they_mean_in_the_first_three(searched, language):
    lists = searches(language)
    assert sum(map(len, lists.values())) >= (20 if language in STARTS else 40)
    for name, wanted in lists.items():
        assert len(fails := missed(searched, wanted, 3)) <= 0.05 * len(wanted), (name, fails)


def test_in_danger_help_or_the_page_that_answers_comes_very_first(searched, language):
    wanted = searches(language)["danger"]
    assert len(wanted) >= (15 if language in STARTS else 40)
    assert len(fails := missed(searched, wanted, 1)) <= 0.02 * len(wanted), fails


# Searches about death and self-harm, then others that only look like them.
GRAVE = {
    "et": ("tahan surra,enesetapu,ta tapab mu,ei taha enam elada,enesetapp", "kus elada,surfamine,tapeet,tahan tööd"),
    "lv": ("gribu mirt,pasnaviba,viņš mani nogalinās,negribu vairs dzīvot", "kur dzīvot,mirklis,nauda"),
    "lt": ("noriu mirti,savizudybe,jis mane užmuš,nebenoriu gyventi", "kur gyventi,mirksniai,noriu dirbti"),
    "ru": ("хочу умереть,суецид,он меня убьет,не хочу больше жить", "где жить,хочу работать,смета"),
    "en": ("i want to die,suicidal thoughts,he will kill me,i dont want to live anymore", "where to live,diet,deadline,skills"),
    "uk": ("хочу померти,суїцид,він мене вб'є,не хочу більше жити", "де жити,хочу працювати"),
    "ar": ("أريد أن أموت,انتحار,سيقتلني,لا أريد أن أعيش", "أين أعيش,أريد أن أعمل"),
    "uz": ("o'lmoqchiman,suitsid,u meni o'ldiradi,yashashni xohlamayman", "qayerda yashash,ishlamoqchiman"),
}  # fmt: skip


def test_words_of_death_and_self_harm_show_112_and_a_line_above_all_results(searched, language):
    page = searched
    for words in GRAVE[language][0].split(","):
        page.fill(".search input", words)
        assert page.evaluate(
            "[].map.call(document.querySelectorAll('.search [role=alert] a'), function (a) { return a.getAttribute('href'); })"
        ) == ["tel:112", "tel:116123"], words
        assert page.evaluate(
            "document.querySelector('.search [role=alert]').getBoundingClientRect().bottom"
            " <= document.querySelector('.search li').getBoundingClientRect().top"
        )
        assert page.locator(".search li a").first.get_attribute("href").split("#")[0].endswith("help.html")
    for words in GRAVE[language][1].split(","):
        page.fill(".search input", words)
        assert page.locator(".search [role=alert] a").count() == 0, words


def test_a_number_finds_help_first_on_every_kind_of_page(searched, page, site, language):
    page.goto(site + home(language).replace("index.html", "professionals/signs.html"))
    open_search(page)
    numbers = ["112", "116 111", "116006", "+372 660 7320"]
    for kind in (searched, page):
        assert found_for(kind, numbers, 1) == [["help.html"]] * len(numbers)


def test_words_of_distress_find_the_help_page_first(searched, language):
    words = DISTRESS[language].split(",")
    assert dict(zip(words, found_for(searched, words, 1), strict=True)) == {
        each: ["help.html"] for each in words
    }


def test_the_pages_of_each_audience_come_first_for_its_own(page, site):
    first = []
    for path in ("en/index.html", "en/professionals/index.html"):
        page.goto(site + path)
        open_search(page)
        first.append(type_and_wait(page, "signs")[0].removeprefix(site))
    assert [path.partition("#")[0] for path in first] == [
        "en/migrants/signs.html",
        "en/professionals/signs.html",
    ]


@pytest.mark.parametrize("place", ["ee/narva", "lv/riga", "lt/kaunas", "ru/pskov"])
def test_the_first_search_is_light(sites, place):
    folder = sites / place / "assets" / "search"
    sizes = {file.name: len(gzip.compress(file.read_bytes(), 9, mtime=0)) for file in folder.iterdir()}
    shared = sum(sizes.pop(name) for name in ("contacts.js", "engine.js", "box.js", "box.css"))
    assert {"et.js", "lv.js", "lt.js", "ru.js", "en.js"} <= sizes.keys()
    for name, size in sizes.items():
        assert shared + size <= FIRST_SEARCH, name


def test_nothing_is_fetched_before_the_search_opens_and_nothing_twice(browser, site):
    context = browser.new_context()
    page = context.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url.removeprefix(site)))
    page.on("console", lambda message: said.append(message.text))
    page.goto(site + "ru/youth/online.html", wait_until="networkidle")
    assert asked == ["ru/youth/online.html"]
    del asked[:]
    open_search(page)
    files = ("box.css", "box.js", "contacts.js", "engine.js", "ru.js")
    assert sorted(asked) == [f"assets/search/{name}" for name in files]
    length = page.evaluate("history.length")
    del asked[:]
    for words in ("паспорт", "qqqq"):
        page.fill(".search input", "")
        type_and_wait(page, words)
        page.keyboard.press("Enter")
    assert (asked, said) == ([], [])
    assert page.url == site + "ru/youth/online.html"
    assert page.evaluate("history.length") == length
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    context.close()


@pytest.mark.parametrize("language", ["et", "ru", "en"])
def test_a_language_finds_its_own_pages_only(page, site, language):
    page.goto(site + home(language))
    folder = page.url.removesuffix("index.html")
    open_search(page)
    for words in ("help abi помощь pagalba palidziba", "STROM", "politsei полиция police"):
        page.fill(".search input", "")
        found = type_and_wait(page, words)
        assert found
        for address in found:
            assert re.fullmatch(
                re.escape(folder) + r"(youth/|migrants/|professionals/|about/)?[a-z-]+\.html(#[\w-]+)?",
                address,
            )


def test_results_say_where_they_belong_and_mark_what_was_found(page, site):
    page.goto(site + "en/index.html")
    open_search(page)
    type_and_wait(page, "unpayed wages contract")
    first = page.locator(".search li").first
    assert first.locator("a").inner_text() == "At work"
    assert first.locator("small").inner_text().startswith("Coming here, working here")
    marks = {mark.lower() for mark in page.locator(".search mark").all_inner_texts()}
    assert marks & {"contract", "contracts", "wage", "wages"}
    assert all(len(text) < 260 for text in page.locator(".search li p").all_inner_texts())
    first.locator("a").click()
    assert page.url.startswith(site + "en/migrants/at-work.html")


@pytest.mark.parametrize("path", ["help.html", "ru/professionals/referral.html"])
def test_the_search_works_by_keyboard_and_tells_what_it_found(page, site, path):
    page.goto(site + path)
    page.locator(".find").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".search input:focus")
    assert page.get_by_role("search").get_by_role("searchbox").get_attribute("autocomplete") == "off"
    found = type_and_wait(page, "112 STROM")
    assert str(len(found)) in page.locator(".search").get_by_role("status").inner_text()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.href") == found[0]
    page.keyboard.press("Escape")
    assert not page.locator(".search").is_visible()
    assert page.evaluate("document.activeElement.className") == "find"
    page.keyboard.press("Enter")
    assert page.input_value(".search input") == ""
    page.keyboard.type("zzxxqq")
    page.wait_for_selector(".search [role=status]:not(:empty)")
    assert page.locator(".search li").count() == 0
    page.get_by_role("search").get_by_role("button").click()
    assert not page.locator(".search").is_visible()


@pytest.mark.parametrize(
    ("path", "scheme"),
    [
        ("index.html", "light"),
        ("ru/help.html", "light"),
        ("ru/help.html", "dark"),
        ("lv/professionals/training.html", "dark"),
    ],
)
def test_axe_finds_nothing_in_the_open_search(browser, site, path, scheme):
    page = browser.new_page(color_scheme=scheme, viewport={"width": 320, "height": 700}, bypass_csp=True)
    page.goto(site + path)
    open_search(page)
    type_and_wait(page, "112")
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
    results = Axe().run(page, options=options)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320
    page.close()
