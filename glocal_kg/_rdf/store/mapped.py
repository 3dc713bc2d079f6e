"""The files of a store on disk as arrays that are mapped, not read."""

from __future__ import annotations

import os

import numpy as np
from numpy.typing import NDArray

from glocal_kg._rdf.store.fact_table import Layer
from glocal_kg._rdf.store.manifest import read_manifest
from glocal_kg._rdf.store.segment import Segment
from glocal_kg._rdf.store.store import State, Store
from glocal_kg._rdf.store.stored import graphs_of
from glocal_kg.errors import GlocalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Manifest = dict[str, Any]

PARTS = (("text", np.uint8), ("starts", np.int64), ("hashes", np.uint32), ("order", np.int32))
"""The files of a segment of terms, by the ends of their names."""


def begin(store: Store, folder: str | os.PathLike[str], manifest: Manifest | None = None) -> None:
    """Let an empty store hold what the checkpoint in a folder holds; the journal is not read.

    The store's changes stay in memory. Raises ``GlocalError`` where a file is damaged,
    ``FileNotFoundError`` where one has gone.
    """
    told = read_manifest(folder) if manifest is None else manifest
    store.dictionary.restore(segments_of(folder, told))
    layers = _layers_of(folder, told)
    state = State(store.dictionary, layers, (), told["followed"], told["changes"])
    store.moment = store.begun = state


def segments_of(folder: str | os.PathLike[str], manifest: Manifest) -> list[Segment]:
    """The terms, in the order of their numbers."""
    return [
        Segment(*(_array(folder, manifest, f"{one['name']}.{part}", kind) for part, kind in PARTS))
        for one in manifest["terms"]
    ]


def _layers_of(folder: str | os.PathLike[str], manifest: Manifest) -> dict[str, Layer]:
    pairs = _array(folder, manifest, f"{manifest['facts']}.pairs", np.int64)
    index = _array(folder, manifest, f"{manifest['facts']}.index", np.int64).reshape(-1, 5)
    return {
        name: Layer(graphs_of(index[index[:, 0] == number], pairs))
        for number, name in enumerate(manifest["layers"])
    }


def _array(
    folder: str | os.PathLike[str], manifest: Manifest, name: str, kind: type[np.generic]
) -> NDArray[Any]:
    path, size = os.path.join(folder, name), manifest["files"][name]["bytes"]
    found = os.stat(path).st_size
    if found != size:
        raise GlocalError(
            f"{path} has {found:,} bytes, not {size:,}.", remedy="Take the folder from a backup."
        )
    little = np.dtype(np.dtype(kind).newbyteorder("<").str)  # plain where it is the machine's
    return np.asarray(np.memmap(path, little, "r")) if size else np.empty(0, kind)
