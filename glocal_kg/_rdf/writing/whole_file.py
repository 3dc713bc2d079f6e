"""Writing a file whole or not at all: what fails half-way leaves nothing, and what stood stays."""

from __future__ import annotations

import os
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


@contextmanager
def whole_file(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """A file to write to, which gets its name when the block ends, and goes where that fails.

    Raises ``GlocalError`` where it cannot be written, and for what is no path.
    """
    target = path_of("path", path)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with unfinished.open("wb") as file:
            yield file
        os.replace(unfinished, target)
    except OSError as error:
        raise GlocalError(
            f"'{target}' cannot be written: {error.strerror}.",
            remedy="Give a file in a folder that exists and may be written to.",
        ) from error
    finally:
        with suppress(OSError):  # what was interrupted leaves nothing either
            unfinished.unlink()
