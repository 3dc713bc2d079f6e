"""Triples of a query as they are written: lists of predicates, blank nodes, lists, paths."""

from __future__ import annotations

from pyoxigraph import NamedNode

from glocal_kg._rdf.sparql.algebra import (
    Alternative,
    Inverse,
    Negated,
    Repeat,
    Sequence,
    TriplePattern,
    Var,
)
from glocal_kg._rdf.sparql.cursor import RDF, TYPE
from glocal_kg._rdf.sparql.expressions import Expressions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._rdf.sparql.algebra import Node, Path

_FIRST, _REST, _NIL = (NamedNode(RDF + name) for name in ("first", "rest", "nil"))


class TripleBlocks(Expressions):
    """Parse blocks of triples. Blank nodes become variables, as patterns use them (4.1.4)."""

    in_template = False
    block = blocks = 0  # the basic graph pattern we are in, and how many there were
    labels: dict[str, int]  # blank nodes of the text and the block they stand in

    def new_block(self) -> int:
        """The number of a new basic graph pattern."""
        self.blocks += 1
        return self.blocks

    def at_node(self) -> bool:
        """Whether triples can start here."""
        return (
            self.token.kind in ("variable", "node", "iri", "name")
            or self.at("(", "[")
            or self.at_literal()
        )

    def triples(self) -> list[TriplePattern]:
        """``subject predicate object ; ... .``, as many as there are."""
        found: list[TriplePattern] = []
        while self.at_node():
            lone = self.at("(", "[") and self.after().text not in ("]", ")")
            subject = self._subject(found)
            if not lone or self._at_verb():  # which may follow such a node, whatever else does
                self._properties(subject, found)
            if not self.take("."):
                break
        return found

    def _properties(self, subject: Node, found: list[TriplePattern]) -> None:
        while True:
            verb = self._verb()
            self._object(subject, verb, found)
            while self.take(","):
                self._object(subject, verb, found)
            if not self.at(";"):
                return
            while self.take(";"):
                pass
            if self.at(".", "}", "]") or self.token.kind == "end" or not self._at_verb():
                return

    def _object(self, subject: Node, verb: Var | Path, found: list[TriplePattern]) -> None:
        self._add(subject, verb, self._subject(found), found)

    def _add(self, s: Node, p: Var | Path, o: Node, found: list[TriplePattern]) -> None:
        """A pattern; ``a/b`` and ``^a`` at the top of a path are patterns themselves (18.2.2.4)."""
        while isinstance(p, Inverse):
            s, p, o = o, p.path, s
        if isinstance(p, Sequence):
            for part in p.parts[:-1]:
                between = Var(self.new_name("path"))
                self._add(s, part, between, found)
                s = between
            self._add(s, p.parts[-1], o, found)
        else:
            found.append(TriplePattern(s, p, o))

    def _subject(self, found: list[TriplePattern]) -> Node:
        token = self.token
        if token.kind == "variable":
            return Var(self.advance().text[1:])
        if token.kind == "node":
            self.advance()
            name = f"_:{token.text[2:]}"
            if not self.in_template and self.labels.setdefault(name, self.block) != self.block:
                raise self.error(
                    token,
                    f"the blank node {name} stands in two groups of triples.",
                    "Use a variable, which holds in both.",
                )
            return Var(name)
        if self.at_iri():
            return self.iri()
        if self.at_literal():
            return self.literal()
        if self.at("["):
            self.open("[")
            node = Var(self.new_name("node"))
            if not self.at("]"):
                self._properties(node, found)
            self.close("]")
            return node
        if self.at("("):
            return self._list_of_nodes(found)
        return self.fail("a variable, an IRI, a literal, '[' or '('")

    def _list_of_nodes(self, found: list[TriplePattern]) -> Node:
        self.open("(")
        if self.at(")"):
            self.close(")")
            return _NIL
        first = cell = Var(self.new_name("list"))
        while True:
            self._add(cell, _FIRST, self._subject(found), found)
            if self.at(")"):
                break
            following = Var(self.new_name("list"))
            self._add(cell, _REST, following, found)
            cell = following
        self._add(cell, _REST, _NIL, found)
        self.close(")")
        return first

    # Predicates and paths

    def _at_verb(self) -> bool:
        return self.token.kind in ("variable", "iri", "name") or self.at("a", "^", "!", "(")

    def _verb(self) -> Var | Path:
        if self.token.kind == "variable":
            return Var(self.variable())
        if not self._at_verb():
            self.fail("a predicate: a variable, an IRI, 'a' or a path")
        if self.in_template:
            return TYPE if self.take("a") else self.iri()
        if self.token.kind != "mark" and self.after().kind != "mark":  # no sign of a path
            return TYPE if self.take("a") else self.iri()
        return self._path()

    def _path(self) -> Path:
        parts = [self._path_sequence()]
        while self.take("|"):
            parts.append(self._path_sequence())
        return parts[0] if len(parts) == 1 else Alternative(tuple(parts))

    def _path_sequence(self) -> Path:
        parts = [self._path_step()]
        while self.take("/"):
            parts.append(self._path_step())
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _path_step(self) -> Path:
        inverse = self.take("^") is not None
        path: Path
        if self.at("("):
            self.open("(")
            path = self._path()
            self.close(")")
        elif self.take("!"):
            path = self._negated()
        elif self.take("a"):
            path = TYPE
        elif self.at_iri():
            path = self.iri()
        else:
            self.fail("an IRI, 'a', '!', '^' or '(' of a path")
        # The longest token is the one (19.8): ``ex:p +1`` has the number +1, no path.
        sign = None if self.at_literal() else self.take("*", "+", "?")
        if sign is not None:
            path = Repeat(path, 1 if sign == "+" else 0, sign != "?")
        return Inverse(path) if inverse else path

    def _negated(self) -> Path:
        forward: list[NamedNode] = []
        backward: list[NamedNode] = []
        if self.at("("):
            self.open("(")
            if not self.at(")"):
                self._negated_one(forward, backward)
                while self.take("|"):
                    self._negated_one(forward, backward)
            self.close(")")
        else:
            self._negated_one(forward, backward)
        return Negated(
            tuple(forward) if forward or not backward else None,
            tuple(backward) if backward else None,
        )

    def _negated_one(self, forward: list[NamedNode], backward: list[NamedNode]) -> None:
        side = backward if self.take("^") else forward
        side.append(TYPE if self.take("a") else self.iri())
