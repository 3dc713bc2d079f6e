"""The laws of the house: one door, floors that hold, errors that travel."""

from __future__ import annotations

import copy
import inspect
import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from glocal_kg import errors

ROOT = Path(__file__).parent.parent


def test_imports_go_down_only() -> None:
    """Lazy and type-only imports count too; the floors stand in pyproject.toml."""
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stdout[-2_000:]


def test_the_door_is_as_wide_as_listed() -> None:
    """What a type checker lists as public is ``public-names.txt``, no more and no less."""
    done = subprocess.run(
        [sys.executable, "-m", "basedpyright", "--verifytypes", "glocal_kg", "--ignoreexternal",
         "--outputjson"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},  # an editable install is not looked into
    )  # fmt: skip
    symbols = json.loads(done.stdout)["typeCompleteness"]["symbols"]
    found = {symbol["name"] for symbol in symbols if symbol["isExported"]}
    listed = set(Path(__file__).with_name("public-names.txt").read_text("utf-8").split())
    assert found == listed


def kinds() -> list[type[errors.GlocalError]]:
    return [
        kind
        for _, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, errors.GlocalError)
    ]


def made(kind: type[errors.GlocalError]) -> errors.GlocalError:
    """An error with a value for each of its arguments."""
    given: dict[str, object] = {}
    for name, parameter in inspect.signature(kind.__init__).parameters.items():
        if name != "self":
            given[name] = 3 if parameter.annotation in ("int | None", "float | None") else name
    if "suggestions" in given:
        given["suggestions"] = ["one"]
    return kind(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", kinds())
def test_errors_pickle_and_copy_with_their_fields(kind: type[errors.GlocalError]) -> None:
    error = made(kind)
    for other in (pickle.loads(pickle.dumps(error)), copy.deepcopy(error), copy.copy(error)):
        assert type(other) is kind
        assert str(other) == str(error)
        assert other.__dict__ == error.__dict__


def test_every_name_of_the_door_opens() -> None:
    import glocal_kg

    for name in glocal_kg.__all__:
        assert getattr(glocal_kg, name) is not None


def test_every_kind_of_error_stands_in_the_tree() -> None:
    for kind in kinds():
        assert kind.__name__ in (errors.__doc__ or "")
