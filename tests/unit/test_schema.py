"""What editors' tools check while somebody types, and the first file of a new municipality."""

import json
import re
from datetime import date

import pytest
import yaml
from jsonschema import Draft7Validator

from campaign.errors import CampaignError
from campaign.fields.record_base_class import Source
from campaign.files.yaml_document import parse_document
from campaign.model.channels import Chat, Phone
from campaign.model.confirmations_and_approvals import CoordinatorFile
from campaign.model.contact import Contact
from campaign.model.door_file import DoorFile
from campaign.model.place_files import ContactPoint, CountryFile, MunicipalityFile
from campaign.model.referral_order import Consent, Referral, Step, StepKind
from campaign.model.roles import Role
from campaign.model.working_group import Meeting, MeetingKind, Seat, SeatKind, WorkingGroup
from campaign.source.document_to_record import validate
from campaign.source.scaffold import starter
from campaign.source.schema import first_line, schemas
from campaign.text.opening_hours import FORMS

from ..project import ROOT
from ..repository import PLACES

FILES = sorted((ROOT / "municipalities").glob("*/*.yml"))
SCHEMAS = {name.split("/")[1].split(".")[0]: json.loads(text) for name, text in schemas().items()}


class Editor(yaml.SafeLoader):
    """YAML 1.2's core schema, as an editor's language server reads it: a date is text, 012 a number."""


Editor.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first))


def kind_of(path):
    return path.stem[1:] if path.stem.startswith("_") else "municipality"


def wrong(text, kind="municipality"):
    """Where an editor would underline something: dotted paths, without repeats."""
    errors = Draft7Validator(SCHEMAS[kind]).iter_errors(yaml.load(text, Editor))
    return sorted({".".join(map(str, error.absolute_path)) for error in errors})


def test_the_committed_schemas_are_those_of_the_model():
    for name, text in schemas().items():
        assert (ROOT / name).read_text("utf-8") == text, "stale: run campaign schema and commit"


def test_the_command_writes_them(sample):
    assert (
        sample.campaign("schema").stdout
        == "municipalities/coordinator.schema.json\nmunicipalities/country.schema.json\n"
        "municipalities/door.schema.json\nmunicipalities/municipality.schema.json\n"
    )
    for name, text in schemas().items():
        assert (sample.root / name).read_text("utf-8") == text
    assert sample.campaign("check").returncode == 0


def test_every_file_names_its_schema_in_its_first_line():
    assert FILES
    kinds = {"country": CountryFile, "coordinator": CoordinatorFile, "door": DoorFile}
    for path in FILES:
        kind = kinds.get(kind_of(path), MunicipalityFile)
        line = path.read_text("utf-8").partition("\n")[0] + "\n"
        assert line == first_line(kind), path
        assert (path.parent / line.partition("$schema=")[2].strip()).is_file()


def test_every_schema_is_one_and_every_real_file_passes():
    for kind, schema in SCHEMAS.items():
        Draft7Validator.check_schema(schema)
        assert schema["title"] == f"{kind.title()}File"
    for path in FILES:
        assert wrong(path.read_text("utf-8"), kind_of(path)) == [], path


def test_nothing_in_a_schema_is_null_or_of_pydantic():
    text = "".join(schemas().values())
    for word in ('"null"', '"default"', "pydantic", '"title": "Site Url"', "https://json-schema.org"):
        assert word not in text


def records(schema):
    return [schema, *(record for record in schema.get("$defs", {}).values() if "properties" in record)]


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_record_and_key_is_described_in_whole_sentences(kind):
    for record in records(SCHEMAS[kind]):
        values = record["properties"].items()
        described = {key: value.get("description", "") for key, value in values if "$ref" not in value}
        described = {"": record["description"], **described}
        lists = {
            key for key, value in values if value.get("description") == FORMS
        }  # notation, not a sentence
        assert [
            key for key in described.keys() - lists if not re.fullmatch(r"(?s)[A-Z].+\.", described[key])
        ] == []


def texts(value):
    """All texts that a file may hold under a schema."""
    if isinstance(value, dict):
        if value.get("type") == "string":
            yield value
        value = value.values()
    if not isinstance(value, str | int | bool):
        for inner in value:
            yield from texts(inner)


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_text_has_a_form_or_is_one_of_a_list(kind):
    found = list(texts(SCHEMAS[kind]))
    assert found
    assert [text for text in found if not text.keys() & {"pattern", "enum", "const"}] == []


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_limits_of_a_list_are_those_of_a_list(kind):
    limits = {
        "array": {"minLength", "maxLength"},
        "object": {"minLength", "maxLength", "minItems", "maxItems"},
    }
    for record in records(SCHEMAS[kind]):
        for key, value in record["properties"].items():
            assert not value.keys() & limits.get(value.get("type"), set()), key


