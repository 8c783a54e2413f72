"""What a preview says beside a section about its translation."""

import pytest

from campaign.checks.check import check
from campaign.checks.mistakes_on_previewed_pages import page_notes
from campaign.today import now

COMMAND = "Once both say the same, run: campaign translated help.md#here -l lv"
CHANGE = "## [-Here-] {+Now here+} {#here} <!-- contacts: own -->"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", f"This section is behind its source. {COMMAND}. The change of the source: {CHANGE}"),
        ("lv", "This section has changed, and its source has not. " + COMMAND),
    ],
)
def test_a_section_says_that_it_and_its_source_differ(sample, language, said):
    for path in sample.root.glob("docs/lv/**/*.md"):
        sample.write(f"docs/en/{path.relative_to(sample.root / 'docs/lv')}", path.read_bytes())
    assert sample.campaign("translated", "--all").returncode == 0
    assert page_notes(sample.root, check(sample.root, now()), ["lv"]) == {}
    sample.edit(f"docs/{language}/help.md", "## Here", "## Now here")
    notes = page_notes(sample.root, check(sample.root, now()), ["lv"])
    ((line, note),) = [each for each in notes["docs/lv/help.md"] if "#here -l" in each[1]]
    assert note == f"docs/lv/help.md:{line}: here: {said}"
