"""What a node of the shapes graph gives for a parameter, in the form that SHACL asks for.

A value of another form is refused with the place where it stands: a shape that says
``sh:closed "true"`` would otherwise pass everything.
"""

from __future__ import annotations

from collections.abc import Callable

from pyoxigraph import Literal, NamedNode

from glocal_kg._engines.shacl.literals import is_legal
from glocal_kg._engines.shacl.node_places import fault, told
from glocal_kg._engines.shacl.rdf_terms import SH, XSD, Term, is_text
from glocal_kg._engines.shacl.shapes_graph import ShapesGraph
from glocal_kg.errors import ShapesError

_INTEGERS = ("integer", "nonNegativeInteger", "positiveInteger", "int", "long", "short", "byte")
_DIGITS = 18  # more would be a number beyond any count


class NodeParameters:
    """The parameters of one node, by their names in the namespace of SHACL.

    ``note`` is told of values that have no effect, though SHACL allows them.
    """

    def __init__(
        self, graph: ShapesGraph, node: Term, note: Callable[[Term, str], None] | None = None
    ) -> None:
        self.graph = graph
        self.node = node
        self._note = note
        self._given = set(graph.predicates_of(node))  # few of the many that are asked for

    def all(self, name: str) -> list[Term]:
        """Every value of a parameter."""
        return self.graph.objects(self.node, SH + name) if SH + name in self._given else []

    def one(self, name: str) -> Term | None:
        """The value of a parameter that may be given at most once, or None."""
        return self.graph.one(self.node, name) if SH + name in self._given else None

    def iris(self, name: str, once: bool = False) -> list[NamedNode]:
        """Values that have to be IRIs."""
        if once:
            self.one(name)
        found = []
        for term in self.all(name):
            if not isinstance(term, NamedNode):
                raise self.wrong(name, term, "an IRI")
            found.append(term)
        return found

    def literal(self, name: str) -> Literal | None:
        """A value that has to be a literal."""
        term = self.one(name)
        if term is None or isinstance(term, Literal):
            return term
        raise self.wrong(name, term, "a literal")

    def text(self, name: str) -> str | None:
        """A value that has to be a text without a language."""
        term = self.one(name)
        if term is None:
            return None
        if isinstance(term, Literal) and term.datatype.value == XSD + "string":
            return term.value
        raise self.wrong(name, term, "a text without a language or another datatype")

    def flag(self, name: str) -> bool:
        """Whether a boolean is ``true``; as in the suite of the W3C, ``1`` is not."""
        term = self.one(name)
        if term is None:
            return False
        kind = term.datatype.value if isinstance(term, Literal) else ""
        if kind != XSD + "boolean" or not is_legal(term.value, kind):
            raise self.wrong(name, term, "true or false, without quotation marks")
        if term.value == "1" and self._note is not None:
            self._note(self.node, f"sh:{name} is {told(term)}, which has no effect; write true")
        return term.value == "true"

    def integer(self, name: str) -> int | None:
        """A value that has to be a whole number."""
        term = self.one(name)
        if term is None:
            return None
        kind = term.datatype.value.removeprefix(XSD) if isinstance(term, Literal) else ""
        if kind not in _INTEGERS or not is_legal(term.value, XSD + "integer"):
            raise self.wrong(name, term, "a whole number")
        digits = term.value.lstrip("+-").lstrip("0")
        if len(digits) > _DIGITS:
            raise fault(
                self.graph,
                self.node,
                f"sh:{name} is a number of {len(digits):,} digits.",
                f"Nothing has so many values or letters. Give at most {_DIGITS} digits.",
            )
        return int(term.value)

    def messages(self, of: Term | None = None) -> tuple[Literal, ...]:
        """The texts of sh:message at the node, or at another."""
        found = []
        node = self.node if of is None else of
        for term in self.graph.objects(node, SH + "message"):
            if not is_text(term):
                raise self.wrong("message", term, "a text")
            found.append(term)
        return tuple(found)

    def members(self, name: str) -> list[Term] | None:
        """The members of a list that is given once, or None."""
        head = self.one(name)
        return None if head is None else self.graph.list_of(head, self.node)

    def wrong(self, name: str, term: Term, wanted: str) -> ShapesError:
        """The error of a value that has another form."""
        return fault(self.graph, self.node, f"sh:{name} is {told(term)}.", f"Give {wanted}.")
