"""The files of a store on disk: their manifest, and how they are written."""

from __future__ import annotations

import json
import os
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from glocal_kg.errors import GlocalError, NotFoundError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MANIFEST, FORMAT, VERSION = "manifest.json", "glocal store", 1


def read_manifest(path: str | os.PathLike[str]) -> dict[str, Any]:
    """The manifest of a folder; ``GlocalError`` where it is none that we can read."""
    name = os.path.join(path, MANIFEST)
    try:
        with open(name, "rb") as file:
            manifest = json.loads(file.read())
    except FileNotFoundError:
        raise without_manifest(path) from None
    except (ValueError, OSError) as error:
        raise GlocalError(
            f"{name} cannot be read: {error}.", remedy="Take it from a backup."
        ) from None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise GlocalError(f"{path} is no store of this library.", remedy="Check the path.")
    if manifest["version"] > VERSION:
        raise GlocalError(
            f"{path} has format {manifest['version']}; this version knows {VERSION}.",
            remedy="Update glocal-kg.",
        )
    return manifest


def without_manifest(folder: str | os.PathLike[str]) -> NotFoundError:
    """The error for what is left of a store, or was made of it before the power went."""
    return NotFoundError(
        f"{folder} holds the files of a graph, and {MANIFEST}, which says what they are, is"
        " missing.",
        remedy="Take the folder from a backup, or give create=True to make it anew where it was"
        " still being made.",
    )


def write_file(path: Path, parts: Iterable[Any]) -> dict[str, int]:
    """Write parts one after the other, and have them on the disk; gives size and checksum."""
    size = checksum = 0
    with path.open("wb") as file:
        for part in parts:
            data = part if isinstance(part, bytes) else _little(part)
            file.write(data)
            size, checksum = size + len(data), crc32(data, checksum)
        file.flush()
        os.fsync(file.fileno())
    return {"bytes": size, "crc32": checksum}


def _little(array: NDArray[Any]) -> Any:
    return np.ascontiguousarray(array, array.dtype.newbyteorder("<")).reshape(-1).view(np.uint8)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk."""
    if os.name == "nt":  # where a folder cannot be opened
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
