"""Writing a file whole or not at all: what fails half-way leaves nothing, and what stood stays."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from glocal_kg.errors import GlocalError


def write_whole(path: str | os.PathLike[str], data: str | bytes) -> Path:
    """Write text (UTF-8) or bytes to a file; ``GlocalError`` where that cannot be done."""
    target = Path(path)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        unfinished.write_bytes(data.encode(errors="replace") if isinstance(data, str) else data)
        os.replace(unfinished, target)
    except OSError as error:
        raise GlocalError(
            f"'{target}' cannot be written: {error.strerror}.",
            remedy="Give a file in a folder that exists and may be written to.",
        ) from error
    finally:
        with suppress(OSError):  # what was interrupted leaves nothing either
            unfinished.unlink()
    return target
