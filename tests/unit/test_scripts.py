"""The scripts inside a page are shortened, and each still begins and ends by itself."""

from calmjs.parse import es5

from campaign.site.page_scripts import read_scripts

from ..project import ROOT


def test_two_scripts_of_a_page_are_two_statements():
    one, two = read_scripts(ROOT, "exit.js"), read_scripts(ROOT, "offer.js")
    both = es5(str(read_scripts(ROOT, "exit.js", "offer.js")))
    assert len(both.children()) == len(es5(str(one)).children()) + len(es5(str(two)).children()) == 2
