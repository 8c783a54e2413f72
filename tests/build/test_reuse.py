"""What has not changed is left alone; what has changed, whatever it is, leaves no stale byte behind."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from campaign.files.digests import code

from ..project import CAMPAIGN, OTHER, ROOT, Sample, counts, tree


def bases(sample: Sample) -> dict[str, str]:
    """The kept base of each country."""
    return {path.name[:2]: path.name for path in (sample.root / ".cache/bases").iterdir()}


def rendered(sample: Sample, before: dict[str, str]) -> set[str]:
    return {country for country, name in bases(sample).items() if before.get(country) != name}


def assert_equals_a_fresh_build(sample: Sample, *but: str) -> None:
    fresh = sample.root / "fresh"
    sample.build("--fresh", "--out", str(fresh))
    assert {path: data for path, data in tree(sample.root / "sites").items() if path not in but} == tree(
        fresh
    )
    shutil.rmtree(fresh)


# What changes, which countries it renders anew and how many copies it builds. Each group is compared with a fresh
# build once: its changes are of different countries, places, parts of a page or files, so none puts right what
# another has left stale.
CHANGES = (
    {
        "a passage of one country": ("docs/ru/help.md", "Latvian law.", "Latvian rule.", "lv", 1),
        "a title": ("docs/et/safety.md", "title: et safety.md", "title: et calm", "ee", 2),
    },
    {
        "a word of one language": ("i18n/lv.yml", "menu: ", "menu: x", "lv", 1),
        "a country's contact": ("municipalities/ee/_country.yml", "2023-06", "2023-07", "", 2),
    },
    {
        "a country's languages": ("municipalities/lv/_country.yml", "  - ru\n", "  - et\n", "lv", 1),
        "a place's contact": ("municipalities/ee/ylde.yml", "736 1300", "736 1301", "", 1),
        "a place's name": ("municipalities/ee/teine.yml", "Teine", "Kolmas", "", 1),
    },
    {
        "a setting": ("mkdocs.yml", "  - tables\n", "  - tables\n  - footnotes\n", "ee lv", 0),
        "a hook": ("hooks/no_bullets_in_checklists.py", "☐", "☑", "ee lv", 0),
    },
    {
        "the style": (
            "overrides/partials/site.css",
            "a{color:var(--deep)}",
            "a{color:var(--go)}",
            "ee lv",
            3,
        ),
        "the document": ("overrides/main.html", "<footer>", '<footer class="x">', "ee lv", 3),
        "the card": ("overrides/partials/card.html", '<li class="card">', '<li class="card x">', "ee lv", 3),
        "the script": ("overrides/partials/page.js", "", "/* changed */\n", "ee lv", 3),
    },
    {
        "a page": ("docs/et/help.md", "# Help", "# Pomogi", "ee lv", 3),
        "a word of two countries": ("i18n/et.yml", "menu: ", "menu: x", "ee lv", 3),
        "the navigation": (
            "mkdocs.yml",
            "  - find.md\n  - safety.md",
            "  - safety.md\n  - find.md",
            "ee lv",
            3,
        ),
    },
)


def test_a_change_renders_and_writes_what_it_touches_and_leaves_nothing_stale(sample):
    sample.build()
    for group in CHANGES:
        for change, (path, old, new, countries, built) in group.items():
            before = bases(sample)
            sample.edit(path, old, new)
            assert counts(sample.build()) == (3, built, 3 - built, 0), change
            assert rendered(sample, before) == set(countries.split()), change
        assert_equals_a_fresh_build(sample)


def test_a_page_can_be_added_and_removed_again(sample):
    sample.build()
    for language in ("et", "lv", "ru"):
        sample.write(
            f"docs/{language}/more.md", "---\ntitle: More\n---\n\n# More\n\n<!-- contacts: own -->\n"
        )
    sample.edit("mkdocs.yml", "  - help.md\n", "  - help.md\n  - more.md\n")
    assert counts(sample.build()) == (3, 3, 0, 0)
    assert (sample.root / "sites/ee/ylde/ru/more.html").exists()
    assert_equals_a_fresh_build(sample)
    for language in ("et", "lv", "ru"):
        (sample.root / f"docs/{language}/more.md").unlink()
    sample.edit("mkdocs.yml", "  - more.md\n", "")
    assert counts(sample.build()) == (3, 3, 0, 0)
    assert not (sample.root / "sites/ee/ylde/ru/more.html").exists()
    assert_equals_a_fresh_build(sample)


SIGN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0h40v20z"/></svg>\n'


def show(sample: Sample, picture: str) -> None:
    """A picture on the help page of every language."""
    sample.write("docs/pictures/sign.svg", picture)
    for language in ("et", "lv", "ru"):
        text = "![A sign](../pictures/sign.svg){ width=40 height=20 }"
        sample.edit(f"docs/{language}/help.md", "# Help\n", f"# Help\n\n{text}\n")


def test_a_picture_of_a_page_is_an_input_too(sample):
    show(sample, SIGN)
    sample.build()
    sample.write("docs/pictures/sign.svg", SIGN.replace("M0", "M1"))
    sample.build()
    assert sample.read("ee/ylde/pictures/sign.svg") == SIGN.replace("M0", "M1")
    assert_equals_a_fresh_build(sample)


def on_one_core(sample: Sample, *arguments: str) -> subprocess.CompletedProcess[str]:
    """One worker renders all countries, one after the other."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        return sample.campaign("build", *arguments)
    finally:
        os.sched_setaffinity(0, cores)


