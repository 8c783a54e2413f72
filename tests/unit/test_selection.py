"""How the work is shared among processes."""

from __future__ import annotations

import os
import signal
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.build.workers import run
from campaign.errors import CampaignError, Problem
from campaign.source.select_municipalities import CHUNK, Selection


@given(st.dictionaries(st.sampled_from(["ee", "lv", "lt", "ru", "xx"]), st.integers(1, 90)))
def test_every_place_is_in_one_chunk_of_its_country(sizes):
    countries = {code: [f"{code}/{number}" for number in range(size)] for code, size in sizes.items()}
    selection = Selection(countries, frozenset())
    assert list(chain(*selection.chunks)) == list(chain(*countries.values())) == selection.names
    assert all(len({place[:2] for place in chunk}) == 1 for chunk in selection.chunks)
    assert all(len(chunk) <= CHUNK for chunk in selection.chunks)


def test_every_task_is_done_once():
    assert sorted(run(lambda number: number * 2, range(200))) == list(range(0, 400, 2))


@pytest.mark.parametrize(
    "error",
    [CampaignError([Problem("a.yml", 3, "name", "x" * 100_000, "y")], "Half."), OSError(28, "full", "a")],
)
def test_an_error_that_ends_a_worker_process_is_raised_in_the_main_process(error):
    def work(task: int) -> int:
        if task == 1:
            raise error
        return task

    with pytest.raises(type(error)) as raised:
        list(run(work, [0, 1]))
    assert raised.value.args == error.args


def test_a_mistake_in_a_process_is_told_with_its_place():
    with pytest.raises(ZeroDivisionError) as raised:
        list(run(lambda task: task // 0, [1]))
    assert "test_selection.py" in str(raised.value.__cause__)


def test_a_process_that_is_killed_does_not_pass_for_one_that_is_done():
    with pytest.raises(CampaignError, match="something outside ended a process"):
        list(run(lambda task: os.kill(os.getpid(), signal.SIGKILL), [1, 2, 3]))
