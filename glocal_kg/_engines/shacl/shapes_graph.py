"""A shapes graph held in dictionaries: small, ordered as read, with lists that cannot trap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import BlankNode, NamedNode, Quad, Triple

from glocal_kg._engines.shacl.node_places import fault, told
from glocal_kg._engines.shacl.rdf_terms import RDF, RDFS, SH, Term, short
from glocal_kg._rdf.counted import counted

_NIL = NamedNode(RDF + "nil")


class ShapesGraph:
    """The triples of a shapes graph, found by subject and predicate or by predicate and object.

    Predicates are given as text, since they come from the vocabulary. Graph names are ignored:
    a shapes graph may be spread over several named graphs.
    """

    def __init__(
        self, quads: Iterable[Quad | Triple], prefixes: Mapping[str, str] | None = None
    ) -> None:
        """``prefixes`` are those of the file, for queries that declare none of their own."""
        self.prefixes = prefixes or {}
        self._by_subject: dict[Term, dict[str, dict[Term, None]]] = {}
        self._by_predicate: dict[str, list[tuple[Term, Term]]] = {}
        self._by_object: dict[Term, list[tuple[Term, str]]] = {}
        self.heads: dict[Term, tuple[Term, int]] = {}
        """Cells of lists with the first cell of each and their place, as far as looked for."""
        for quad in quads:
            s, p, o = quad.subject, quad.predicate.value, quad.object
            if not (isinstance(s, NamedNode | BlankNode) and isinstance(o, Term)):
                continue  # triple terms have no place in SHACL
            objects = self._by_subject.setdefault(s, {}).setdefault(p, {})
            if o not in objects:
                objects[o] = None
                self._by_predicate.setdefault(p, []).append((s, o))
                self._by_object.setdefault(o, []).append((s, p))

    def __iter__(self) -> Iterator[Triple]:
        for p, pairs in self._by_predicate.items():
            for s, o in pairs:
                yield Triple(s, NamedNode(p), o)  # type: ignore[arg-type]  # terms, as they came

    def __len__(self) -> int:
        return sum(len(pairs) for pairs in self._by_predicate.values())

    def objects(self, s: Term, p: str) -> list[Term]:
        """The objects of a subject and predicate, in the order read."""
        return list(self._by_subject.get(s, {}).get(p, ()))

    def subjects(self, p: str, o: Term) -> list[Term]:
        """The subjects of a predicate and object, in the order read."""
        return [s for s, predicate in self._by_object.get(o, ()) if predicate == p]

    def referrers(self, o: Term) -> list[tuple[Term, str]]:
        """Subject and predicate of every triple with this object, in the order read."""
        return self._by_object.get(o, [])

    def instances(self, *classes: str) -> list[Term]:
        """The SHACL instances of some classes: typed by them or by a class below them."""
        kinds = dict.fromkeys(NamedNode(cls) for cls in classes)
        queue: list[Term] = list(kinds)
        while queue:
            for sub in self.subjects(RDFS + "subClassOf", queue.pop()):
                if sub not in kinds:
                    kinds[sub] = None  # type: ignore[index]  # classes are nodes
                    queue.append(sub)
        return list(dict.fromkeys(s for k in kinds for s in self.subjects(RDF + "type", k)))

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
            some = ", ".join(told(o) for o in found[:5] if not isinstance(o, BlankNode))
            shown = f" ({some})" if some else ""
            raise fault(
                self,
                s,
                f"sh:{name} is given {len(found)} times{shown}.",
                "Give it once in a shape.",
            )
        return found[0] if found else None

    def list_of(self, head: Term, owner: Term) -> list[Term]:
        """The members of an RDF list.

        Raises ShapesError, naming ``owner``, for a list that is broken or does not end.
        """
        members: list[Term] = []
        seen: set[Term] = set()
        start = head
        while head != _NIL:
            firsts, rests = self.objects(head, RDF + "first"), self.objects(head, RDF + "rest")
            if head in seen or len(firsts) != 1 or len(rests) != 1:
                how = "runs in a circle" if head in seen else "is broken"
                message = f"a list {how} after {counted(len(members), 'member')}."
                remedy = "Each cell needs one rdf:first and one rdf:rest, the last rdf:nil."
                ways = [p for p in self.predicates_of(owner) if start in self.objects(owner, p)]
                if ways and not (members or firsts or rests):
                    message = f"{short(NamedNode(ways[0]))} is {told(start)}, which is no list."
                    remedy = "Write the members in round brackets: ( ... )."
                raise fault(self, owner, message, remedy)
            seen.add(head)
            members.append(firsts[0])
            head = rests[0]
        return members
