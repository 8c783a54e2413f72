"""Whatever a municipality's file holds, the answer is a clear line, and nothing is written."""

import pytest

PLACE = "municipalities/ee/ylde.yml"
ROLES = (
    "police, child-protection, social-services, shelter, night-shelter, legal-aid, migrant-advice, "
    "referral-coordinator"
)
CONTACT_KEYS = (
    "id, roles, organization, description, phones, chats, web, email, address, schedule, audiences, "
    "eligibility, anonymous, source"
)
PHONE = (
    'a number in quotes: international ("+372 …"), a short code of EE ("116 006") '
    'or a national freephone ("0 800 …")'
)
PLAIN = "plain text on one line, without markup, braces or links"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "    phones:",
            "    phonse:",
            f"10: contacts[0].phonse: found the key 'phonse', allowed {CONTACT_KEYS}",
        ),
        ("- social-services", "- socail-services", f"7: contacts[0].roles[0]: found 'socail-services', allowed {ROLES}"),
        (
            '"+372 736 1300"',
            '"+372 12"',
            f"11: contacts[0].phones[0].number: found '+372 12', allowed {PHONE}",
        ),
        ('"+372 736 1300"', "0116", f"11: contacts[0].phones[0].number: found '0116', allowed {PHONE}"),
        ("2021-01-25", "2999-01-01", "20: contacts[0].source.date: found '2999-01-01', allowed a date up to today"),
        ("2021-01-25", "25.01.2021", "20: contacts[0].source.date: found '25.01.2021', allowed YYYY-MM-DD, YYYY-MM"),
        ("    email:", "    schedule: \"24/7\"\n    email:", "18: contacts[0].schedule: found the key a second time, allowed once"),
        ("ee-ylde-social", "ee-112", "5: contacts[0].id: found 'ee-112', allowed ee-ylde, or an id that begins with ee-ylde-"),
        ("  et: Ülde vald", "  ru: Юльде", "2: name: found ru, allowed at least et, the country's first language"),
        ("Ülde vald", "<b>Ülde</b>", f"3: name.et: found '<b>Ülde</b>', allowed {PLAIN}"),
        ("Ülde sotsiaaltöö", "javascript:alert(1)", f"9: contacts[0].organization.et: found 'javascript:alert(1)', allowed {PLAIN}"),
        ("Raekoja plats 3", "{{ config }}", "16: found a list or keys as a key, allowed a word"),
        ("Raekoja plats 3", '"{{ config }}"', f"16: contacts[0].address: found '{{{{ config }}}}', allowed {PLAIN}"),
        ("https://example.org/ylde", "javascript:alert(1)", "19: contacts[0].source.url: found 'javascript:alert(1)', allowed https:// or http:// and a full address"),
        ("sotsiaal@example.ee", "<x@y.ee>", "15: contacts[0].email: found '<x@y.ee>', allowed an e-mail address such as info@example.org"),
        ('"Mo-Fr 09:00-15:00"', '"9-15"', "17: contacts[0].schedule: found '9-15', allowed \"24/7\" or days and times"),
        ("- social-services", "- shelter", "5: contacts[0]: found the keys id, roles, organization, phones, email, address, schedule, source, allowed no address: where people are sheltered is never published"),
        ("          - ru", "          - Russian", "14: contacts[0].phones[0].languages[1]: found 'Russian', allowed a two-letter language code of ISO 639-1"),
        ("EE-001", "LV-001", "1: iso_3166_2: found 'LV-001', allowed a code that begins with EE-"),
        # Found by tests/unit/test_hostile.py, or on the way to it.
        ("2021-01-25", "2021-00", "20: contacts[0].source.date: found '2021-00', allowed YYYY-MM-DD, YYYY-MM, YYYY, YYYY/YYYY or undated"),
        ("2021-01-25", "2021-01-00", "20: contacts[0].source.date: found '2021-01-00', allowed YYYY-MM-DD, YYYY-MM, YYYY"),
        ("2021-01-25", "0000/2020", "20: contacts[0].source.date: found '0000/2020', allowed YYYY-MM-DD, YYYY-MM, YYYY"),
        ("2021-01-25", "２０２１-01-25", "20: contacts[0].source.date: found U+FF12 FULLWIDTH DIGIT TWO in '２０２１-01-25', allowed '2'"),
        ("    email:", "    web: http://example.org/\n    email:", "15: contacts[0].web: found 'http://example.org/', allowed https:// and a full address"),
        ('"Mo-Fr 09:00-15:00"', "Mo 09:99-17:00", "17: contacts[0].schedule: found 'Mo 09:99-17:00', allowed \"24/7\" or days and times"),
        ('"Mo-Fr 09:00-15:00"', "Mo 25:00-26:00", "17: contacts[0].schedule: found 'Mo 25:00-26:00', allowed \"24/7\" or days and times"),
        ("sotsiaal@example.ee", "a?bcc=b@example.org", "15: contacts[0].email: found 'a?bcc=b@example.org', allowed an e-mail address such as info@example.org"),
        ("sotsiaal@example.ee", '"a{{b@example.org"', "15: contacts[0].email: found 'a{{b@example.org', allowed an e-mail address such as info@example.org"),
        ("    email:", "    web: https://0\n    email:", "15: contacts[0].web: found 'https://0', allowed an address with a full host name and no user name"),
        ("    email:", '    web: "https://example.org/\\x1b"\n    email:', "15: contacts[0].web: found U+001B a control character in 'https://example.org/\\x1b', allowed characters that everyone can see"),
        ("    email:", "    web: https://example.org/%zz\n    email:", "15: contacts[0].web: found 'https://example.org/%zz', allowed an address without spaces, quotes, braces or markup"),
        ("Ülde vald", '"Ülde\\u202evald"', "3: name.et: found U+202E RIGHT-TO-LEFT OVERRIDE in 'Ülde\\u202evald', allowed characters that everyone can see"),
        ("contacts:", '"[key]": x\ncontacts:', "4: [key]: found the key '[key]', allowed iso_3166_2, name, exit, time_zone, contact_point, contacts"),
        ("contacts:", '"\\e[2J\\n": x\ncontacts:', "4: \\x1b[2J\\n: found U+001B a control character in '\\x1b[2J', allowed characters that everyone can see"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_one_line_with_place_found_and_allowed(sample, old, new, message):
    sample.edit(PLACE, old, new)
    lines = sample.problems()
    assert len(lines) == 1, lines
    assert lines[0].startswith(f"{PLACE}:{message}")


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nname:\n  et: *b\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name:\n  et: Õ".encode("latin-1"), ":2: found the byte 0xd5, allowed UTF-8 text"),
        (b"", ": found an empty file, allowed keys with values"),
        (b"- a\n- b\n", ":1: found a list, allowed keys with values"),
        (b"name: [\n", ":1: found text that is not YAML (did not find expected node content), allowed YAML"),
        (b"name: " + b"[" * 3000 + b"]" * 3000 + b"\n", ":1: found more than 8 levels, allowed 8"),
        (b"name: !!python/object/apply:os.system [id]\n", ":1: found the tag 'tag:yaml.org,2002:python/object/apply:os.system', allowed no tags"),
        (b"#" * 5_000_000, ": found 5,000,000 bytes, allowed at most 200,000"),
        (BOMB.encode(), ":1: found the anchor &a, allowed no anchors"),
        (b"name: *a\n", ":1: found the alias *a, allowed no aliases"),
        (b"a: 1\n---\na: 2\n", ":3: found a second document, allowed one"),
        (b"? [a, b]\n: c\n", ":1: found a list or keys as a key, allowed a word"),
        (b"name: \x00\n", ":1: found U+0000 a control character in 'name: \\x00', allowed characters that everyone can see"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_one_line(sample, text, message):
    sample.write(PLACE, text)
    lines = sample.problems()
    assert len(lines) == 1, lines
    assert lines[0].startswith(PLACE + message)


@pytest.mark.parametrize(
    ("name", "found"),
    [("Ylde..vald.yml", "'Ylde..vald'"), ("ylde (1).yml", "'ylde (1)'"), ("ylde.yaml", "'ylde.yaml'")],
)
def test_a_file_name_must_be_a_slug(sample, name, found):
    sample.write(f"municipalities/ee/{name}", "iso_3166_2: EE-003\nname:\n  et: X\n")
    (line,) = sample.problems()
    assert line.startswith(f"municipalities/ee/{name}: found {found}, allowed ")


def test_a_link_to_a_file_elsewhere_is_refused(sample):
    (sample.root / "municipalities/ee/link.yml").symlink_to("/etc/passwd")
    assert sample.problems() == ["municipalities/ee/link.yml: found a symbolic link, allowed a plain file"]


@pytest.mark.parametrize("name", ["ee/../lv", "ee/ylde/", "../etc", "xx"])
def test_the_command_takes_no_name_that_is_no_place(sample, name):
    done = sample.campaign("build", name)
    assert done.returncode == 1
    assert done.stderr.startswith(
        f"campaign build: found '{name}', allowed COUNTRY or COUNTRY/SLUG of municipalities/"
    )
    assert not (sample.root / "sites").exists()


def test_all_problems_of_all_files_come_at_once_and_nothing_is_written(sample):
    sample.build("ee/ylde")
    before = {path: path.read_bytes() for path in (sample.root / "sites").rglob("*.html")}
    sample.edit(PLACE, "Mo-Fr", "Mo-Xx")
    sample.edit(PLACE, "EE-001", "LV-001")
    sample.write("municipalities/lv/vieta.yml", "")
    sample.edit("docs/ru/help.md", "contacts: own", "contact: own")
    sample.edit("i18n/ru.yml", "get-help: ", "get-hlep: ")
    words = (sample.root / "i18n/ru.yml").read_text("utf-8")
    line = words[: words.index("get-hlep")].count("\n") + 1
    done = sample.campaign("build")
    assert done.returncode == 1
    assert done.stdout == ""
    assert [line.split(": found")[0] for line in done.stderr.splitlines()] == [
        "docs/ru/help.md:25",
        "i18n/ru.yml: get-help",
        f"i18n/ru.yml:{line}: get-hlep",
        f"{PLACE}:17: contacts[0].schedule",
        "municipalities/lv/vieta.yml",
        "5 problems. Nothing was written.",
    ]
    assert {path: path.read_bytes() for path in (sample.root / "sites").rglob("*.html")} == before


def test_a_country_needs_an_emergency_number(sample):
    sample.edit("municipalities/lv/_country.yml", "- emergency", "- police")
    (line,) = sample.problems()
    assert line == (
        "municipalities/lv/_country.yml:1: contacts: found no phone for emergency, allowed one in every country"
    )