GOOD = (ROOT / "municipalities/ee/tartu.yml").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("iso_3166_2: EE-793", "iso_3166_2: ee-793", ["iso_3166_2"]),
        ("iso_3166_2: EE-793\n", "", [""]),
        ("iso_3166_2:", "iso3166_2: EE-793\niso_3166_2:", [""]),
        ("  et: Tartu linn", "  Estonian: Tartu linn", ["name"]),
        ("  et: Tartu linn", "  et: Tartu <b>linn</b>", ["name.et"]),
        ("  et: Tartu linn", "  et: https://tartu.ee", ["name.et"]),
        ("  et: Tartu linn", f"  et: {'a' * 161}", ["name.et"]),
        ("      - social-services", "      - social-service", ["contacts.0.roles.0"]),
        ("    roles:\n      - social-services", "    roles: []", ["contacts.0.roles"]),
        ('"+372 736 1300"', "3727361300", ["contacts.0.phones.0.number"]),
        ('"+372 736 1300"', '"7361300 ext 2"', ["contacts.0.phones.0.number"]),
        ("    email: sto@raad.tartu.ee", "    email: sto", ["contacts.0.email"]),
        ("      date: undated", "      date: 25.01.2021", ["contacts.0.source.date"]),
        ("      url: https://tartu.ee/et/ToetusedTeenused", "      url: tartu.ee", ["contacts.0.source.url"]),
        ('    schedule: "24/7"', "    schedule: always", ["contacts.1.schedule"]),
        ("    eligibility:\n      - adults", "    eligibility: adults", ["contacts.1.eligibility"]),
        ("    eligibility:\n      - adults", "    address: Tartu 1", ["contacts.1"]),
        ("    web: https://www.tartu.ee/et/turvakoduteenus", "    web: javascript:alert(1)", ["contacts.2.web"]),
        ("    web: https://www.tartu.ee/et/turvakoduteenus\n", "", ["contacts.2"]),
        ("contacts:", "site_url: https://tartu.example.org/\ncontacts:", [""]),
        ("contacts:", "exit: Ilm\ncontacts:", ["exit"]),
        ("contacts:", "time_zone: Tallinn\ncontacts:", ["time_zone"]),
        ("contacts:", "contact_point:\n  organization:\n    et: X\ncontacts:", ["contact_point"]),
        ("contacts:", "referral:\n  adult: []\ncontacts:", ["referral.adult"]),
        ("contacts:", "meetings:\n  - {id: a, kind: workshop, venue: X, announced: 2026-01-31, starts: 2026-03-04 10:00, ends: 2026-03-04T12:30}\ncontacts:", ["meetings.0", "meetings.0.ends"]),
        ("    email: sto@", "    anonymous: maybe\n    email: sto@", ["contacts.0.anonymous"]),
        ("    email: sto@", "    assured_date: 2026-01-01\n    email: sto@", ["contacts.0"]),
        ("    email: sto@", "    chats:\n      - kind: web\n    email: sto@", ["contacts.0.chats.0"]),
        ("    email: sto@", "    chats:\n      - kind: sms\n        url: https://example.org/\n    email: sto@", ["contacts.0.chats.0"]),
    ],
)  # fmt: skip
def test_a_wrong_file_is_underlined_where_it_is_wrong(old, new, where):
    assert old in GOOD
    assert wrong(GOOD.replace(old, new, 1)) == where


def test_the_coordinators_file_is_underlined_too():
    digest = "a" * 64
    entry = f"    - result: confirmed\n      digest: {digest}\n      date: 2026-11-28\n      office: Amet\n      how: rung\n"
    entry += "    - result: doubted\n      date: 2026-11-28\n      why: Vale\n    - result: undone\n      date: 2026-11-28\n"
    good = f"history:\n  ee-tartu:\n{entry}sites:\n  tartu: https://tartu.example.org/abi/\ntexts:\n  tartu: {digest}\n"
    assert wrong(good, "coordinator") == wrong("history: {}", "coordinator") == []
    for old, new, where in (
        ("how: rung", "how: mail", "history.ee-tartu.0.how"),
        ("      office: Amet\n", "", "history.ee-tartu.0"),
        ("why: Vale", "how: rung", "history.ee-tartu.1"),
        ("result: undone", "result: undone\n      why: Vale", "history.ee-tartu.2"),
        ("/abi/", "/abi", "sites.tartu"),
        ("/abi/", "/%2e/", "sites.tartu"),
        (f"  tartu: {digest}", "  tartu: yes", "texts.tartu"),
    ):
        assert old in good
        assert wrong(good.replace(old, new), "coordinator") == [where]


