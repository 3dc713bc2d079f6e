"""An end for long work: whose time it is, in threads, behind locks, and what is left of it."""

from __future__ import annotations

import gc
import weakref
from _thread import RLock
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event
from time import perf_counter

import numpy as np
import pytest
from numpy.typing import NDArray

from glocal_kg._rdf.deadline import awaited, look, looking, within
from glocal_kg._rdf.sparql.limits import Limits
from glocal_kg.errors import ArgumentError, LimitError, QueryTimeoutError, TimeLimitError

SHORT, LONG = 0.05, 60.0


def endless() -> None:
    for _ in looking(iter(int, 1)):
        pass


def test_work_without_end_is_ended() -> None:
    start = perf_counter()
    with (
        pytest.raises(TimeLimitError, match=r"To count took longer than 0\.05 seconds") as told,
        within(SHORT, "To count"),
    ):
        endless()
    assert perf_counter() - start < SHORT + 0.5
    assert isinstance(told.value, LimitError)
    assert not isinstance(told.value, QueryTimeoutError)
    assert told.value.limit == SHORT
    look()  # and nothing is left of the time


def test_no_time_is_no_limit() -> None:
    with within(None, "Nothing"):
        assert list(looking(range(3))) == [0, 1, 2]


@pytest.mark.parametrize("given", [0, -1, float("nan"), "5", True])
def test_a_time_is_a_number_above_zero(given: object) -> None:
    with pytest.raises(ArgumentError, match="timeout takes a number of seconds above zero"):
        within(given, "Nothing")  # type: ignore[arg-type]


@pytest.mark.parametrize(("outer", "inner", "whose"), [(SHORT, LONG, "Outer"), (LONG, SHORT, "In")])
def test_the_nearer_end_counts(outer: float, inner: float, whose: str) -> None:
    with (
        pytest.raises(TimeLimitError, match=f"^{whose}"),
        within(outer, "Outer work"),
        within(inner, "Inner work"),
    ):
        endless()


def test_an_inner_end_leaves_the_outer_time_running() -> None:
    def both() -> None:
        with pytest.raises(TimeLimitError, match=r"^Inner"), within(SHORT, "Inner work"):
            endless()
        with within(LONG, "Again"):
            endless()

    with pytest.raises(TimeLimitError, match=r"^Outer"), within(0.3, "Outer work"):
        both()


def test_a_query_within_work_ends_with_it_and_is_not_what_took_long() -> None:
    def query() -> None:
        limits = Limits(timeout=LONG)
        while True:
            limits.check()

    with pytest.raises(TimeLimitError) as told, within(SHORT, "The validation"):
        query()
    assert not isinstance(told.value, QueryTimeoutError)


def test_nothing_on_the_way_takes_it_for_a_fault_of_its_own() -> None:
    def careless() -> None:
        with suppress(Exception):
            endless()

    with pytest.raises(TimeLimitError), within(SHORT, "The work"):
        careless()


def test_each_thread_has_its_own_time() -> None:
    with within(SHORT, "This thread"), ThreadPoolExecutor(1) as pool:
        other = pool.submit(lambda: [look() for _ in range(3) if not Event().wait(SHORT)])
        assert other.result() == [None] * 3
        with pytest.raises(BaseException, match="This thread"):
            look()


def test_waiting_for_another_thread_ends_too() -> None:
    lock, held, done = RLock(), Event(), Event()

    def hold() -> None:
        with lock:
            held.set()
            done.wait(30)

    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(hold)
        held.wait(30)
        start = perf_counter()
        with pytest.raises(TimeLimitError), within(SHORT, "The wait"), awaited(lock):
            pytest.fail("nobody gave the lock back")
        assert perf_counter() - start < SHORT + 0.5
        done.set()
        other.result()
    with within(LONG, "The wait"), awaited(lock), awaited(lock):
        pass  # who has it, has it again


def test_the_error_keeps_nothing_of_the_work() -> None:
    held: list[weakref.ref[NDArray[np.int64]]] = []

    def work() -> None:
        table = np.zeros(10)
        held.append(weakref.ref(table))
        endless()

    try:
        with within(SHORT, "The work"):
            work()
    except TimeLimitError as error:
        kept = error
    gc.collect()
    assert held[0]() is None
    assert "The work" in str(kept)


def test_a_generator_left_halfway_leaves_no_time_behind() -> None:
    def some() -> Iterator[int]:
        yield from looking(range(10), 1)

    with within(LONG, "The work"):
        rows = some()
        next(rows)
    assert list(rows) == list(range(1, 10))
