"""The mark of a municipality comes from a file that nobody trusts, and only shapes get into a page."""

import pytest

from campaign.text.plain_svg import LONGEST, plain_svg
from campaign.text.web_and_email_addresses import Refused

XMLNS = 'xmlns="http://www.w3.org/2000/svg"'
SHAPE = '<path d="M0 0h40v48z" fill="#0b5d5a"/>'


def svg(inside: str = SHAPE, attributes: str = 'viewBox="0 0 40 48"') -> str:
    return f"<svg {XMLNS} {attributes}>{inside}</svg>"


def test_a_mark_is_written_anew_from_what_was_understood():
    typed = svg(
        f"<!-- made elsewhere --><g fill='none'>\n {SHAPE}</g>", "width='9999' height='1' viewBox='0 0 40 48'"
    )
    assert plain_svg(typed) == (
        '<svg viewBox="0 0 40 48" aria-hidden="true" height="40" width="33"><g fill="none">'
        '<path d="M0 0h40v48z" fill="#0b5d5a"></path></g></svg>'
    )


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (svg("<script>alert(1)</script>"), "<script>"),
        (svg('<a href="https://example.org"/>'), "<a>"),
        (svg('<image href="https://example.org/a.png"/>'), "<image>"),
        (svg('<use href="#x"/>'), "<use>"),
        (svg("<style>*{display:none}</style>"), "<style>"),
        (
            svg('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">!</p></foreignObject>'),
            "<foreignObject>",
        ),
        (svg("<text>112</text>"), "<text>"),
        (svg("Call 112"), "words"),
        (svg("&#x27e6;exit et -&#x27e7;"), "words"),
        (svg('<path d="M0 0" onclick="alert(1)"/>'), "onclick on <path>"),
        (svg('<path d="M0 0" style="position:fixed"/>'), "style on <path>"),
        (svg('<path d="M0 0" id="text"/>'), "id on <path>"),
        (svg('<path d="M0 0" class="exit"/>'), "class on <path>"),
        (svg('<path d="M0 0" fill="url(https://example.org)"/>'), "fill on <path>"),
        (svg('<rect width="1e9" height="4"/>'), "width on <rect>"),
        (svg(attributes='viewBox="-9 0 40 48"'), "viewBox -9 0 40 48"),
        (svg(attributes=""), "no viewBox"),
        (svg(attributes='viewBox="0 0 40 48" onload="alert(1)"'), "onload on <svg>"),
        (svg('<circle r="\N{ARABIC-INDIC DIGIT ONE}"/>'), "r on <circle>"),
        (
            svg(attributes='viewBox="0 0 4\N{ARABIC-INDIC DIGIT ONE} 48"'),
            "viewBox 0 0 4\N{ARABIC-INDIC DIGIT ONE} 48",
        ),
        (svg("\ud800"), "half a character"),
        ('<svg viewBox="0 0 4 4"/>', "<svg> outermost"),
        (f'<!DOCTYPE svg [<!ENTITY a "b">]>{svg()}', "a DOCTYPE"),
        (f'<?xml-stylesheet href="a.css"?>{svg()}', "<?xml-stylesheet"),
        (svg() + "<svg/>", "text that is not XML (junk after document element)"),
        (svg() + " " * LONGEST, f"{len(svg()) + LONGEST:,} characters"),
    ],
)
def test_what_is_not_a_shape_is_refused(typed, found):
    with pytest.raises(Refused) as refused:
        plain_svg(typed)
    assert refused.value.found == found


def test_a_mark_is_on_the_first_page_and_about_the_site_of_its_own_place_alone(sample):
    sample.edit("municipalities/ee/ylde.yml", "name:\n", f"mark: '{svg()}'\nname:\n")
    sample.build("ee")
    drawn = plain_svg(svg())
    pages = {path.relative_to(sample.root).as_posix() for path in (sample.root / "sites").rglob("*.html")}
    shown = {path for path in pages if drawn in (sample.root / path).read_text("utf-8")}
    own = {f"sites/ee/ylde/{path}" for path in ("index.html", "about/site.html")}
    assert shown == own | {path.replace("ylde/", "ylde/ru/") for path in own}


def test_a_wrong_mark_is_a_problem_of_its_key(sample):
    sample.edit("municipalities/ee/ylde.yml", "name:\n", f"mark: '{svg('<script/>')}'\nname:\n")
    problem, _ = sample.campaign("check").stderr.splitlines()
    assert (
        problem.startswith("municipalities/ee/ylde.yml:") and ": mark: " in problem and "<script>" in problem
    )
