"""A section that is behind its source, in a copy."""

from __future__ import annotations

from ..project import tree

NOTICE = '<p class="notice">Эта часть могла устареть. Самый новый текст: <a href="../help.html#here" hreflang="et" lang="et">Eesti</a></p>'


def test_an_old_section_has_a_notice_in_its_copies_until_somebody_records_it(sample, tmp_path):
    for code in ("et", "lv", "ru"):
        sample.edit(f"docs/{code}/help.md", "title:", "source_language: et\ntitle:")
    sample.campaign("translated", "--all")
    sample.build("ee")
    assert "notice" not in sample.read("ee/ylde/ru/help.html")
    sample.edit("docs/et/help.md", "## Here {#here}", "## Siin {#here}")
    said = sample.build("ee")
    assert ", 2 texts are behind their source." in said
    russian = sample.read("ee/ylde/ru/help.html")
    assert f'<h2 id="here">Here</h2>{NOTICE}' in russian
    assert russian.count('class="notice"') == 1
    assert ".notice{" in russian
    assert "notice" not in sample.read("ee/ylde/help.html") + sample.read("ee/ylde/ru/index.html")
    sample.mkdocs("ee/ylde", tmp_path / "direct")
    assert tree(tmp_path / "direct") == tree(sample.root / "sites/ee/ylde")
    assert sample.campaign("translated", "help.md", "-l", "ru").returncode == 0
    assert ", 1 text is behind their source." in sample.build("ee")
    assert "notice" not in sample.read("ee/ylde/ru/help.html")
