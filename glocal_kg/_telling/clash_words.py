"""Contradictions as sentences: what is said, "but", and the axiom it goes against."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from glocal_kg._engines.rl.rules import PREFIXES, RULES
from glocal_kg._rdf.store.term_text import Term
from glocal_kg._telling.english import listing
from glocal_kg._telling.phrasing import CELLS, DEFINES, Phrasing
from glocal_kg._telling.term_names import code

_AXIOMS = {(p, o) for rule in RULES for _, p, o in rule.given if p == "rdf:type"}
_PREDICATES = {p for rule in RULES for _, p, _ in rule.given if p != "rdf:type"}
_LISTS = {
    "owl:members", "owl:distinctMembers", "owl:sourceIndividual", "owl:assertionProperty",
    "owl:targetIndividual", "owl:targetValue",
}  # fmt: skip
_BUT = {
    "cls-nothing2": "the empty class has no members",
    "eq-diff2": "they are said to be different",
    "eq-diff3": "they are said to be different",
    "prp-npa1": "it is said that this does not hold",
    "prp-npa2": "it is said that this does not hold",
}
_PAIRS = {"cax-adc": (2, "disjointWith"), "prp-adp": (1, "propertyDisjointWith")}
"""Rules on lists: which part of the facts is in the list, and the axiom on two of its members."""


def tell(rule: str, facts: list[tuple[Term, Term, Term]], phrasing: Phrasing) -> str:
    """A contradiction as a sentence, without its full stop.

    ``rule`` and ``facts`` are those of a ``Clash``, the facts as terms.

    >>> x, kind, a, b = (NamedNode(f"urn:of/{name}") for name in ("x", "kind", "a", "b"))
    >>> different = NamedNode(PREFIXES["owl"] + "propertyDisjointWith")
    >>> tell("prp-pdw", [(a, different, b), (x, a, x), (x, b, x)], Phrasing())
    'x has a x and x has b x, but never both: A has a B, and A has b B'
    """
    said = [fact for fact in facts if not _is_axiom(fact)]
    told = [phrasing.fact(*fact) for fact in said if code(fact[1]) != "owl:differentFrom"]
    against = [phrasing.fact(*fact) for fact in facts if _speaks(fact, phrasing)]
    if rule in _BUT:
        against.append(_BUT[rule])
    elif rule in _PAIRS:
        part, axiom = _PAIRS[rule]
        one, other = said[0][part], said[-1][part]
        against.append(phrasing.fact(one, NamedNode(PREFIXES["owl"] + axiom), other))
    elif rule == "dt-not-type" and not against:
        value = facts[-1][2]  # which may stand in a list, that is, in an axiom
        kind = phrasing.noun(value.datatype) if isinstance(value, Literal) else "literal"
        against.append(f"{phrasing.name(value)} is not a valid {kind}")
    sides = [list(dict.fromkeys(side)) for side in (told, against)]
    return ", but ".join(listing(side) for side in sides if side)


def _is_axiom(fact: tuple[Term, Term, Term]) -> bool:
    p = code(fact[1])
    return p in _PREDICATES or p in CELLS or p in _LISTS or (p, code(fact[2])) in _AXIOMS


def _speaks(fact: tuple[Term, Term, Term], phrasing: Phrasing) -> bool:
    """Whether a fact says something that goes against the others, alone."""
    s, p, o = fact
    if code(p) in DEFINES:
        return phrasing.definition(s) is not None
    if code(p) == "owl:differentFrom":
        return True
    unsaid = code(p) in CELLS or code(p) in _LISTS or code(o).startswith("owl:All")
    return _is_axiom(fact) and not unsaid and code(o) != "owl:NegativePropertyAssertion"
