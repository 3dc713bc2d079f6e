"""Turn facts in first-edition names into the same facts in those of the second."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from glocal_kg._glocal.migrate.known import Known, Node, assertion, proposition
from glocal_kg._glocal.migrate.turtle_layout import Fact
from glocal_kg._rdf.namespaces import DCTERMS, RDF, RDFS, SCHEMA
from glocal_kg._study.migration import MigrationRule, address, iri, rules
from glocal_kg._study.vocab import GLOCAL, RESOURCE

Facts = dict[Node, list[Fact]]


class Rewriter:
    """Rewrites statement after statement of one file.

    ``editor`` is who made the interpretations and ``since`` when, which the first edition did not
    say. ``dropped``
    counts by old name the facts that follow from others now and are written no more.
    """

    def __init__(
        self, known: Known, editor: NamedNode | None = None, since: Literal | None = None
    ) -> None:
        self.known = known
        self.editor = editor
        self.since = since
        self.dropped: dict[str, int] = {}
        self.changed = 0
        self._out: Facts = {}
        self._lists: set[Node] = set()

    def statement(self, facts: Iterable[Triple]) -> Facts:
        """The facts of one statement in new names, by subject, in their order."""
        self._out = {}
        for fact in facts:
            if isinstance(fact.subject, Triple):
                raise TypeError("a triple as a subject has no old names")
            before = (fact.subject, fact.predicate, fact.object)
            if self._fact(*before) != before:
                self.changed += 1
        return self._out

    def _fact(
        self, subject: Node, predicate: NamedNode, value: object
    ) -> tuple[object, object, object]:
        if predicate == RDF.type and isinstance(value, NamedNode):
            return self._type(subject, value)
        row = self.known.rule(predicate.value, subject, value)
        if row is None:
            return self._emit(self._subject(subject), predicate, self._value(value))
        if row.rule == "turn" and isinstance(value, NamedNode | BlankNode):
            self._fact(value, NamedNode(row.new), subject)
            return (row, value, subject)
        if row.rule == "name":
            return self._emit(self._subject(subject), NamedNode(row.new), self._value(value))
        return self._special(row, subject, value)

    def _special(
        self, row: MigrationRule, subject: Node, value: object
    ) -> tuple[object, object, object]:
        new = NamedNode(row.new) if row.new else RDFS.seeAlso
        if row.rule == "drop":
            self.dropped[row.old] = self.dropped.get(row.old, 0) + 1
        elif row.rule == "proposition":
            if row.new in _ENDS and self.known.turned(subject):
                new = _ENDS[row.new]
            return self._emit(proposition(subject), self._of(new, subject), self._value(value))
        elif row.rule == "relation" and isinstance(value, NamedNode):
            now, _ = self.known.relation(subject, value)
            self._emit(proposition(subject), new, now)
        elif row.rule == "denial":
            self._emit(proposition(subject), self._of(new, subject), self._value(value))
        elif row.rule == "listed" and isinstance(value, NamedNode | BlankNode):
            self._listed(subject, value)
        elif row.rule == "placed" and row.when == () and isinstance(value, NamedNode | BlankNode):
            self._placed(subject, value)
        return (row, subject, value)

    def _of(self, new: NamedNode, claim: Node) -> NamedNode:
        """What a claim in words is about is its subject: each proposition is of something."""
        in_words = new == GLOCAL.about and not self.known.of(claim, "claimSubject")
        return GLOCAL.subject if in_words else new

    def _type(self, subject: Node, old: NamedNode) -> tuple[object, object, object]:
        row = next(iter(rules().get(old.value, ())), None)
        if row is None:
            return self._emit(self._subject(subject), RDF.type, old)
        if row.rule in ("claim", "reading"):
            said = proposition(subject)
            self._emit(said, RDF.type, GLOCAL.Proposition)
            held = GLOCAL.denies if self.known.of(subject, "denies") else GLOCAL.asserts
            self._emit(assertion(subject), RDF.type, NamedNode(row.new))
            self._emit(assertion(subject), held, said)
            if row.rule == "reading" and self.editor is not None:
                self._emit(assertion(subject), GLOCAL.by, self.editor)
            if row.rule == "reading" and self.since is not None:
                self._emit(assertion(subject), DCTERMS.date, self.since)
            return (row, subject, old)
        if row.new:
            self._emit(self._subject(subject), RDF.type, NamedNode(row.new))
        if row.rule == "class" and row.value:
            self._emit(self._subject(subject), GLOCAL.kind, NamedNode(iri(row.value)))
        return (row, subject, old)

    def _listed(self, item: Node, whole: Node) -> None:
        """An item of a study or an organization becomes a part of a list, the list of these."""
        for old in sorted(self.known.classes.get(item, ())) or [iri("glocal:Item")]:
            for row in rules().get(old, ()):
                if row.rule == "item":
                    slug, english, italian, french = row.value.split("|")
                    of = _listing(whole, slug)
                    self._emit(self._subject(item), GLOCAL.partOf, of)
                    if of not in self._lists:
                        self._lists.add(of)
                        self._emit(of, RDF.type, GLOCAL.List)
                        labels = zip(("en", "it", "fr"), (english, italian, french), strict=True)
                        for tag, label in labels:
                            self._emit(of, RDFS.label, Literal(label, language=tag))
                        self._emit(of, GLOCAL.partOf, self._value(whole))

    def _placed(self, element: Node, component: Node) -> None:
        """An element of a component becomes a placement of it, on the map of the component."""
        maps = self.known.of(component, "componentOf") or self.known.of(component, "partOf")
        whole = next(iter(maps), None)
        place = _placement(element, whole if isinstance(whole, NamedNode) else component)
        self._emit(place, RDF.type, GLOCAL.Placement)
        self._emit(place, GLOCAL.element, self._value(element))
        if isinstance(whole, NamedNode | BlankNode):
            self._emit(place, GLOCAL.onMap, self._value(whole))
        self._emit(place, GLOCAL.partOf, self._value(component))
        for position in self.known.of(element, "position")[:1]:
            self._emit(place, SCHEMA.position, position)
        for passage in self.known.of(component, "statedIn"):
            self._emit(place, GLOCAL.statedIn, self._value(passage))

    def _subject(self, node: Node) -> Node:
        if self.known.is_claim(node):
            return assertion(node)
        return address(node) if isinstance(node, NamedNode) else node

    def _value(self, value: object) -> object:
        if isinstance(value, NamedNode | BlankNode) and self.known.is_claim(value):
            return proposition(value)
        return address(value) if isinstance(value, NamedNode) else value

    def _emit(
        self, subject: Node, predicate: NamedNode, value: object
    ) -> tuple[object, object, object]:
        self._out.setdefault(subject, []).append((predicate, value))  # type: ignore[arg-type]  # terms, as they were parsed
        return (subject, predicate, value)


_ENDS = {
    GLOCAL.subject.value: GLOCAL.value,
    GLOCAL.value.value: GLOCAL.subject,
}


def _last(node: Node) -> str:
    return node.value.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]


def _listing(whole: Node, slug: str) -> NamedNode:
    if isinstance(whole, NamedNode) and not whole.value.startswith(RESOURCE):
        return NamedNode(f"{whole.value}-{slug}")
    return NamedNode(f"{RESOURCE}list/{_last(whole)}-{slug}")


def _placement(element: Node, whole: NamedNode | BlankNode) -> NamedNode:
    """One address for an element on a map; beside the map where that is not one of ours."""
    name = element.value.removeprefix(RESOURCE).replace("/", "-")
    name = name if "#" not in name and ":" not in name else _last(element)
    if isinstance(whole, NamedNode) and not whole.value.startswith(RESOURCE):
        return NamedNode(f"{whole.value}-{name}")
    return NamedNode(f"{RESOURCE}placement/{_last(whole)}-{name}")
