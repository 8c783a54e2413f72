"""Arbitrary YAML: the reader answers with problems, and what it accepts stays text on every page.

``EXAMPLES=20000 pytest -n 0 tests/unit/test_hostile.py`` throws other ones, and as many as you like.
"""

from __future__ import annotations

import copy
import json
import os
import re
from datetime import date
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from campaign.contacts.hsds_model import Service
from campaign.copies.fill import Filler
from campaign.errors import CampaignError
from campaign.model.roles import Role
from campaign.site.base_site import Base, cut
from campaign.source.municipalities import read_places

from ..project import COUNTRY, ROOT
from ..records import PLACE_FILE
from ..repository import WORDS

EXAMPLES = os.environ.get("EXAMPLES")
thrown = settings(max_examples=int(EXAMPLES or 100), derandomize=not EXAMPLES, database=None, deadline=None)

SERVICES = TypeAdapter(list[Service])
COUNTRY_FILE = yaml.load(COUNTRY.format(code="ee", first="et", second="ru"), yaml.BaseLoader)
ODD = [
    "<script>alert(1)</script>", "</script><b>", "--><img src=x onerror=alert(1)>", "javascript:alert(1)",
    "JAVASCRIPT:alert(1)", "data:text/html,x", "https://example.org/x|y^[z]", "https://example.org/%zz#a#b",
    "https://example.org/\x01", "https://õ.example.org/ä?ö=ü", "https://exa℀mple.org/", "https://[::1]/",
    "https://user@example.org/", "https://example.org\\@evil.example", "//evil.example/x", "http://example.org/x",
    "x?bcc=evil@example.org", "a{{b}}@example.org", "x%0a@example.org", "⟦@example.org", "x@example.org?bcc=y",
    "A & B \"C\" 'D'", "a\u2028b", "a\u202eb", "\x1b[2J", "\ufeff", "\u0000", "{{ config }}", "⟦head et x⟧",
    "2021-00", "2021-01-00", "0000/2020", "2020/0000", "２０２１-０１", "2020-W01-1", "0000", "9999/0001", "undated",
    "+372 736 1300;ext=1", "+", "112", "1", "+372" + "7" * 300, "24/7", "Mo-Su 00:00-48:00", "Su-Mo 22:00-02:00",
    "PH off", "Mo 09:00-09:00", "[key]", "", " ", "~", "null", "no", "=", "<<", "\n", "a\nb", "x" * 400, "../../etc",
    "Europe/../../etc", "localtime", "EE-001\n", "https://example.org/;}", "https://example.org/$host/", "https://a.b/\"/",
]  # fmt: skip

some_text = st.one_of(
    st.sampled_from(ODD),
    st.text(max_size=40),
    st.text(max_size=20).map("https://example.org/{}".format),
    st.text(max_size=20).map("https://{}.example.org/".format),
    st.text(max_size=20).map("{}@example.org".format),
    st.text("0123456789+- ()/:;,MoTuWePH", max_size=20),
    st.text(max_size=5).map("Text {} text".format),
    st.lists(st.integers(0, 40), max_size=3).map(
        lambda ends: "-".join(["2020", *(f"{end:02}" for end in ends)])
    ),
)
some_value = st.recursive(
    some_text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(some_text, inner, max_size=3),
    max_leaves=6,
)


