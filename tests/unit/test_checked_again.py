"""In one process, such as a preview, a page that nobody changed is judged anew when what it stands on changes."""

import pytest

PAGE = "docs/et/help.md"
COUNTRY = "municipalities/ee/_country.yml"
GLOSSARY = "i18n/glossary/et.yml"


@pytest.mark.parametrize(
    ("text", "file", "old", "new", "found"),
    [
        ("Ring 5555 0199.", "municipalities/ee/ylde.yml", "+372 736 1300", "+372 5555 0199", "is ee-ylde-social"),
        ("Ring. <!-- promise: child-helpline -->", COUNTRY, "- child-helpline", "- legal-aid", "for which ee"),
        ("Maasikas.", GLOSSARY, "terms:", "terms:\n  - {term: vili, avoid: [maasik], why: x}", "found 'Maasik'"),
        ("Maasikas.", GLOSSARY, "quiet:", "quiet:\n  - et help", "which contains 'et help'"),
        ("Maasikas.", GLOSSARY, "lawyer:", "lawyer:\n    - maasik", "found 'Maasik' without this mark"),
    ],
)  # fmt: skip
def test_a_page_is_checked_again_when_a_contact_or_a_word_changes(sample, text, file, old, new, found):
    sample.edit(PAGE, "Estonian law.", text)
    sample.edit("docs/ru/safety.md", "title", "titel")  # a problem that is always there
    assert found not in str(sample.problems())
    sample.edit(file, old, new)
    assert found in str(sample.problems())