def test_a_text_that_two_countries_show_is_converted_for_each_as_if_alone(sample):
    """MkDocs itself is the judge: a direct build of each place converts everything anew."""
    done = on_one_core(sample)
    assert done.returncode == 0, done.stderr
    for place in ("ee/ylde", "lv/vieta"):
        sample.mkdocs(place, sample.root / "direct" / place)
    assert tree(sample.root / "direct/ee/ylde") == tree(sample.root / "sites/ee/ylde")
    assert tree(sample.root / "direct/lv/vieta") == tree(sample.root / "sites/lv/vieta")


def test_a_link_that_breaks_in_the_second_country_alone_is_found(sample):
    for language in ("et", "lv", "ru"):
        sample.edit(f"docs/{language}/help.md", "Estonian law.", "## Law {#law}\n\nEstonian law.")
        sample.edit(f"docs/{language}/index.md", "[Help](help.md)", "[Help](help.md#law)")
    done = on_one_core(sample, "--fresh")
    assert done.returncode == 1
    assert done.stderr.splitlines()[0].startswith(
        "docs/lv/index.md:9: expected the id of a heading on docs/lv/help.md, "
        "found the link 'help.md#law', whose place on the page does not exist"
    )


def test_the_picture_of_a_text_that_stands_in_is_found_from_both_languages(sample):
    sample.write("docs/et/sign.svg", SIGN)
    sample.write(
        "docs/et/more.md",
        "---\ntitle: More\ncountries: [ee]\n---\n\n# More\n\n![A sign](sign.svg){ width=40 height=20 }\n\n"
        "<!-- contacts: own -->\n",
    )
    sample.edit("mkdocs.yml", "  - help.md\n", "  - help.md\n  - more.md\n")
    sample.build()
    assert 'src="sign.svg"' in sample.read("ee/ylde/more.html")
    assert 'src="../sign.svg"' in sample.read("ee/ylde/ru/more.html")


