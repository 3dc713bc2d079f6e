"""Work without a search for garbage: it begins again whatever happens."""

import gc

import pytest

from glocal_kg._rdf.uncollected import uncollected


def test_the_search_begins_again_after_an_interrupt() -> None:
    @uncollected
    def work() -> None:
        assert not gc.isenabled()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work()
    assert gc.isenabled()


def test_who_has_ended_the_search_keeps_it_ended() -> None:
    gc.disable()
    try:
        uncollected(int)()
        assert not gc.isenabled()
    finally:
        gc.enable()
