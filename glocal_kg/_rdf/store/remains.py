"""What is in a folder that may be a store, or what is left of one."""

from __future__ import annotations

import os
import re

from glocal_kg._rdf.store.manifest import MANIFEST
from glocal_kg.errors import GlocalError, NotFoundError

_PART = re.compile(
    r"terms-(\d+)-\d+\.(text|starts|hashes|order)|facts-(\d+)\.(pairs|index)|journal-(\d+)"
)
_DRAFT = f"{MANIFEST}.new"


def is_ours(name: str) -> bool:
    """Whether a file of a store, its manifest aside, is called so.

    >>> is_ours("facts-12.pairs"), is_ours("facts-2012.csv")
    (True, False)
    """
    return name == _DRAFT or _PART.fullmatch(name) is not None


def names_in(folder: str | os.PathLike[str]) -> list[str]:
    """The names in a folder, sorted; none where it is not there.

    Raises ``GlocalError`` where it cannot be looked into, ``NotFoundError`` where it is a file.
    """
    try:
        return sorted(os.listdir(folder))
    except FileNotFoundError:
        return []
    except NotADirectoryError:
        where = os.fspath(folder)
        what = where if os.path.isfile(where) else f"A part of the path {where}"
        raise NotFoundError(
            f"{what} is a file, and a graph on disk is a folder.",
            remedy="A file is added to a graph: kg.add(path), or -d FILE on the command line.",
        ) from None
    except OSError as error:
        raise GlocalError(
            f"{os.fspath(folder)} cannot be looked into: {error.strerror or error}.",
            remedy="Check its permissions.",
        ) from None


def is_store(path: str | os.PathLike[str]) -> bool:
    """Whether a folder holds a store, or what is left of one: its manifest or its parts."""
    if not os.path.isdir(path):
        return False
    return any(name == MANIFEST or _PART.fullmatch(name) for name in names_in(path))


def parts_in(folder: str | os.PathLike[str]) -> list[str]:
    """The files in which a store has facts, or had, though its manifest is not there.

    Who begins a store writes empty ones with the number 1, and may be interrupted: these are none.
    """
    found = []
    for name in names_in(folder):
        match = _PART.fullmatch(name)
        if match is None:
            continue
        first = match[1] or match[3] or match[5]
        empty = name.startswith("terms-") or not os.path.getsize(os.path.join(folder, name))
        if first != "1" or not empty:
            found.append(name)
    return found


def without_manifest(folder: str | os.PathLike[str]) -> NotFoundError:
    """The error for a folder without a manifest: nothing, something begun, or a damaged store."""
    where, parts = os.fspath(folder), parts_in(folder)
    if parts:
        size = sum(os.path.getsize(os.path.join(folder, name)) for name in parts)
        return NotFoundError(
            f"{where} holds files of a graph ({', '.join(parts[:3])}"
            f"{f' and {len(parts) - 3} more' if len(parts) > 3 else ''}, {size:,} bytes), and"
            f" {MANIFEST}, which says what they are, is missing. Nothing was changed.",
            remedy=f"Take {MANIFEST}, or the whole folder, from a backup; glocal check {where}"
            " tells what is there. To begin anew, name another folder.",
        )
    if is_store(folder):
        return NotFoundError(
            f"{where} is a graph that was still being made: it has no {MANIFEST} yet, no fact.",
            remedy="Make it with gk.open(path, create=True).",
        )
    there = names_in(folder)
    return NotFoundError(
        f"There is no graph in {where}"
        + (f", which holds {_some(there)}." if there else ": there is nothing."),
        remedy="Check the path; gk.open(path, create=True) makes one, glocal import TABLE --graph"
        " FOLDER too.",
    )


def other_files(folder: str | os.PathLike[str], names: list[str]) -> GlocalError:
    """The error where a store would be made among other files."""
    return GlocalError(
        f"{os.fspath(folder)} holds other files: {_some(names)}.",
        remedy="Name a new folder, such as my.glocal.",
    )


def _some(names: list[str]) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"{', '.join(names[:3])}{more}"
