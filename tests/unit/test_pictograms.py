"""A page names a pictogram, and the build puts the drawing into the page."""

import re

import pytest

from campaign.model.contact import Audience
from campaign.pages.slots import PICTOGRAMS, check_markdown, with_slots
from campaign.site.draw_pictograms import drawing, with_pictograms

from ..project import ROOT

DEBT, CALL = drawing(ROOT, "debt"), drawing(ROOT, "call")


def test_every_drawing_has_a_name_and_every_name_a_drawing():
    assert {file.stem for file in (ROOT / "overrides/pictograms").glob("*.svg")} == {*PICTOGRAMS}


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>⟦pictogram et debt⟧ Võlg</p>", f"<p>{DEBT} Võlg</p>"),
        (
            "<ul>\n<li>⟦pictogram et debt⟧ Võlg</li>\n<li>Muu</li>\n</ul>",
            f'<ul class="pictograms" role="list">\n<li class="pictured">{DEBT} Võlg</li>\n<li>Muu</li>\n</ul>',
        ),
        (
            "<ul>\n<li>Muu</li>\n</ul>\n<ul>\n<li>\n<p>⟦pictogram et debt⟧ Võlg</p>\n</li>\n</ul>",
            '<ul>\n<li>Muu</li>\n</ul>\n<ul class="pictograms" role="list">\n'
            f'<li class="pictured">\n<p>{DEBT} Võlg</p>\n</li>\n</ul>',
        ),
        (
            '<h3 id="x">A</h3>\n<p>⟦pictogram et call⟧ B</p>\n<p><a href="c.html">C</a></p>\n<p>D</p>',
            f'<div class="door"><h3 id="x">A</h3>\n<p>{CALL} B</p>\n<p><a href="c.html">C</a></p></div>\n<p>D</p>',
        ),
        # Without a link alone in its paragraph there is nothing to tap.
        (
            '<h3 id="x">A</h3>\n<p>⟦pictogram et call⟧ B</p>\n<p>C</p>',
            f'<h3 id="x">A</h3>\n<p>{CALL} B</p>\n<p>C</p>',
        ),
        ("<p>⟦phone et emergency⟧</p>", "<p>⟦phone et emergency⟧</p>"),
    ],
)
def test_slots_become_drawings_list_items_and_doors(html, shown):
    assert with_pictograms(html, ROOT) == shown


def test_a_drawing_is_a_decoration_for_assistive_technology():
    for name in PICTOGRAMS:
        assert 'aria-hidden="true"' in drawing(ROOT, name)
        assert re.findall(r"<(\w+)", drawing(ROOT, name)).count("svg") == 1


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("- <!-- pictogram: debt --> Võlg\n", None),
        ("- <!-- pictogram: dept --> Võlg\n", "(did you mean 'debt'?)"),
        ("- <!-- pictogram: debt, call --> Võlg\n", "one of papers-kept"),
        ("## <!-- pictogram: debt --> Võlg\n", "not in a heading"),
        ("- <!--pictogram: debt--> Võlg\n", "<!-- pictogram: NAME -->"),
    ],
)
def test_a_wrong_pictogram_is_refused_with_what_is_expected(markdown, expected):
    problems = check_markdown(markdown, "docs/et/more.md", 1, ["ee"])
    assert [expected in str(problem) for problem in problems] == ([] if expected is None else [True])


def test_a_pictogram_is_in_the_base_under_the_language_of_its_text():
    markdown = "- <!-- pictogram: debt --> Долг"
    assert with_slots(markdown, "uk", Audience.YOUTH, "ru") == "- ⟦pictogram ru debt⟧ Долг"
