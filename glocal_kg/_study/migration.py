"""The table from the names of the first edition to those of the second, and how each is rewritten.

It is ``ontology/migration.tsv``, the one place where the old names still stand. Its columns: the
old name, the rule, the new name, a value that the rule needs, and when the row holds (a class of
the subject, or of subject and object; ``*`` is any). The first row that holds counts.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache

from pyoxigraph import NamedNode

from glocal_kg._study import packaged
from glocal_kg._study.vocab import PREFIXES
from glocal_kg.errors import NotFoundError


@dataclass(frozen=True, slots=True)
class MigrationRule:
    """One row of the table; names are whole IRIs."""

    old: str
    rule: str
    new: str
    value: str
    when: tuple[str, ...]
    note: str


def iri(name: str) -> str:
    """A prefixed name as an IRI; anything else as it is.

    >>> iri("glocal:Practice")
    'https://w3id.org/glocal/ontology#Practice'
    """
    prefix, colon, local = name.partition(":")
    space = PREFIXES.get(prefix)
    return f"{space}{local}" if colon and space is not None else name


@cache
def rules() -> dict[str, tuple[MigrationRule, ...]]:
    """The rows of every old name, in the order of the table."""
    path = os.path.join(packaged.folder("ontology"), "migration.tsv")
    if not os.path.isfile(path):
        raise NotFoundError("The table of old names is missing.", remedy="Install again.")
    found: dict[str, list[MigrationRule]] = {}
    with open(path, encoding="utf-8") as file:
        next(file)
        for line in file:
            old, rule, new, value, when, note = line.rstrip("\n").split("\t")
            tests = tuple(iri(word) for word in when.split())
            row = MigrationRule(iri(old), rule, iri(new), value, tests, note)
            found.setdefault(row.old, []).append(row)
    return {old: tuple(rows) for old, rows in found.items()}


@cache
def addresses() -> tuple[tuple[str, str], ...]:
    """Beginnings of IRIs that changed, old and new."""
    return tuple(
        (row.old, row.new) for rows in rules().values() for row in rows if row.rule == "address"
    )


def address(node: NamedNode) -> NamedNode:
    """A resource under the address it has now.

    >>> address(NamedNode("https://w3id.org/glocal/id/place/rome"))
    <NamedNode value=https://w3id.org/glocal/id/place/rome>
    """
    for old, new in addresses():
        if node.value.startswith(old):
            return NamedNode(new + node.value[len(old) :])
    return node


def is_old(name: str) -> bool:
    """True for the IRI of a term that the second edition no longer has.

    >>> is_old("https://w3id.org/glocal/ontology#Practice")
    False
    """
    from glocal_kg._study.vocab import GLOCAL

    return name in rules() and name.startswith(str(GLOCAL)) and NamedNode(name) not in GLOCAL


def successor(name: str) -> str:
    """What to write instead of an old term, in words for a message.

    >>> successor("https://w3id.org/glocal/ontology#Practice")
    ''
    """
    if not is_old(name):
        return ""
    row = rules()[name][-1]
    new = _short(row.new)
    if row.rule == "turn":
        further = rules().get(row.new)
        new = _short(further[-1].new) if further and is_old(row.new) else new
        return f"{new}, the other way round"
    if row.rule == "drop" or not row.new:
        return f"nothing: {row.note}"
    if row.rule == "class" and row.value:
        return f"{new} with glocal:kind {row.value}"
    return new


def _short(name: str) -> str:
    for prefix, space in PREFIXES.items():
        if name.startswith(space):
            return f"{prefix}:{name[len(space) :]}"
    return name
