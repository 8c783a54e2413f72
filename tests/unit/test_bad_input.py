"""Whatever a municipality's file holds, the answer is a clear line, and nothing is written."""

import pytest

from campaign.today import latest_day, now

PLACE = "municipalities/ee/ylde.yml"
ROLES = (
    "police, child-protection, social-services, municipal-office, family-centre, shelter, night-shelter, "
    "legal-aid, migrant-advice, referral-coordinator"
)
CONTACT_KEYS = (
    "id, roles, organization, description, phones, chats, web, email, address, schedule, audiences, "
    "eligibility, anonymous, show, source"
)
PHONE = (
    'a number in quotes: international ("+372 …"), a short code of EE ("116 006") '
    'or a national freephone ("0 800 …")'
)
DATES = "YYYY-MM-DD, YYYY-MM, YYYY, YYYY/YYYY or undated"
HOURS = (
    '"24/7" or days and times such as "Mo-Fr 09:00-17:00" or "Mo,We 08:30-12:00; Th 08:30-12:00,14:00-17:00"'
)
PLAIN = "plain text on one line, without markup, braces or links"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "    phones:",
            "    phonse:",
            f"10: contacts[0].phonse: expected {CONTACT_KEYS} (did you mean 'phones'?), found the key 'phonse'",
        ),
        ("- social-services", "- socail-services", f"7: contacts[0].roles[0]: expected {ROLES} (did you mean 'social-services'?), found 'socail-services'"),
        (
            '"+372 736 1300"',
            '"+372 12"',
            f"11: contacts[0].phones[0].number: expected {PHONE}, found '+372 12'",
        ),
        ('"+372 736 1300"', "0116", f"11: contacts[0].phones[0].number: expected {PHONE}, found '0116'"),
        ("2021-01-25", "2999-01-01", f"20: contacts[0].source.date: expected a date up to today, {latest_day(now())}, found '2999-01-01'"),
        ("2021-01-25", "25.01.2021", f"20: contacts[0].source.date: expected {DATES}, here 2021-01-25, found '25.01.2021'"),
        ("    email:", "    schedule: \"24/7\"\n    email:", "18: contacts[0].schedule: expected each key once, found a repeated key"),
        ("ee-ylde-social", "ee-112", "5: contacts[0].id: expected ee-ylde, or an id that begins with ee-ylde-, found 'ee-112'"),
        ("  et: Ülde vald", "  ru: Юльде", "2: name: expected at least et, the country's first language, found ru"),
        ("Ülde vald", "<b>Ülde</b>", f"3: name.et: expected {PLAIN}, found '<b>Ülde</b>'"),
        ("Ülde sotsiaaltöö", "javascript:alert(1)", f"9: contacts[0].organization.et: expected {PLAIN}, found 'javascript:alert(1)'"),
        ("Raekoja plats 3", "{{ config }}", "16: expected a word as a key, found a list or keys as a key"),
        ("Raekoja plats 3", '"{{ config }}"', f"16: contacts[0].address: expected {PLAIN}, found '{{{{ config }}}}'"),
        ("https://example.org/ylde", "javascript:alert(1)", "19: contacts[0].source.url: expected https:// or http:// and a full address, found 'javascript:alert(1)'"),
        ("sotsiaal@example.ee", "<x@y.ee>", "15: contacts[0].email: expected an e-mail address such as info@example.org, found '<x@y.ee>'"),
        ('"Mo-Fr 09:00-15:00"', '"9-15"', f"17: contacts[0].schedule: expected {HOURS}, found '9-15'"),
        ("- social-services", "- shelter", "5: contacts[0]: expected no address, because the address of a place that shelters people is never published, found the keys id, roles, organization, phones, email, address, schedule, source"),
        ("          - ru", "          - Russian", "14: contacts[0].phones[0].languages[1]: expected a two-letter language code of ISO 639-1, found 'Russian'"),
        ("EE-001", "LV-001", "1: iso_3166_2: expected a code that begins with EE-, found 'LV-001'"),
        # Found by tests/unit/test_hostile.py, or on the way to it.
        ("2021-01-25", "2021-00", f"20: contacts[0].source.date: expected {DATES}, found '2021-00'"),
        ("2021-01-25", "2021-01-00", f"20: contacts[0].source.date: expected {DATES}, found '2021-01-00'"),
        ("2021-01-25", "0000/2020", f"20: contacts[0].source.date: expected {DATES}, found '0000/2020'"),
        ("2021-01-25", "２０２１-01-25", "20: contacts[0].source.date: expected '2', found U+FF12 FULLWIDTH DIGIT TWO in '２０２１-01-25'"),
        ("    email:", "    web: http://example.org/\n    email:", "15: contacts[0].web: expected https:// and a full address, found 'http://example.org/'"),
        ('"Mo-Fr 09:00-15:00"', "Mo 09:99-17:00", f"17: contacts[0].schedule: expected {HOURS}, found 'Mo 09:99-17:00'"),
        ('"Mo-Fr 09:00-15:00"', "Mo 25:00-26:00", f"17: contacts[0].schedule: expected {HOURS}, found 'Mo 25:00-26:00'"),
        ("sotsiaal@example.ee", "a?bcc=b@example.org", "15: contacts[0].email: expected an e-mail address such as info@example.org, found 'a?bcc=b@example.org'"),
        ("sotsiaal@example.ee", '"a{{b@example.org"', "15: contacts[0].email: expected an e-mail address such as info@example.org, found 'a{{b@example.org'"),
        ("    email:", "    web: https://0\n    email:", "15: contacts[0].web: expected an address with a full host name and no user name, found 'https://0'"),
        ("    email:", '    web: "https://example.org/\\x1b"\n    email:', "15: contacts[0].web: expected characters that everyone can see, found U+001B a control character in 'https://example.org/\\x1b'"),
        ("    email:", "    web: https://example.org/%zz\n    email:", "15: contacts[0].web: expected an address without spaces, quotes, braces or markup, found 'https://example.org/%zz'"),
        ("Ülde vald", '"Ülde\\u202evald"', "3: name.et: expected characters that everyone can see, found U+202E RIGHT-TO-LEFT OVERRIDE in 'Ülde\\u202evald'"),
        ("contacts:", '"[key]": x\ncontacts:', "4: [key]: expected iso_3166_2, name, county, exit, time_zone, contact_point, mark, contacts, referral, working_group, meetings, found the key '[key]'"),
        ("contacts:", '"\\e[2J\\n": x\ncontacts:', "4: \\x1b[2J\\n: expected characters that everyone can see, found U+001B a control character in '\\x1b[2J'"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_one_line_with_place_expected_and_found(sample, old, new, message):
    assert sample.told(PLACE, old, new) == [f"{PLACE}:{message}"]


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nname:\n  et: *b\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name:\n  et: Õ".encode("latin-1"), ":2: expected UTF-8 text, found the byte 0xd5"),
        (b"", ": expected keys with values, found an empty file"),
        (b"- a\n- b\n", ":1: expected keys with values, found a list"),
        (b"name: [\n", ":1: expected YAML, found text that is not YAML (did not find expected node content)"),
        (b"name: " + b"[" * 3000 + b"]" * 3000 + b"\n", ":1: expected at most 8 levels of keys and lists, found more levels"),
        (b"name: !!python/object/apply:os.system [id]\n", ":1: expected no tags, found the tag 'tag:yaml.org,2002:python/object/apply:os.system'"),
        (b"#" * 5_000_000, ": expected at most 200,000 bytes, found 5,000,000"),
        (BOMB.encode(), ":1: expected no anchors, found the anchor &a"),
        (b"name: *a\n", ":1: expected no aliases, found the alias *a"),
        (b"a: 1\n---\na: 2\n", ":3: expected one document in a file, found a second document"),
        (b"? [a, b]\n: c\n", ":1: expected a word as a key, found a list or keys as a key"),
        (b"name: \x00\n", ":1: expected characters that everyone can see, found U+0000 a control character in 'name: \\x00'"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_one_line(sample, text, message):
    sample.write(PLACE, text)
    lines = sample.problems()
    assert len(lines) == 1, lines
    assert lines == [PLACE + message]


@pytest.mark.parametrize(
    ("name", "found", "expected"),
    [
        ("Ylde..vald.yml", "Ylde..vald", "small letters a-z, digits and single hyphens"),
        ("ylde (1).yml", "ylde (1)", "small letters a-z, digits and single hyphens"),
        ("ylde.yaml", "ylde.yaml", "only files of municipalities, such as tartu.yml"),
    ],
)
def test_a_file_name_must_be_a_slug(sample, name, found, expected):
    sample.write(f"municipalities/ee/{name}", "iso_3166_2: EE-003\nname:\n  et: X\n")
    (line,) = sample.problems()
    assert line == f"municipalities/ee/{name}: expected {expected}, found '{found}'"


def test_a_link_to_a_file_elsewhere_is_refused(sample):
    (sample.root / "municipalities/ee/link.yml").symlink_to("/etc/passwd")
    assert sample.problems() == ["municipalities/ee/link.yml: expected a plain file, found a symbolic link"]


@pytest.mark.parametrize(
    ("name", "hint"),
    [("ee/../lv", ""), ("ee/ylde/", " (did you mean 'ee/ylde'?)"), ("../etc", ""), ("xx", "")],
)
def test_the_command_refuses_a_name_that_is_not_a_place(sample, name, hint):
    done = sample.campaign("build", name)
    assert done.returncode == 1
    assert done.stderr.startswith(
        f"campaign build: expected COUNTRY or COUNTRY/SLUG of municipalities/{hint}, found '{name}'"
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
    assert [line.split(": expected")[0] for line in done.stderr.splitlines()] == [
        "docs/ru/help.md:25",
        "i18n/ru.yml: get-help",
        f"i18n/ru.yml:{line}: get-hlep",
        f"{PLACE}:1: iso_3166_2",
        f"{PLACE}:17: contacts[0].schedule",
        "municipalities/lv/vieta.yml",
        "6 problems. Nothing was written.",
    ]
    assert {path: path.read_bytes() for path in (sample.root / "sites").rglob("*.html")} == before


def test_a_country_needs_an_emergency_number(sample):
    sample.edit("municipalities/lv/_country.yml", "- emergency", "- police")
    sample.edit("municipalities/lv/_country.yml", '- number: "112"', '- number: "116 111"')
    (line,) = sample.problems()
    assert line == (
        "municipalities/lv/_country.yml:1: contacts: expected a contact with a phone and the role emergency, found none"
    )
