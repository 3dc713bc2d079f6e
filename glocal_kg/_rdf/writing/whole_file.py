"""Writing a file whole or not at all: what fails half-way leaves nothing, and what stood stays."""

from __future__ import annotations

import errno
import os
import stat
import threading
from contextlib import contextmanager, suppress
from pathlib import Path

from glocal_kg._rdf.arguments import path_of
from glocal_kg.errors import GlocalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO


def write_whole(path: str | os.PathLike[str], data: str | bytes) -> Path:
    """Write text (UTF-8) or bytes to a file; ``GlocalError`` where that cannot be done."""
    with whole_file(path) as file:
        file.write(data.encode(errors="replace") if isinstance(data, str) else data)
    return Path(path)


def expect_folder(path: str | os.PathLike[str]) -> None:
    """Raise ``GlocalError`` where the folder of a file to write is not there."""
    target = path_of("path", path)
    if not target.parent.is_dir():
        raise GlocalError(
            f"'{target}' cannot be written: there is no folder '{target.parent}'.",
            remedy="Make it, or give a file in a folder that exists.",
        )


def expect_other(path: str | os.PathLike[str], read: Path, what: str) -> None:
    """Raise ``GlocalError`` where a file would be written over, or into, what was read."""
    target = Path(os.path.realpath(path_of("path", path)))
    source = Path(os.path.realpath(read))
    if target == source or source in target.parents:
        raise GlocalError(
            f"'{path}' would be written over {what}.", remedy="Give it a name of its own."
        )


@contextmanager
def whole_file(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """A file to write to, which gets its name when the block ends, and goes where that fails.

    A symbolic link stays one: the file it leads to is written. A file that stood there keeps
    its permissions. What is no file, such as a pipe or ``/dev/null``, is written to as it is.
    Raises ``GlocalError`` where it cannot be written, and for what is no path.
    """
    target = path_of("path", path)
    try:
        mode = _mode(target)
        if mode is not None and not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            with target.open("wb") as file:
                yield file
            return
        end = Path(os.path.realpath(target))
        # No longer than a name may be, and another one for each thread.
        mark = f"{os.getpid()}-{threading.get_ident():x}"
        unfinished = end.with_name(f".{end.name[:40]}.{mark}.tmp")
        try:
            with unfinished.open("wb") as file:
                yield file
            if mode is not None:
                if not os.access(end, os.W_OK):  # its folder alone decides what takes its place
                    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
                os.chmod(unfinished, stat.S_IMODE(mode))
            os.replace(unfinished, end)
        finally:
            with suppress(OSError):  # what was interrupted leaves nothing either
                unfinished.unlink()
    except OSError as error:
        raise GlocalError(
            f"'{target}' cannot be written: {error.strerror}.",
            remedy="Give a file in a folder that exists and may be written to.",
        ) from error


def _mode(target: Path) -> int | None:
    """The mode of what stands there already, None where nothing does."""
    try:
        return target.stat().st_mode
    except FileNotFoundError:
        return None
