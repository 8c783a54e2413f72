"""How the copies are shared among the workers."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from functools import partial
from itertools import chain, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.problem import CampaignError, Problem
from campaign.turns import Turns
from campaign.work import CHUNK, Work
from campaign.workers import Worker, results


@given(
    st.dictionaries(st.sampled_from(["ee", "lv", "lt", "ru", "xx"]), st.integers(1, 900)), st.integers(1, 9)
)
def test_every_place_is_in_one_share_and_only_a_large_country_in_more(sizes, workers):
    countries = {code: [f"{code}/{number}" for number in range(size)] for code, size in sizes.items()}
    work = Work(countries, frozenset())
    shares = work.shares(workers)
    assert len(shares) == workers
    chunks = [chunk for share in shares for chunk in share]
    assert sorted(place for chunk in chunks for place in chunk) == sorted(chain(*countries.values()))
    assert all(len({place[:2] for place in chunk}) == 1 for chunk in chunks)
    fair = max(CHUNK, -(-work.copies // workers))
    for code, size in sizes.items():
        assert sum(any(chunk[0][:2] == code for chunk in share) for share in shares) <= -(-size // fair)
    assert max(sum(map(len, share)) for share in shares) <= 2 * fair


def test_a_worker_does_its_own_share_in_its_order_and_then_what_others_have_not_begun():
    with Turns([["a", "b"], ["c", "d"], []]) as turns:
        assert list(islice(turns.of(0), 3)) == ["a", "b", "c"]
        assert list(turns.of(1)) == ["d"]
        assert list(turns.of(2)) == []


def test_workers_do_every_part_once():
    parts = range(200)
    with Turns([parts[:150], parts[150:], []]) as turns:
        assert sorted(results(partial(turns.of, number) for number in range(3))) == list(parts)


@pytest.mark.parametrize(
    "error", [CampaignError([Problem("a.yml", 3, "name", "x" * 100_000)], "Half."), OSError(28, "full", "a")]
)
def test_what_ends_the_work_of_a_worker_is_raised_here(error):
    def work() -> Iterator[int]:
        yield 1
        raise error

    with Worker(work) as worker:
        assert worker.next() == (1,)
        with pytest.raises(type(error)) as raised:
            worker.next()
    assert raised.value.args == error.args
    assert vars(raised.value) == vars(error)


def test_a_mistake_in_a_worker_is_told_with_its_place():
    def work() -> Iterator[int]:
        yield 1 // 0

    with pytest.raises(RuntimeError, match=r"test_work\.py(.|\n)*ZeroDivisionError"):
        list(results([work]))


def test_a_worker_that_is_killed_does_not_pass_for_one_that_is_done():
    def work() -> Iterator[int]:
        yield 1
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(ChildProcessError, match="ended from outside"):
        list(results([work]))


def test_no_worker_is_left_by_an_error_of_another():
    pipe, end = os.pipe()

    def fail() -> Iterator[int]:
        raise OSError(28, "full")
        yield

    def wait() -> Iterator[int]:
        signal.pause()
        yield

    with pytest.raises(OSError, match="full"):
        list(results([wait, fail]))
    os.close(end)
    assert os.read(pipe, 1) == b""  # nobody holds the other end
    os.close(pipe)
