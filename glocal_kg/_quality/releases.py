"""Items of the group "Dump files": the files of a release, and how they hang together."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pyoxigraph import NamedNode

from glocal_kg._quality.item import Fault, Item, NotChecked, item, verified
from glocal_kg._quality.material import Material
from glocal_kg._rdf.formats import N_QUADS, RDF_FORMATS, by_suffix
from glocal_kg._rdf.namespaces import VOID

_WHOLE = "all.nq"
_CHANGES = "changes.trig"
_SHOWN = 5


@item(
    126,
    "error",
    of="release",
    remedy="Write the whole graph in N-Quads and in three formats of RDF or more.",
)
def formats(m: Material) -> Iterator[Fault]:
    """There are three formats of the whole, and N-Quads."""
    kinds = {by_suffix(name) for name in m.release_files if "/" not in name} & set(RDF_FORMATS)
    if len(kinds) < 3:
        yield Fault("", f"There are {len(kinds)} formats of RDF.")
    if N_QUADS not in kinds:
        yield Fault("", "There are no N-Quads.")


@item(
    128,
    "error",
    of="release",
    remedy="Write the canonical form (RDFC-1.0), and its hash into the description.",
)
def canonical(m: Material) -> Iterator[Fault]:
    """The N-Quads are canonical and sorted, and their hash is given."""
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from glocal_kg._publish.lines.canonical import canonical_lines, hash_lines
    from glocal_kg._rdf.reading import open_source

    assert m.release is not None  # the scope is a release
    if _WHOLE not in m.release_files:
        raise NotChecked(f"the release has no {_WHOLE}")
    lines = _lines(m, _WHOLE)
    with TemporaryDirectory(prefix="glocal-") as folder:
        quads = open_source(m.release / _WHOLE).quads()
        right = list(canonical_lines(quads, Path(folder)))
    if lines != right:
        same = "not sorted" if sorted(lines) == right else "not in the canonical form"
        yield Fault(_WHOLE, f"Its lines are {same}.")
    digest = hash_lines(right)
    if not any(digest in str(quad.object) for quad in m.description):
        yield Fault(_WHOLE, f"No description gives its hash {digest}.")


@item(129, "error", of="release", remedy="Write the sums anew over the files as they are.")
def sums(m: Material) -> Iterator[Fault]:
    """SHA256SUMS is complete and right."""
    yield from verified(m, "checksum", "files")


@item(
    130,
    "error",
    of="release",
    remedy="Describe each subset with void:subset and its dump, and leave no statement out.",
)
def union(m: Material) -> Iterator[Fault]:
    """The subsets of the release together are the whole."""
    parts = _subsets(m)
    if _WHOLE not in m.release_files or not parts:
        raise NotChecked(f"the release has no {_WHOLE}, or describes no subset with N-Quads")
    whole = set(_lines(m, _WHOLE))
    pieces = {line for name in parts for line in _lines(m, name)}
    beyond = pieces - whole
    if beyond:  # a part of several graphs, such as an ontology, has no names of graphs
        beyond -= {_triple(line) for line in whole}
    # A blank node has another label in every file, so lines with one are left out.
    for line in sorted(line for line in whole - pieces if "_:" not in line)[:_SHOWN]:
        yield Fault(_WHOLE, f"No subset has: {line[:200]}")
    for line in sorted(line for line in beyond if "_:" not in line)[:_SHOWN]:
        yield Fault(_WHOLE, f"Only a subset has: {line[:200]}")


@item(132, "error", of="previous", remedy="Write the change set anew from the two releases.")
def changes(m: Material) -> Iterator[Fault]:
    """The release before and the changes give this release."""
    from glocal_kg._publish import compare, read_patch
    from glocal_kg._publish.lines.canonical import canonical_hash
    from glocal_kg._rdf.reading import open_source
    from glocal_kg.errors import GlocalError

    if m.release is None or _WHOLE not in m.release_files:
        raise NotChecked(f"it looks at two releases; give this one too, with its {_WHOLE}")
    new = list(open_source(m.release / _WHOLE).quads())
    if _CHANGES in m.release_files:
        patch = read_patch((m.release / _CHANGES).read_text("utf-8"))
    else:
        patch = compare(m.before, new).patch
    try:
        built = patch.apply(m.before)
    except GlocalError as error:
        yield Fault(_CHANGES, f"They do not fit the release before: {error}")
        return
    if canonical_hash(built) != canonical_hash(new):
        yield Fault(_CHANGES, "Applied to the release before they give another graph.")


@item(133, "error", of="release", remedy="Write the tables anew.")
def tables(m: Material) -> Iterator[Fault]:
    """The tables give back the same graph."""
    if not any(name.startswith("tables/") for name in m.release_files):
        raise NotChecked("the release has no tables")
    yield from verified(m, "table")


@item(
    135,
    "error",
    of="release",
    remedy="Put the context into the file, or beside it as context.jsonld.",
)
def context(m: Material) -> Iterator[Fault]:
    """The context of JSON-LD lies in the release."""
    assert m.release is not None  # the scope is a release
    names = [
        name for name in m.release_files
        if name.endswith(".jsonld") and name not in ("schema.jsonld", "context.jsonld")
    ]  # fmt: skip
    if not names:
        raise NotChecked("the release has no JSON-LD")
    if "context.jsonld" not in m.release_files:
        yield Fault("context.jsonld", "It is not there.")
    for name in names:
        head = (m.release / name).read_text("utf-8", "replace")
        try:
            content = json.loads(head)
        except (ValueError, RecursionError):
            continue  # item 1 tells
        said = content.get("@context") if isinstance(content, dict) else None
        for one in said if isinstance(said, list) else [said]:
            if isinstance(one, str) and "://" in one:
                yield Fault(name, f"Its context lies at {one}.")


def _subsets(m: Material) -> list[str]:
    """The N-Quads files that the description gives for subsets of the dataset."""
    store = m.description
    dumps = {
        str(dump.object).strip("<>")
        for subset in store.quads_for_pattern(None, VOID.subset, None)
        if isinstance(subset.object, NamedNode)
        for dump in store.quads_for_pattern(subset.object, VOID.dataDump, None)
    }
    return [
        name for name in m.release_files
        if name.endswith(".nq") and any(dump.endswith(f"/{name}") for dump in dumps)
    ]  # fmt: skip


def _triple(line: str) -> str:
    """A line of N-Quads without its graph; a line that is none as it is."""
    from glocal_kg._publish.lines.ntriples_text import split_quad

    try:
        return split_quad(line)[0]
    except (ValueError, IndexError):
        return line


def _lines(m: Material, name: str) -> list[str]:
    assert m.release is not None  # only called for files of a release
    return (m.release / name).read_text("utf-8", "replace").splitlines()


ITEMS = tuple(value for value in tuple(globals().values()) if isinstance(value, Item))
