"""Do two closures say the same? Asked before their times are compared.

What is compared are the facts worth saying (``trivial.Nontrivial``: no ``x sameAs x`` and the
like, no literal as subject) that are not about a built-in term, such as ``xsd:date a
rdfs:Datatype``, and name no blank node, since each peer names those in its own way.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pyoxigraph import BlankNode, Literal, parse

from glocal_kg._engines.rl.program import Vocabulary
from glocal_kg._engines.rl.relevance import Literals
from glocal_kg._engines.rl.trivial import Nontrivial
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.index import TripleIndex
from glocal_kg._study.vocab import PREFIXES

BUILT_IN = tuple(f"<{PREFIXES[prefix]}" for prefix in ("rdf", "rdfs", "owl", "xsd"))


@dataclass(frozen=True)
class Agreement:
    """How many facts both infer, and what only one of them does."""

    both: int
    only_ours: set[str]
    only_theirs: set[str]


def compare(ours: Path, theirs: Path, *, literals: bool = True) -> Agreement:
    """Compare two files of inferred facts in N-Triples, with or without those about literals."""
    left, right = (_facts(path, literals) for path in (ours, theirs))
    return Agreement(len(left & right), left - right, right - left)


def _facts(path: Path, literals: bool) -> set[str]:
    terms = Dictionary()
    unwanted = (BlankNode,) if literals else (BlankNode, Literal)
    rows = [
        [terms.add(part) for part in quad.triple]
        for quad in parse(path=str(path))
        if not any(isinstance(part, unwanted) for part in quad.triple)
    ]
    index = TripleIndex(np.array(rows, np.int32).reshape(-1, 3))
    nontrivial = Nontrivial(terms, Vocabulary(terms), lambda: Literals(terms).mask)
    worth = TripleIndex()
    for p in index.predicates():
        worth.merge(p, nontrivial.keys(p, index.table(p).keys))
    found = (" ".join(str(terms[part]) for part in row) for row in worth.columns().tolist())
    return {fact for fact in found if not fact.startswith(BUILT_IN)}
