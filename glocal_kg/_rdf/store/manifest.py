"""The files of a store on disk: their manifest, and how they are written."""

from __future__ import annotations

import json
import os
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from glocal_kg.errors import GlocalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MANIFEST, FORMAT, VERSION = "manifest.json", "glocal store", 1
_KEYS = {
    "version": int, "generation": int, "changes": int, "followed": dict, "layers": list,
    "terms": list, "facts": str, "journal": str, "files": dict,
}  # fmt: skip
"""What every manifest has; ``prefixes`` came later, and who has none of them has no prefixes."""


def read_manifest(path: str | os.PathLike[str]) -> dict[str, Any]:
    """The manifest of a folder; ``GlocalError`` where it is none that we can read.

    ``NotFoundError`` where there is none.
    """
    name = os.path.join(path, MANIFEST)
    try:
        with open(name, "rb") as file:
            data = file.read()
        manifest = json.loads(data)
    except FileNotFoundError:
        from glocal_kg._rdf.store.remains import without_manifest

        raise without_manifest(path) from None
    except OSError as error:
        raise _damaged(name, f"cannot be read: {error.strerror or error}") from None
    except ValueError as error:
        why = f"is no JSON: {error}" if data else "is empty"
        raise _damaged(name, why) from None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise GlocalError(
            f'{name} is of no graph of this library: it has no "format": "{FORMAT}".',
            remedy="Check the path.",
        )
    version = manifest.get("version")
    if type(version) is int and version > VERSION:
        raise GlocalError(
            f"{os.fspath(path)} has format {version}; this version of glocal-kg knows {VERSION}.",
            remedy="Update glocal-kg.",
        )
    lacking = [key for key, kind in _KEYS.items() if type(manifest.get(key)) is not kind]
    if lacking:
        raise _damaged(name, f"lacks {', '.join(lacking)}, or has something else there")
    return manifest


def _damaged(name: str, why: str) -> GlocalError:
    return GlocalError(
        f"{name} {why}. It should say what the other files are. Nothing was changed.",
        remedy=f"Take it, or the whole folder, from a backup; glocal check {os.path.dirname(name)}"
        " tells what is there.",
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