def parts(value, path=()):
    """The paths of all values inside a value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in inner:
        yield (*path, key)
        yield from parts(child, (*path, key))


@st.composite
def spoiled(draw, whole):
    """A good file with up to three of its values replaced, renamed, doubled or taken out."""
    whole = copy.deepcopy(whole)
    for _ in range(draw(st.integers(1, 3))):
        paths = list(parts(whole))
        if not paths:
            break
        *way, last = draw(st.sampled_from(paths))
        parent = whole
        for step in way:
            parent = parent[step]
        deed = draw(st.sampled_from(["text", "text", "text", "value", "rename", "double", "drop"]))
        if deed == "text":
            parent[last] = draw(some_text)
        elif deed == "value":
            parent[last] = draw(some_value)
        elif deed == "rename" and isinstance(parent, dict):
            parent[draw(some_text)] = parent.pop(last)
        elif deed == "double" and isinstance(parent, list):
            parent.append(copy.deepcopy(parent[last]))
        else:
            del parent[last]
    return whole


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "municipalities/ee").mkdir(parents=True)
    sites = "sites:\n  ylde: https://ylde.example.org/abi/\n"
    (folder / "municipalities/ee/_coordinator.yml").write_text(sites)
    return folder


def write(project, country, place):
    for name, content in (("_country", country), ("ylde", place)):
        if not isinstance(content, bytes):
            content = yaml.dump(content, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
            content = content.encode("utf-8", "replace")
        (project / f"municipalities/ee/{name}.yml").write_bytes(content)


def judge(project):
    """Read the project; hold its problems, or the copy that comes of it, to what must hold."""
    try:
        places = read_places(project, WORDS, date(2026, 11, 24))
    except CampaignError as error:
        assert error.problems
        for problem in error.problems:
            assert str(problem).startswith("municipalities/ee/")
            assert str(problem).isprintable()
        return False
    (place,) = places.municipalities.values()
    filler = Filler(ROOT, Base("ee", (cut("help.html", PAGE.encode()),), {}), place.country, WORDS)
    copy = {name: content.decode() for name, content in filler.fill(place).items()}
    for content in copy.values():
        assert not re.search(r"⟦|⟧|\{\{|\{%|<!--|[\x00-\x08\x0b-\x1f\x7f-\x9f]", content)
    numbers = _Page(copy["help.html"]).numbers
    services = SERVICES.validate_json(copy["contacts.json"])
    assert len({service.id for service in services}) == len(services) == len(place.contacts)
    listed = {phone.number for service in services for phone in service.phones}
    office = {place.contact_point.phone} if place.contact_point and place.contact_point.phone else set()
    assert numbers <= {re.sub(r"[^+0-9]", "", number) for number in listed | office}
    assert json.loads(copy["campaign.json"])["municipality"]["code"] == place.record.iso_3166_2
    return True


def _slots():
    for language in ("et", "ru"):
        for audience in ("everyone", "youth", "professionals"):
            for roles in ("own", ",".join(Role)):
                yield f"⟦contacts {language} {audience}:{roles}⟧"
        yield f"⟦schema {language} everyone:{','.join(Role)}+everyone:own⟧"
        yield f"⟦municipality {language} name⟧⟦municipality {language} contact-point⟧"
        yield f'<a href="⟦exit {language} -⟧">⟦phone {language} shelter⟧</a>⟦head {language} help.html⟧'


PAGE = "\n".join(_slots())
TEL, SMS = re.compile(r"tel:(\+?[0-9]{2,})"), re.compile(r"sms:\+?[0-9]{2,}")
MAIL = re.compile(r"mailto:[A-Za-z0-9._+-]+@[^\s?&=%<>\"]+")
MAY = {
    "a": {"href", "rel", "class"}, "b": set(), "br": set(), "li": {"class"}, "small": set(),
    "link": {"rel", "href", "hreflang"}, "p": {"class"}, "script": {"type"}, "strong": set(),
    "ul": {"class", "role", "data-open", "data-opens", "data-days"}, "h3": {"lang", "dir"},
    "span": {"class", "lang", "dir", "data-hours", "data-zone", "data-clock", "data-until", "data-expired"},
}  # fmt: skip


class _Page(HTMLParser):
    """Nothing but the elements, attributes and schemes of a card, and JSON-LD that holds the same numbers."""

    def __init__(self, html):
        super().__init__()
        self.numbers, self.listed, self.inside = set(), set(), None
        self.feed(html)
        self.close()
        assert self.listed <= self.numbers

    def handle_starttag(self, tag, attrs):
        assert set(dict(attrs)) <= MAY[tag], (tag, attrs)
        assert dict(attrs).get("type", "application/ld+json") == "application/ld+json"
        self.inside = tag
        href = dict(attrs).get("href")
        if href is None:
            return
        if match := TEL.fullmatch(href):
            self.numbers.add(match[1])
        elif not SMS.fullmatch(href) and not MAIL.fullmatch(href):
            assert urlsplit(href).scheme == "https"
            assert "." in urlsplit(href).hostname

    def handle_data(self, data):
        if self.inside == "script" and data.strip():
            assert not re.search("[<>&\u2028\u2029]", data)
            for record in json.loads(data)["@graph"]:
                assert record["@type"] == "ContactPoint"
                assert record.get("url", "https://").startswith("https://")
                self.listed |= {record["telephone"]} if "telephone" in record else set()

    def handle_endtag(self, tag):
        self.inside = None

    def handle_comment(self, data):
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def test_the_good_files_are_accepted(project):
    write(project, COUNTRY_FILE, PLACE_FILE)
    assert judge(project)


@thrown
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
                 st.lists(st.sampled_from(["name:", " ", "\n", "- ", "et: ", "? ", ": ", "&a ", "*a ", "!!x ", "{", "}", "[", "]",
                                           "|\n", ">-\n", '"\\u', '"', "'", "---\n", "...\n", "%YAML 1.2\n", "#", "\t", "contacts:", "\x85",
                                           "[key]"]), max_size=30).map(lambda words: "".join(words).encode())))  # fmt: skip
def test_any_bytes_give_a_record_or_problems(project, content):
    write(project, COUNTRY_FILE, content)
    assert not judge(project)
    write(project, content, PLACE_FILE)
    assert not judge(project)


@thrown
@given(spoiled(PLACE_FILE))
def test_a_spoiled_municipality_is_refused_or_harmless(project, place):
    write(project, COUNTRY_FILE, place)
    judge(project)


@thrown
@given(spoiled(COUNTRY_FILE))
def test_a_spoiled_country_is_refused_or_harmless(project, country):
    write(project, country, PLACE_FILE)
    judge(project)


def put(whole, path, value):
    """A copy of the file with another value at one path."""
    whole = parent = copy.deepcopy(whole)
    for step in path[:-1]:
        parent = parent[step]
    parent[path[-1]] = value
    return whole


@thrown
@given(st.sampled_from(list(parts(PLACE_FILE))), some_text)
def test_a_hostile_text_in_any_field_is_refused_or_harmless(project, path, text):
    write(project, COUNTRY_FILE, put(PLACE_FILE, path, text))
    judge(project)


@pytest.mark.parametrize("value", [[], {}, "", [[]], {"[key]": "x"}, {"\x1b": "x"}, ["x"]], ids=repr)
def test_a_value_of_another_kind_in_any_field_is_refused_or_harmless(project, value):
    for path in parts(PLACE_FILE):
        write(project, COUNTRY_FILE, put(PLACE_FILE, path, value))
        judge(project)
    for path in parts(COUNTRY_FILE):
        write(project, put(COUNTRY_FILE, path, value), PLACE_FILE)
        judge(project)
    write(project, COUNTRY_FILE | {"[key]": value}, PLACE_FILE | {"[key]": value})
    assert not judge(project)
