"""The jobs with pyoxigraph alone."""

from __future__ import annotations

from benchmarks.peers.common import dispatch, measured, tell


def parse(corpus: str) -> None:
    """Read every fact of a file and drop it: the yardstick for closure."""
    import pyoxigraph

    with measured() as clock:
        count = sum(1 for _ in pyoxigraph.parse(path=corpus))
    tell(**clock.told(), facts=count)


def load(corpus: str) -> None:
    """Its own bulk load into a store in memory."""
    import pyoxigraph

    store = pyoxigraph.Store()
    with measured() as clock:
        store.bulk_load(path=corpus)
    tell(**clock.told(), facts=len(store))


if __name__ == "__main__":
    dispatch({"parse": parse, "load": load})
