"""Whether the files of a store on disk are what their manifest says."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from glocal_kg._rdf.store.journal import records
from glocal_kg._rdf.store.manifest import MANIFEST, read_manifest
from glocal_kg._rdf.store.remains import is_ours, names_in
from glocal_kg.errors import GlocalError


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one file of a store."""

    file: str
    message: str


def check_folder(path: str | os.PathLike[str]) -> Iterator[Problem]:
    """Compare every file of a store with its checksum, and read the whole journal.

    Without a manifest that can be read nothing can be compared: then it is told what is there.
    """
    folder = Path(path)
    try:
        manifest = read_manifest(folder)
    except GlocalError as error:
        yield Problem(MANIFEST, error.message)
        for name in names_in(folder):
            if name != MANIFEST and is_ours(name):
                yield Problem(name, f"It has {(folder / name).stat().st_size:,} bytes.")
        return
    for name, wanted in manifest["files"].items():
        try:
            found = _sums(folder / name)
        except OSError as error:
            yield Problem(name, f"It cannot be read: {error.strerror}.")
            continue
        if found != wanted:
            yield Problem(name, _difference(found, wanted))
    try:
        data = (folder / manifest["journal"]).read_bytes()
        for _ in records(data, manifest["journal"]):
            pass
    except (GlocalError, OSError) as error:
        yield Problem(manifest["journal"], str(error))


def _difference(found: dict[str, int], wanted: dict[str, int]) -> str:
    """What is not as it was written, in words."""
    if found["bytes"] == wanted["bytes"]:
        return "Its bytes are not those that were written."
    return f"It has {found['bytes']:,} bytes, and {wanted['bytes']:,} were written."


def _sums(path: Path) -> dict[str, int]:
    size = checksum = 0
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            size, checksum = size + len(piece), crc32(piece, checksum)
    return {"bytes": size, "crc32": checksum}
