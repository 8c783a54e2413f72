"""A value that was judged good is not judged again; a new one always is."""

from __future__ import annotations

import sys
from datetime import date

import pytest

import campaign.judged
from campaign.judged import Judged
from campaign.places import read_places
from campaign.problem import CampaignError

JUDGES = ("phonenumbers", "email_validator")


def read(sample):
    return read_places(sample.root, ("et", "lv", "ru"), date.today())


@pytest.fixture
def judged(sample, monkeypatch):
    """The sample, once read; whoever imports what judges a value from now on fails."""
    read(sample)
    for name in JUDGES:
        monkeypatch.setitem(sys.modules, name, None)
    return sample


def test_what_was_good_is_not_judged_again(judged):
    judged.edit("municipalities/ee/ylde.yml", "2021-01-25", "2021-01-26")
    assert read(judged).municipalities["ee/ylde"].record.contacts[0].phones[0].number == "+372 736 1300"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("ee/ylde.yml", "736 1300", "736 1301"),
        ("ee/ylde.yml", "sotsiaal@", "social@"),
    ],
)
def test_a_new_value_is_judged(judged, file, old, new):
    judged.edit(f"municipalities/{file}", old, new)
    with pytest.raises(ImportError):
        read(judged)


def test_a_number_that_is_good_in_one_country_is_judged_in_another(judged):
    judged.write(
        "municipalities/lv/vieta.yml",
        (judged.root / "municipalities/ee/ylde.yml")
        .read_text("utf-8")
        .replace("ee-ylde", "lv-vieta")
        .replace("EE-", "LV-")
        .replace("et:", "lv:"),
    )
    with pytest.raises(ImportError):
        read(judged)


def test_what_is_gone_is_forgotten(sample):
    read(sample)
    sample.edit("municipalities/ee/ylde.yml", "736 1300", "736 1301")
    read(sample)
    kept = (sample.root / ".cache/judged").read_text("utf-8")
    assert "736 1301" in kept
    assert "736 1300" not in kept


def test_a_bad_value_is_found_each_time(sample):
    sample.edit("municipalities/ee/ylde.yml", "736 1300", "736 13")
    for _ in range(2):
        with pytest.raises(CampaignError, match="736 13"):
            read(sample)


def test_nothing_is_known_under_other_code(sample, monkeypatch):
    read(sample)
    assert Judged(sample.root).good("_phone ee +372 736 1300")
    monkeypatch.setattr(campaign.judged, "code", lambda: (b"other",))
    assert not Judged(sample.root).good("_phone ee +372 736 1300")


def test_a_memory_that_was_cut_knows_nothing(sample):
    sample.edit("municipalities/ee/ylde.yml", "sotsiaal@example", "sotsiaal@näide")
    read(sample)
    path = sample.root / ".cache/judged"
    whole = path.read_bytes()
    entries = [line for line in whole.decode().split("\n")[1:] if line]
    assert len(entries) == 6  # five numbers, an address
    for end in range(len(whole)):
        path.write_bytes(whole[:end])
        assert not any(Judged(sample.root).good(entry) for entry in entries)
