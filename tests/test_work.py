"""How the copies are shared among the workers."""

from __future__ import annotations

from concurrent.futures import wait
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.turns import Turns
from campaign.work import CHUNK, Work
from campaign.workers import WORKERS, forked_workers


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
        turns.begin()
        assert [turns.next() for _ in range(3)] == ["a", "b", "c"]
        turns.begin()  # as the second worker does
        assert turns.next() == "d"
        with pytest.raises(LookupError):
            turns.next()


def begin(turns: Turns[int]) -> None:
    global _turns
    _turns = turns
    turns.begin()


def take() -> int:
    return _turns.next()


def test_forked_workers_do_every_part_once():
    parts = range(200)
    with (
        Turns([parts[:150], parts[150:]] + [[]] * (WORKERS - 1)) as turns,
        forked_workers(begin, turns) as workers,
    ):
        done, _ = wait([workers.submit(take) for _ in parts])
    assert sorted(future.result() for future in done) == list(parts)
