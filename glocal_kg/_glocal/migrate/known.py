"""What a file in first-edition names says of its things, as far as rewriting needs it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from glocal_kg._rdf.namespaces import RDF
from glocal_kg._study.migration import MigrationRule, address, iri, is_old, rules
from glocal_kg._study.vocab import RESOURCE

Node = NamedNode | BlankNode

ANY = "*"
_CLAIM = f"{RESOURCE}claim/"


class Known:
    """The classes of things, which of them are claims, and which stand on a map.

    ``facts`` are all facts in old names that can be known: of the file, and of others beside it.
    """

    def __init__(self, facts: Iterable[Quad]) -> None:
        self.classes: dict[Node, set[str]] = defaultdict(set)
        self.values: dict[tuple[Node, str], list[Node | Literal]] = defaultdict(list)
        kept = {iri(f"glocal:{name}") for name in _LOOKED_AT}
        for quad in facts:
            subject, predicate, value = quad.subject, quad.predicate.value, quad.object
            if not isinstance(subject, Node):
                continue
            if predicate == RDF.type.value and isinstance(value, NamedNode):
                self.classes[subject].add(value.value)
            elif predicate in kept and isinstance(value, Node | Literal):
                self.values[subject, predicate].append(value)

    def of(self, subject: Node, name: str) -> list[Node | Literal]:
        """The values of an old property of a thing."""
        return self.values.get((subject, iri(f"glocal:{name}")), [])

    def is_claim(self, node: object) -> bool:
        """True for a claim of the first edition."""
        if isinstance(node, NamedNode) and node.value.startswith(_CLAIM):
            return True
        classes = self.classes.get(node, set()) if isinstance(node, Node) else set()
        return any(row.rule in ("claim", "reading") for c in classes for row in rules().get(c, ()))

    def rule(self, predicate: str, subject: object, value: object) -> MigrationRule | None:
        """The row of the table that holds for a fact, if any."""
        for row in rules().get(predicate, ()):
            if self._holds(row, subject, value):
                return row
        return None

    def _holds(self, row: MigrationRule, subject: object, value: object) -> bool:
        if row.when == ("claim",):
            return self.is_claim(subject)
        if row.when == ("placed",):
            return isinstance(subject, Node) and bool(self.of(subject, "elementOf"))
        nodes = (subject, value)
        return all(
            test == ANY or (isinstance(node, Node) and test in self.classes.get(node, ()))
            for test, node in zip(row.when, nodes, strict=False)
        )

    def turned(self, claim: Node) -> bool:
        """True where the relation of a claim is one that is read the other way round now."""
        return any(self.relation(claim, predicate)[1] for predicate in self._relations(claim))

    def relation(self, claim: Node, predicate: NamedNode) -> tuple[NamedNode, bool]:
        """The property a claim's predicate is now, and whether its ends change places."""
        subject = next(iter(self.of(claim, "claimSubject")), None)
        value = next(iter(self.of(claim, "claimObject")), None)
        name, swapped = predicate.value, False
        while row := self.rule(name, subject, value):
            if row.rule == "turn":
                name, swapped = row.new, not swapped
                continue
            if row.rule in ("placed", "listed"):
                name = iri("glocal:partOf")
            elif row.rule == "name" or not is_old(name):
                name = row.new or name
            break
        return NamedNode(name), swapped

    def _relations(self, claim: Node) -> list[NamedNode]:
        return [p for p in self.of(claim, "claimPredicate") if isinstance(p, NamedNode)]


_LOOKED_AT = (
    *("claimSubject", "claimPredicate", "claimObject", "denies"),
    *("elementOf", "componentOf", "partOf", "position", "statedIn"),
)


def proposition(claim: Node) -> Node:
    """The proposition that a claim becomes beside its assertion.

    >>> proposition(NamedNode("https://example.org/c1"))
    <NamedNode value=https://example.org/c1-proposition>
    """
    if isinstance(claim, BlankNode):
        return BlankNode(f"{claim.value}p")
    if claim.value.startswith(_CLAIM):
        return NamedNode(f"{RESOURCE}proposition/{claim.value[len(_CLAIM) :]}")
    return NamedNode(f"{claim.value}-proposition")


def assertion(claim: Node) -> Node:
    """The assertion that a claim becomes."""
    return address(claim) if isinstance(claim, NamedNode) else claim
