"""For all rooms: the order that keeps both workers busy, and what is made once for them all."""

from __future__ import annotations

import gc
import os
import pickle
import shlex
import signal
import time
from collections import Counter
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._publish import Release

SLOW = 100  # a test marked slow weighs as much as so many others
PACKAGE = Path(__file__).parents[1] / "glocal_kg"
LATER = 3  # so much less weighs a file that waits for another to make something

# Looking for garbage that holds itself, among all that the tests hold, takes an eighth of the time.
gc.set_threshold(100_000, 20, 20)
# No test fails because the machine has other work: neither of an example nor of making one.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")
# Nothing here has large matrices, and two workers have no cores left for more threads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@pytest.hookimpl(wrapper=True)
def pytest_collect_file() -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """Examples stand in the docstrings of the package; none are looked for in the tests."""
    found = yield
    return [one for one in found if type(one).__name__ != "DoctestModule"]


class Examples:
    """In the package, only modules with an example are looked through: six of ten have none."""

    def pytest_ignore_collect(self, collection_path: Path) -> bool | None:
        if collection_path.suffix != ".py" or not collection_path.is_relative_to(PACKAGE):
            return None
        return None if b">>>" in collection_path.read_bytes() else True


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Examples())


def pytest_collection_finish() -> None:
    """Modules and tests are no garbage until the end."""
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first where workers share the tests, so that none is left alone at the end."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return
    weight, sharing = Counter[Path](), set[Path]()
    for item in items:
        weight[item.path] += SLOW if item.get_closest_marker("slow") else 1
        if "packaged_release" in getattr(item, "fixturenames", ()):
            sharing.add(item.path)
    if sharing:
        # The longest of them makes what the others only take, and would wait for: they come later.
        for path in sharing - {max(sharing, key=lambda path: (weight[path], path))}:
            weight[path] //= LATER
    items.sort(key=lambda item: (-weight[item.path], item.path))


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], Any]], Any]:
    """``once(name, make)`` is what ``make(folder)`` gives; the worker that is first makes it."""
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent  # that of the whole run

    def get(name: str, make: Callable[[Path], Any]) -> Any:
        folder, result = base / name, base / f"{name}.pickle"
        try:
            folder.mkdir()
        except FileExistsError:
            while not result.exists():  # the timeout of the test ends it
                time.sleep(0.05)
        else:
            try:
                made = pickle.dumps(make(folder))
            except Exception as error:
                made = pickle.dumps(RuntimeError(f"{name} was not made: {error!r}"))
            part = result.with_suffix(".part")
            part.write_bytes(made)
            part.rename(result)
        found = pickle.loads(result.read_bytes())
        if isinstance(found, Exception):
            raise found
        return found

    return get


PUBLISHING = "glocal publish dist --version 0.1.0"
"""The line of the README that makes ``packaged_release``."""


@pytest.fixture(scope="session")
def packaged_release(once: Callable[[str, Callable[[Path], Release]], Release]) -> Release:
    """The packaged graph as a release, with what follows from it and its questions."""
    return once("packaged-release", _published)


def _published(folder: Path) -> Release:
    from glocal_kg import _publish
    from glocal_kg._cli import run

    made: list[Release] = []
    publish = _publish.publish

    def kept(*given: Any, **named: Any) -> Release:
        made.append(publish(*given, **named))
        return made[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(_publish, "publish", kept)
        patch.setattr(signal, "signal", lambda *_: None)  # those of the test stay
        assert run(shlex.split(PUBLISHING)[1:]) == 0
    return made[0]
