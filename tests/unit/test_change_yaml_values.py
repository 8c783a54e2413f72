"""A YAML file gets other values, and every line that says the same stays as it is."""

from __future__ import annotations

import difflib

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.errors import CampaignError
from campaign.files.change_yaml_values import updated
from campaign.files.yaml_document import parse_document

FILE = """\
# above
name:   # the name
  et: Ülde vald
contacts:
  # the first
  - id: one   # its id
    roles:
      - police
      # and more
      - shelter
    organization: {et: Üks, ru: 'Один'}   # flow
    phones:
      - number: "+372 736 1300"   # rung
        languages: [et, ru]
      # the second line
      - number: '112'
    source:
      url: https://example.org/#a
      date: undated
  # before the second
  - languages: [et]
    # inside
    id: two
# the end
"""


def values(text):
    return plain(parse_document(text, "x.yml").value)


def plain(value):
    """A copy that can be changed."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, list) else str(value)


def changed_lines(before, after):
    return [
        line
        for line in difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
        if line[0] in "+-" and line[:3] not in ("+++", "---")
    ]


def put(*path_and_value):
    *path, last, value = path_and_value

    def change(whole):
        for step in path:
            whole = whole[step]
        whole[last] = value

    return change


def take(*path):
    def change(whole):
        for step in path[:-1]:
            whole = whole[step]
        del whole[path[-1]]

    return change


def add(*path_and_item):
    *path, item = path_and_item

    def change(whole):
        for step in path:
            whole = whole[step]
        whole.append(item)

    return change


CHANGES = [
    (put("name", "et", "Teine: vald"), ["-  et: Ülde vald", '+  et: "Teine: vald"']),
    (put("name", "et", "Teine vald"), ["-  et: Ülde vald", "+  et: Teine vald"]),
    (put("contacts", 0, "id", "0800"), ["-  - id: one   # its id", '+  - id: "0800"   # its id']),
    (
        put("contacts", 0, "phones", 0, "number", "+372 1"),
        ['-      - number: "+372 736 1300"   # rung', '+      - number: "+372 1"   # rung'],
    ),
    (put("contacts", 0, "phones", 1, "number", "a'b"), ["-      - number: '112'", "+      - number: 'a''b'"]),
    (
        put("contacts", 0, "organization", "et", "a, b"),
        [
            "-    organization: {et: Üks, ru: 'Один'}   # flow",
            "+    organization: {et: \"a, b\", ru: 'Один'}   # flow",
        ],
    ),
    (
        take("contacts", 0, "organization", "et"),
        ["-    organization: {et: Üks, ru: 'Один'}   # flow", "+    organization: {ru: Один}   # flow"],
    ),
    (add("contacts", 0, "roles", "police-2"), ["+      - police-2"]),
    (put("contacts", 0, "roles", 0, "office"), ["-      - police", "+      - office"]),
    (take("contacts", 0, "roles", 0), ["-      - police"]),
    (take("contacts", 0, "phones", 0), ['-      - number: "+372 736 1300"   # rung', "-        languages: [et, ru]"]),
    (
        add("contacts", 0, "phones", 0, "languages", "en"),
        ["-        languages: [et, ru]", "+        languages: [et, ru, en]"],
    ),
    (take("contacts", 0, "phones", 0, "languages"), ["-        languages: [et, ru]"]),
    (put("contacts", 0, "phones", 1, "free", "true"), ["+        free: true"]),
    (
        add("contacts", 0, "phones", {"number": "116006", "languages": ["et"]}),
        ['+      - number: "116006"', "+        languages:", "+          - et"],
    ),
    (put("contacts", 1, "web", "https://example.org/"), ["+    web: https://example.org/"]),
    (put("texts", {"a": "b c"}), ["+texts:", "+  a: b c"]),
    (
        add("contacts", {"id": "three", "roles": ["police"]}),
        ["+  - id: three", "+    roles:", "+      - police"],
    ),
]  # fmt: skip


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize(("change", "lines"), CHANGES)
def test_only_the_lines_of_the_change_differ(change, lines, bom, newline):
    text = (bom + FILE).replace("\n", newline)
    wanted = values(text)
    change(wanted)
    after = updated(text, wanted, "x.yml")
    assert values(after) == wanted
    assert changed_lines(text, after) == lines
    assert after.count(newline) == after.count("\n")


def test_the_same_values_give_the_same_text():
    assert updated(FILE, values(FILE), "x.yml") is FILE


def test_an_empty_list_is_filled_below_its_line():
    after = updated("contacts: []   # none yet\nx: y", {"contacts": ["a"], "x": "y"}, "x.yml")
    assert after == "contacts:   # none yet\n  - a\nx: y"


def test_a_file_without_a_last_line_end_gets_one_before_the_new_lines():
    assert updated("a: b", {"a": "b", "c": "d", "e": "f"}, "x.yml") == "a: b\nc: d\ne: f\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a: b\n", {"a": ["b"]}),
        ("a:\n  - b\n", {"a": []}),
        ("a: [b, # c\n  d]\n", {"a": ["b"]}),
        ("a:\n  - x: b\n    # c\n    y: d\n", {"a": [{"y": "d"}]}),
        ("a:\n  ? x\n  : b\n  y: d\n", {"a": {"y": "d"}}),
        ("a:\n  ? x\n  : b\n  ? y\n  : d\n", {"a": {"y": "d", "z": "e"}}),
    ],
)
def test_a_change_without_a_safe_place_is_refused(text, wanted):
    with pytest.raises(CampaignError) as caught:
        updated(text, wanted, "x.yml")
    assert "a form that has no safe place for the change" in str(caught.value)


some_text = st.text(st.characters(min_codepoint=32, exclude_categories=("C", "Z", "M")), min_size=1) | st.sampled_from(
    ["a: b", "a # b", "- a", "", "'", '"', "a, b", "{", "[x]", "24/7", "+372 1", "no", "0800", "a:", ":a", "x ", "?"]
)  # fmt: skip
some_record = st.recursive(
    some_text,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "url", "et", "ru", "free"]), inner, min_size=1, max_size=4)
    ),
    max_leaves=8,
)


@settings(deadline=None, max_examples=100, derandomize=True)
@given(st.sampled_from(CHANGES), st.sampled_from(["name", "texts", "contacts"]), some_record)
def test_any_values_are_written_or_refused(change, key, value):
    wanted = values(FILE)
    change[0](wanted)
    wanted[key] = value
    try:
        after = updated(FILE, wanted, "x.yml")
    except CampaignError as error:
        assert error.problems
        return
    assert yaml.load(after, yaml.BaseLoader) == wanted
