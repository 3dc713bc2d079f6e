"""A shapes graph held in dictionaries: small, ordered as read, with lists that cannot trap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from glocal_kg._engines.shacl.errors import ShapesError
from glocal_kg._engines.shacl.terms import RDF, SH, XSD, Term, short

_TRUE = Literal("true", datatype=NamedNode(XSD + "boolean"))
_NIL = NamedNode(RDF + "nil")


class ShapesGraph:
    """The triples of a shapes graph, found by subject and predicate or by predicate and object.

    Predicates are given as text, since they come from the vocabulary. Graph names are ignored:
    a shapes graph may be spread over several named graphs.
    """

    def __init__(self, quads: Iterable[Quad | Triple]) -> None:
        self._by_subject: dict[Term, dict[str, dict[Term, None]]] = {}
        self._by_predicate: dict[str, list[tuple[Term, Term]]] = {}
        for quad in quads:
            s, p, o = quad.subject, quad.predicate.value, quad.object
            if not (isinstance(s, NamedNode | BlankNode) and isinstance(o, Term)):
                continue  # triple terms have no place in SHACL
            objects = self._by_subject.setdefault(s, {}).setdefault(p, {})
            if o not in objects:
                objects[o] = None
                self._by_predicate.setdefault(p, []).append((s, o))

    def __iter__(self) -> Iterator[Triple]:
        for p, pairs in self._by_predicate.items():
            for s, o in pairs:
                yield Triple(s, NamedNode(p), o)  # type: ignore[arg-type]

    def __len__(self) -> int:
        return sum(len(pairs) for pairs in self._by_predicate.values())

    def objects(self, s: Term, p: str) -> list[Term]:
        """The objects of a subject and predicate, in the order read."""
        return list(self._by_subject.get(s, {}).get(p, ()))

    def subjects(self, p: str, o: Term) -> list[Term]:
        """The subjects of a predicate and object, in the order read."""
        return [s for s, other in self._by_predicate.get(p, ()) if other == o]

    def pairs(self, p: str) -> list[tuple[Term, Term]]:
        """Subject and object of every triple with this predicate, in the order read."""
        return list(self._by_predicate.get(p, ()))

    def predicates(self) -> list[str]:
        """Every predicate of the graph."""
        return list(self._by_predicate)

    def predicates_of(self, s: Term) -> list[str]:
        """The predicates of one subject."""
        return list(self._by_subject.get(s, ()))

    def one(self, s: Term, name: str) -> Term | None:
        """The value of a SHACL parameter that may be given at most once, or None.

        Raises ShapesError where there are several.
        """
        found = self.objects(s, SH + name)
        if len(found) > 1:
            raise ShapesError(
                f"{short(s)}: sh:{name} is given {len(found)} times "
                f"({', '.join(short(item) for item in found)}).",
                shape=str(s),
                remedy="Give it once in a shape.",
            )
        return found[0] if found else None

    def flag(self, s: Term, name: str) -> bool:
        """Whether a parameter is the literal ``true``; as in the W3C suite, ``1`` is not."""
        return self.one(s, name) == _TRUE

    def list_of(self, head: Term, owner: Term) -> list[Term]:
        """The members of an RDF list.

        Raises ShapesError, naming ``owner``, for a list that is broken or does not end.
        """
        members: list[Term] = []
        seen: set[Term] = set()
        while head != _NIL:
            firsts, rests = self.objects(head, RDF + "first"), self.objects(head, RDF + "rest")
            if head in seen or len(firsts) != 1 or len(rests) != 1:
                fault = "runs in a circle" if head in seen else "is broken"
                raise ShapesError(
                    f"{short(owner)}: the list {fault} at {short(head)}.",
                    shape=str(owner),
                    remedy="Each cell needs one rdf:first and one rdf:rest, the last rdf:nil.",
                )
            seen.add(head)
            members.append(firsts[0])
            head = rests[0]
        return members
