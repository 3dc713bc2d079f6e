"""The folder beside a release in which it is made, and those that a killed run has left.

A folder is held by a lock for as long as its process lives. Whoever comes later and gets the
lock knows that nobody is at work there any more, whatever the number of the process was.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from glocal_kg.errors import GlocalError

try:
    import fcntl
except ImportError:  # Windows: nothing is locked, and nothing of others removed
    fcntl = None  # type: ignore[assignment]  # asked before each use

_LOCK = "lock"


@contextmanager
def draft_beside(target: Path) -> Iterator[Path]:
    """A new folder beside ``target`` that is gone when the block ends, however it ends.

    Folders that runs for the same target left when they were killed are removed.
    Raises ``GlocalError`` where nothing can be written there.
    """
    prefix = f"{target.name[:60]}.tmp-"
    try:
        _remove_stale(target.parent, prefix)
        place = Path(tempfile.mkdtemp(prefix=prefix, dir=target.parent))
    except OSError as error:
        raise GlocalError(
            f"Cannot write beside {target}: {error.strerror}.",
            remedy="Choose a folder that can be written.",
        ) from error
    lock = _hold(place)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def _hold(place: Path) -> int | None:
    """Lock the folder: under another name first, so that it is never seen without its lock."""
    if fcntl is None:
        return None
    lock = os.open(place / "new", os.O_CREAT | os.O_RDWR)
    fcntl.flock(lock, fcntl.LOCK_EX)
    os.rename(place / "new", place / _LOCK)
    return lock


def _remove_stale(folder: Path, prefix: str) -> None:
    if fcntl is None:
        return
    for place in folder.iterdir():
        if not place.name.startswith(prefix) or place.is_symlink():
            continue
        try:
            lock = os.open(place / _LOCK, os.O_RDWR)
        except OSError:
            continue  # not ours, or not yet locked
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(place, ignore_errors=True)
        except BlockingIOError:
            pass  # somebody is at work there
        finally:
            os.close(lock)