def test_other_code_renders_and_writes_all_anew(sample, tmp_path):
    sample.build()
    before = bases(sample)
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    module = tmp_path / "src/campaign/pages/slots.py"
    module.write_text(module.read_text("utf-8").replace('class="contacts"', 'class="changed"'), "utf-8")
    done = subprocess.run(
        [CAMPAIGN, "build"],
        cwd=sample.root,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert counts(done.stdout) == (3, 3, 0, 0)
    assert rendered(sample, before) == {"ee", "lv"}
    assert '<div class="changed">' in sample.read("ee/ylde/help.html")


def test_another_version_of_a_package_makes_a_new_build(tmp_path, monkeypatch):
    (tmp_path / "one-1.0.dist-info").mkdir()
    monkeypatch.setattr("sysconfig.get_path", lambda name: str(tmp_path))
    code.cache_clear()
    before = code()
    (tmp_path / "one-1.0.dist-info").rename(tmp_path / "one-1.1.dist-info")
    code.cache_clear()
    assert code() != before
    code.cache_clear()


def test_nothing_changed_is_seen_at_once_and_a_missing_copy_is_made_again(sample):
    sample.build()
    copy = sample.root / "sites/ee/ylde"
    inode = copy.stat().st_ino
    assert counts(sample.build()) == (3, 0, 3, 0)
    assert copy.stat().st_ino == inode
    shutil.rmtree(copy)
    assert counts(sample.build()) == (3, 1, 2, 0)
    assert_equals_a_fresh_build(sample)


def test_a_change_of_the_form_of_output_is_written_and_can_be_undone(sample):
    sample.build()
    plain = tree(sample.root / "sites")
    assert counts(sample.build("--precompress", "ee")) == (2, 2, 0, 0)
    assert (sample.root / "sites/ee/ylde/help.html.br").exists()
    assert counts(sample.build()) == (3, 2, 1, 0)
    assert tree(sample.root / "sites") == plain


def test_no_two_copies_share_a_file_and_what_is_the_same_is_not_written_again(sample):
    def inodes(path: str) -> list[int]:
        return [(sample.root / f"sites/ee/{place}/{path}").stat().st_ino for place in ("ylde", "teine")]

    sample.build()
    before = inodes("safety.html"), inodes("help.html")
    sample.edit("municipalities/ee/_country.yml", "2023-06", "2023-07")
    assert counts(sample.build()) == (3, 2, 1, 0)
    assert inodes("safety.html") == before[0]
    assert inodes("help.html") != before[1]
    files = [path for path in (sample.root / "sites").rglob("*") if path.is_file()]
    assert len(files) > 20
    assert {path.stat().st_nlink for path in files} == {1}


def test_the_copy_of_a_removed_place_is_removed_and_no_other_file(sample):
    sample.build()
    sample.write("sites/ee/notes/mine.txt", "not a copy")
    (sample.root / "municipalities/ee/teine.yml").unlink()
    assert counts(sample.build("lv")) == (1, 0, 1, 0)
    assert (sample.root / "sites/ee/teine").exists()
    assert counts(sample.build()) == (2, 0, 2, 1)
    assert sorted(path.name for path in (sample.root / "sites/ee").iterdir()) == [
        "index.html", "index.ru.html", "notes", "ylde",
    ]  # fmt: skip
    sample.write("municipalities/ee/teine.yml", OTHER)
    assert counts(sample.build()) == (3, 1, 2, 0)
    assert_equals_a_fresh_build(sample, "ee/notes/mine.txt")


def test_the_shards_together_are_the_whole(sample):
    for number in range(30):
        sample.write(
            f"municipalities/ee/p{number}.yml", f"iso_3166_2: EE-{number + 100}\nname:\n  et: Koht {number}\n"
        )
    sample.build()
    shards = []
    for number in (1, 2, 3):
        sample.build("--shard", f"{number}/3", "--out", str(sample.root / f"shard{number}"))
        shards.append(tree(sample.root / f"shard{number}"))
    whole = tree(sample.root / "sites")
    doors = {path: data for path, data in whole.items() if path.count("/") < 2}
    assert len(doors) == 7
    copies = [{path: data for path, data in shard.items() if path.count("/") >= 2} for shard in shards]
    assert all(len({path.split("/")[1] for path in copy}) > 3 for copy in copies)
    assert sum(len(copy) for copy in copies) == len(whole) - len(doors)
    for shard, copy in zip(shards, copies, strict=True):  # the main doors, and those of its countries, whole
        of_shard = {"", *(path.split("/")[0] for path in copy)}
        assert {path: data for path, data in shard.items() if path.count("/") < 2} == {
            path: data for path, data in doors.items() if path.rpartition("/")[0] in of_shard
        }
    assert shards[0] | shards[1] | shards[2] == whole


@pytest.mark.parametrize("shard", ["0/3", "4/3", "3", "a/b", "1/0", "-1/3"])
def test_a_wrong_shard_is_refused(sample, shard):
    done = sample.campaign("build", f"--shard={shard}")
    assert done.returncode == 2
    assert f"expected NUMBER/COUNT such as 3/8, found '{shard}'" in done.stderr


def test_good_pages_are_checked_again_only_when_they_may_have_become_wrong(sample, monkeypatch):
    for language in ("et", "lv", "ru"):
        sample.edit(f"docs/{language}/help.md", "Estonian law.", "Estonian law. <!-- promise: written -->")
    chat = '    chats:\n      - kind: sms\n        number: "116 111"\n'  # on the number of a phone
    hours = '    schedule: "24/7"\n'
    sample.edit("municipalities/ee/_country.yml", hours, hours + chat)
    sample.build()
    with monkeypatch.context() as patched:
        patched.setattr("campaign.checks.check.check_pages", None)
        patched.setattr("campaign.checks.check.theme_problems", None)
        sample.edit("municipalities/ee/_country.yml", "2023-06", "2023-07")
        assert counts(sample.build()) == (3, 2, 1, 0)
    sample.edit("overrides/partials/leave.html", "<div class=", "{% if %}<div class=")
    for _ in range(2):
        assert "expected a template of Jinja" in sample.campaign("build").stderr
    sample.edit("overrides/partials/leave.html", "{% if %}<div class=", "<div class=")
    sample.edit("municipalities/ee/_country.yml", chat, "")
    assert "the promise 'written'" in sample.campaign("build").stderr
    sample.edit("municipalities/ee/_country.yml", hours, hours + chat)
    sample.edit("docs/ru/help.md", "Estonian law.", "Estonian law. <script>")
    for _ in range(2):
        assert sample.campaign("build").returncode == 1
    sample.edit("docs/ru/help.md", " <script>", "")
    sample.edit("municipalities/lv/_country.yml", "  - ru\n", "  - en\n")
    done = sample.campaign("build")
    assert "found en without docs/en/index.md, docs/en/help.md" in done.stderr