def test_the_file_of_a_door_is_underlined_too():
    good = "tiles:\n  narva: 10 3\nnames:\n  narva: Narwa\n"
    assert wrong(good, "door") == wrong("{}", "door") == []
    for old, new, where in (
        ("10 3", "0 3", "tiles.narva"),
        ("10 3", "10 31", "tiles.narva"),
        ("10 3", "10", "tiles.narva"),
        ("10 3", "10,3", "tiles.narva"),
        ("  narva: 10", "  Narva: 10", "tiles"),
        ("Narwa", "https://narva.ee", "names.narva"),
        ("names:", "other:", ""),
    ):
        assert wrong(good.replace(old, new), "door") == [where], new
        with pytest.raises(CampaignError):
            validate(DoorFile, parse_document(good.replace(old, new), "x.yml"), {})


def test_the_country_file_needs_its_languages_and_contacts():
    text = (ROOT / "municipalities/ru/_country.yml").read_text("utf-8")
    assert wrong(text.replace("languages:", "language:", 1), "country") == [""]
    assert wrong(re.sub(r"(?m)^contacts:\n(.|\n)*", "contacts: []\n", text), "country") == ["contacts"]


PLACE = PLACES.countries["ee"]


def uncommented(text):
    """As an editor who takes away the "# " before every line of YAML."""
    return re.sub(r"(?m)^# (?=[a-z_0-9]+:|  )", "", text)


def test_the_starter_says_all_that_a_file_may_say():
    text = starter(PLACE, "uus", "Uus vald", "EE-999")
    keys = {
        key
        for kind in (
            MunicipalityFile,
            Contact,
            Phone,
            Chat,
            Source,
            ContactPoint,
            Meeting,
            Referral,
            Step,
            WorkingGroup,
            Seat,
        )
        for key in kind.model_fields
    }
    assert {
        key
        for key in keys
        if not re.search(rf"(?m)^[# -]*{key}:", text) and f" {key}" not in text.splitlines()[-1]
    } == set()


@pytest.mark.parametrize("code", PLACES.countries)
def test_the_starter_is_good_as_it_is_and_with_every_comment_taken_away(code):
    country = PLACES.countries[code]
    text = starter(country, "uus", 'A: "b" #c', f"{code.upper()}-999")
    assert text.startswith(first_line(MunicipalityFile))
    for form in (text, uncommented(text)):
        record = validate(
            MunicipalityFile, parse_document(form, "x.yml"), {"country": code, "today": date.today()}
        )
        assert wrong(form) == []
        assert record.name[country.language] == 'A: "b" #c'
    assert (record.contacts[0].chats[1].kind, record.contact_point.email) == ("sms", "info@example.org")
    assert record.contacts[0].phones[0].number == "112"


def test_a_new_municipality_is_built_from_its_starter(sample):
    done = sample.campaign("new", "ee/uus", "--name", "Uus vald", "--code", "EE-999")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "municipalities/ee/uus.yml is written. Now run: campaign check\n"
    assert sample.campaign("check").stdout.splitlines()[-1].startswith("4 municipalities, 5 contacts, ")
    sample.build("ee/uus")
    assert "Uus vald" in sample.read("ee/uus/index.html")


@pytest.mark.parametrize("ends", ["\n", "\r\n", ""])
def test_a_file_that_exists_gets_an_example_of_each_key_that_it_lacks_and_no_other_change(sample, ends):
    path = sample.root / "municipalities/ee/ylde.yml"
    old = path.read_text("utf-8").rstrip("\n") + "\n# meetings: none yet\n"
    old = old.rstrip("\n") if not ends else old.replace("\n", ends)
    path.write_bytes(old.encode())
    done = sample.campaign("new", "ee/ylde")
    assert done.stdout == (
        "municipalities/ee/ylde.yml now has examples, in comments at its end: "
        "county, exit, time_zone, mark, contact_point, referral, working_group.\n"
    )
    text = path.read_bytes().decode()
    assert text.startswith(old)
    added = text.removeprefix(old)
    assert all(line.startswith("#") for line in added.split() if not line) and "meetings:" not in added
    assert {line[:1] for line in added.splitlines()} == {"", "#"}
    assert ("\r\n" in added) == (ends == "\r\n")
    assert sample.campaign("check").returncode == 0
    path.write_text(re.sub(r"(?m)^# (?=referral:|working_group:|  )", "", text).replace("\r", ""), "utf-8")
    assert not [problem for problem in sample.problems() if "referral" in problem or "group" in problem]
    path.write_bytes(text.encode())
    assert "already has each key or an example of it" in sample.campaign("new", "ee/ylde").stdout
    assert path.read_bytes().decode() == text


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("roles", Role),
        ("steps", StepKind),
        ("consent", Consent),
        ("seats", SeatKind),
        ("meetings", MeetingKind),
    ],
)
def test_a_closed_list_is_printed_with_its_words(sample, name, kind):
    lines = sample.campaign("words", name, "--language", "et").stdout.splitlines()
    assert [line.split()[0] for line in lines] == [str(entry) for entry in kind]
    assert all(len(line.split()) > 1 for line in lines)
    assert "\n".join(lines) in sample.campaign("words", "--language", "et").stdout


