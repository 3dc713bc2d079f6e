"""The reference engine: owlrl, slow and independent of ours, on the same numbers.

Where owlrl 7 is not as the standard has it, or not as we have it, it is put right here so that
the two engines can be compared. prp-key overlooks the last key property, and so merges things
that differ in it. dt-type2 gives a literal only its own datatype and those above it, instead
of all that hold its value. scm-sco and scm-spo do not close a ring, nor do scm-eqc1 and
scm-eqp1 say that what is equivalent to itself is below itself. Two literals are never the same
by being values of a functional property: we report that as a clash (see docs/reasoning.md).
Left as they are: eq-diff2, eq-diff3 and prp-adp overlook the last member of a list, which costs
clashes, not facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import rdflib
from owlrl import OWLRL_Semantics
from rdflib.namespace import OWL, RDF, RDFS

from glocal_kg._engines.rl.datatypes import holds
from glocal_kg._engines.rl.literal_numbers import Literals
from glocal_kg._engines.rl.program import Vocabulary
from glocal_kg._engines.rl.rules import DATATYPES, PREFIXES
from glocal_kg._engines.rl.trivial import Nontrivial
from glocal_kg._engines.shacl.rdf_terms import from_rdflib, to_rdflib
from glocal_kg._rdf import looked_at
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.index import Numbers, TripleIndex
from glocal_kg.errors import GlocalError


@dataclass(frozen=True)
class Reference:
    """What owlrl found: inferred facts (without the asserted) and its messages of clashes."""

    inferred: Numbers
    clashes: list[str]


def close(terms: Dictionary, triples: Numbers, *, trivial: bool = False) -> Reference:
    """Close triples with owlrl. The result is of the same kind as that of the fast engine.

    New terms get a number in ``terms``. Time grows fast: hours for some ten thousand triples.
    Raises ``GlocalError`` for a list in a loop.
    """
    graph = looked_at.graph()
    for s, p, o in np.asarray(triples).tolist():
        graph.add((to_rdflib(terms[s]), to_rdflib(terms[p]), to_rdflib(terms[o])))
    semantics = _Semantics(graph, axioms=False, daxioms=False)
    try:
        semantics.closure()
    except ValueError as error:  # of rdflib, for a list that runs in a loop
        raise GlocalError(
            f"owlrl cannot read these facts: {error}.",
            remedy="Correct them, or use engine='fast', which leaves such an axiom out.",
        ) from error
    errors = {s for s, _, o in graph if str(o).endswith("ErrorMessage")}
    rows = [
        tuple(terms.add(from_rdflib(part)) for part in fact)
        for fact in graph
        if fact[0] not in errors and not isinstance(fact[0], rdflib.Literal)
    ]
    known = TripleIndex(triples)
    found = TripleIndex(np.array(rows, np.int32).reshape(-1, 3))
    nontrivial = Nontrivial(terms, Vocabulary(terms), lambda: Literals(terms).mask, trivial)
    kept = TripleIndex()
    for p in found.predicates():
        kept.merge(p, nontrivial.keys(p, found.table(p).keys))
    inferred = kept.columns()
    return Reference(inferred[~known.contains_many(inferred)], list(semantics.error_messages))


class _Semantics(OWLRL_Semantics):  # type: ignore[misc]  # its base has no types
    """owlrl with the corrections named above."""

    def store_triple(self, t: tuple[Any, Any, Any]) -> None:
        s, p, o = t
        if p == OWL.sameAs and isinstance(s, rdflib.Literal) and isinstance(o, rdflib.Literal):
            return
        super().store_triple(t)

    def _one_time_rules_datatypes(self) -> None:
        for literal in {o for o in self.graph.objects() if isinstance(o, rdflib.Literal)}:
            for name in DATATYPES:
                prefix, _, local = name.partition(":")
                if holds(PREFIXES[prefix] + local, from_rdflib(literal)):  # type: ignore[arg-type]  # the same literal for us
                    self.store_triple((literal, RDF.type, rdflib.URIRef(PREFIXES[prefix] + local)))

    def _schema_vocabulary(self, triple: tuple[Any, Any, Any], cycle_num: int) -> None:
        super()._schema_vocabulary(triple, cycle_num)
        s, p, o = triple
        if p in (RDFS.subClassOf, RDFS.subPropertyOf) and (o, p, s) in self.graph:
            self.store_triple((s, p, s))
        below = {OWL.equivalentClass: RDFS.subClassOf, OWL.equivalentProperty: RDFS.subPropertyOf}
        if s == o and p in below:
            self.store_triple((s, below[p], s))

    def _properties(self, triple: tuple[Any, Any, Any], cycle_num: int) -> None:
        c, p, head = triple
        if p != OWL.hasKey:
            super()._properties(triple, cycle_num)
            return
        keys = list(self.graph.items(head))
        holders: dict[tuple[Any, ...], list[Any]] = {}
        for x in self.graph.subjects(RDF.type, c) if keys else ():
            for values in product(*(self.graph.objects(x, key) for key in keys)):
                holders.setdefault(values, []).append(x)
        for same in holders.values():
            for x, y in product(same, same):
                self.store_triple((x, OWL.sameAs, y))
