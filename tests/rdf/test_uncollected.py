"""How often garbage is searched for while objects without cycles are made."""

import gc
from collections.abc import Iterator
from threading import Event, Thread

import pytest

from glocal_kg._rdf.uncollected import SELDOM, uncollected


@pytest.fixture(autouse=True)
def often() -> Iterator[tuple[int, int, int]]:
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield (700, 10, 10)
    gc.enable()
    gc.set_threshold(*before)


@uncollected
def within() -> int:
    return gc.get_threshold()[0]


def test_searches_are_seldom_meanwhile_and_as_before_afterwards(
    often: tuple[int, int, int],
) -> None:
    assert within() == SELDOM
    assert uncollected(within)() == SELDOM
    assert gc.get_threshold() == often
    with pytest.raises(TypeError):
        uncollected(int)([])
    assert gc.get_threshold() == often


@pytest.mark.parametrize("set_", [(5, 10, 10), (0, 10, 10)])
def test_what_a_program_sets_meanwhile_stays(set_: tuple[int, int, int]) -> None:
    uncollected(gc.set_threshold)(*set_)
    assert gc.get_threshold() == set_
    gc.set_threshold(*set_)
    assert within() == (SELDOM if set_[0] else 0)
    assert gc.get_threshold() == set_


def test_what_another_thread_switched_off_meanwhile_stays_off() -> None:
    uncollected(gc.disable)()
    assert not gc.isenabled()
    within()
    assert not gc.isenabled()


def test_of_threads_side_by_side_the_last_one_brings_back_what_was(
    often: tuple[int, int, int],
) -> None:
    begun, go = Event(), Event()

    @uncollected
    def waiting() -> None:
        begun.set()
        assert go.wait(60)

    thread = Thread(target=waiting)
    thread.start()
    assert begun.wait(60)
    within()
    assert gc.get_threshold()[0] == SELDOM
    go.set()
    thread.join()
    assert gc.get_threshold() == often
