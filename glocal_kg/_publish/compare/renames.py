"""Find what was renamed: a name that went and one that came with the same description."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from glocal_kg._publish.lines.ntriples_text import split_quad
from glocal_kg._rdf.namespaces import DCTERMS

_REPLACED_BY, _REPLACES = str(DCTERMS.isReplacedBy), str(DCTERMS.replaces)
_ENOUGH = 0.5
_TOO_COMMON = 50

Key = tuple[str, str]


def find_renames(gone: Mapping[str, list[str]], come: Mapping[str, list[str]]) -> dict[str, str]:
    """Old name to new name, both in brackets, from the lines of what went and what came.

    What the graphs say themselves counts first (``dcterms:isReplacedBy``,
    ``dcterms:replaces``). Otherwise two names are one thing when at least half of what is
    said about either is the same, at least one text among it, and no other pair is closer.

    >>> label = '<http://www.w3.org/2000/01/rdf-schema#label> "City" .'
    >>> find_renames({"<a:x>": [f"<a:x> {label}"]}, {"<a:y>": [f"<a:y> {label}"]})
    {'<a:x>': '<a:y>'}
    """
    renamed: dict[str, str] = {}
    for old, lines in gone.items():
        for line in lines:
            _, predicate, rest = split_quad(line)[0].split(" ", 2)
            if predicate == _REPLACED_BY and rest[:-2] in come:
                renamed[old] = rest[:-2]
    for new, lines in come.items():
        for line in lines:
            _, predicate, rest = split_quad(line)[0].split(" ", 2)
            if predicate == _REPLACES and rest[:-2] in gone:
                renamed.setdefault(rest[:-2], new)
    taken = set(renamed.values())
    left = {name: _keys(name, lines) for name, lines in gone.items() if name not in renamed}
    right = {name: _keys(name, lines) for name, lines in come.items() if name not in taken}
    for _, old, new in sorted(_pairs(left, right)):
        if old not in renamed and new not in taken:
            renamed[old] = new
            taken.add(new)
    return dict(sorted(renamed.items()))


def _keys(name: str, lines: list[str]) -> set[Key]:
    """What is said about a name, with the name itself masked."""
    found = set()
    for line in lines:
        _, predicate, rest = split_quad(line)[0].split(" ", 2)
        found.add((predicate, "<>" if rest[:-2] == name else rest[:-2]))
    return found


def _pairs(
    left: Mapping[str, set[Key]], right: Mapping[str, set[Key]]
) -> list[tuple[float, str, str]]:
    """Pairs that are close enough, the closest first when sorted."""
    users: dict[Key, list[str]] = defaultdict(list)
    for name, keys in right.items():
        for key in keys:
            users[key].append(name)
    pairs = []
    for old, keys in left.items():
        shared: Counter[str] = Counter()
        for key in keys:
            # A statement that very many share, such as a common class, tells nothing.
            if key[1][0] == '"' and len(users.get(key, ())) <= _TOO_COMMON:
                shared.update(users.get(key, ()))
        for new in shared:
            both = keys & right[new]
            closeness = len(both) / len(keys | right[new])
            if closeness >= _ENOUGH:
                pairs.append((-closeness, old, new))
    return pairs