def test_a_closed_list_that_there_is_none_of_is_refused(sample):
    done = sample.campaign("words", "rolls", "--language", "et")
    assert "(did you mean 'roles'?), found 'rolls'" in done.stderr and done.returncode == 1
    assert "--language: expected one of the languages" in sample.campaign("words", "--language", "xx").stderr


def test_the_code_comes_from_the_countrys_list(sample):
    country = "municipalities/ee/_country.yml"
    sample.edit(country, "contacts:", "codes:\n  ylde: EE-001\n  teine: EE-002\n  uus: EE-003\ncontacts:")
    done = sample.campaign("new", "ee/uus", "--name", "Uus vald", "--code", "EE-004")
    assert done.stderr.splitlines()[0] == "campaign new: --code: expected EE-003, found 'EE-004'"
    done = sample.campaign("new", "ee/uus", "--name", "Uus vald")
    assert done.stdout == "municipalities/ee/uus.yml is written. Now run: campaign check\n"
    assert sample.campaign("check").returncode == 0


def test_the_check_refuses_a_starter_whose_number_nobody_changed(sample):
    sample.campaign("new", "ee/uus", "--name", "Uus vald", "--code", "EE-999")
    path = sample.root / "municipalities/ee/uus.yml"
    path.write_text(uncommented(path.read_text("utf-8")), "utf-8")
    found = [line for line in sample.problems() if "found '112'" in line]
    assert [line.split(": ")[1] for line in found] == [
        "contact_point.phone", "contacts[0].phones[0].number", "contacts[0].chats[1].number",
    ]  # fmt: skip


def test_without_name_and_code_the_starter_waits_for_them(sample):
    assert sample.campaign("new", "lv/jauns").stdout == (
        "municipalities/lv/jauns.yml is written. Fill in its code and name, then run: campaign check\n"
    )
    assert [line.split(": expected")[0] for line in sample.problems()] == [
        "municipalities/lv/jauns.yml:3: iso_3166_2",
        "municipalities/lv/jauns.yml:5: name.lv",
    ]
    sample.edit("municipalities/lv/jauns.yml", "iso_3166_2:", "iso_3166_2: LV-002")
    sample.edit("municipalities/lv/jauns.yml", "  lv:", "  lv: Jaunais novads")
    assert sample.campaign("check").returncode == 0


SLUG = "expected small letters a-z, digits and single hyphens"


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (
            ["ee/ylde", "--name", "Ülde"],
            [
                "municipalities/ee/ylde.yml: expected neither --name nor --code for a file that exists already, found --name or --code"
            ],
        ),
        (["xx/uus"], ["campaign new: expected COUNTRY/SLUG with a COUNTRY of ee, lv, found 'xx/uus'"]),
        (["uus"], ["campaign new: expected COUNTRY/SLUG with a COUNTRY of ee, lv, found 'uus'"]),
        (["../uus"], ["campaign new: expected COUNTRY/SLUG with a COUNTRY of ee, lv, found '../uus'"]),
        (["ee"], [f"campaign new: {SLUG}, found ''"]),
        (["ee/Uus vald"], [f"campaign new: {SLUG}, found 'Uus vald'"]),
        (["ee/../lv/uus"], [f"campaign new: {SLUG}, found '../lv/uus'"]),
        (["ee/_country"], [f"campaign new: {SLUG}, found '_country'"]),
        (
            ["ee/uus", "--code", "LV-999", "--name", "<b>"],
            [
                "campaign new: --code: expected EE- and one to three capital letters or digits, found 'LV-999'",
                "campaign new: --name: expected plain text on one line, without markup, braces or links, found '<b>'",
            ],
        ),
    ],
)
def test_a_wrong_new_municipality_is_refused(sample, arguments, lines):
    before = sorted(sample.root.rglob("*"))
    done = sample.campaign("new", *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert sorted(done.stderr.splitlines()[:-1]) == lines
    assert sorted(sample.root.rglob("*")) == before
