"""Write facts about one subject as Turtle that people read and edit by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

WIDTH = 120
"""How long a line may be before its values go on lines of their own."""

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_FIRST = (
    _TYPE,
    "https://w3id.org/glocal/ontology#kind",
    "http://www.w3.org/2004/02/skos/core#notation",
    "https://schema.org/position",
)
_BESIDE = ("kind", "notation", "position")  # these stand in one line with the type
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")

Subject = NamedNode | BlankNode
Fact = tuple[NamedNode, NamedNode | BlankNode | Literal | Triple]


class TurtleLayout:
    """Writes nodes and statements with the prefixes of one file, and knows which it used.

    ``nested`` holds the facts of blank nodes that stand once as a value: they are written in
    place, in brackets.
    """

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.prefixes = dict(prefixes)
        self.used: set[str] = set()
        self.nested: dict[BlankNode, list[Fact]] = {}

    def name(self, node: NamedNode) -> str:
        """An IRI, short where a prefix fits."""
        best = ""
        for prefix, space in self.prefixes.items():
            if (
                node.value.startswith(space)
                and len(space) > len(self.prefixes.get(best, ""))
                and _LOCAL.fullmatch(node.value[len(space) :])
            ):
                best = prefix
        if best or ("" in self.prefixes and node.value.startswith(self.prefixes[""])):
            local = node.value[len(self.prefixes[best]) :]
            if _LOCAL.fullmatch(local):
                self.used.add(best)
                return f"{best}:{local}"
        return f"<{node.value}>"

    def term(self, term: object) -> str:
        """A value: an IRI, a literal as written, a blank node in place or by its name."""
        if isinstance(term, NamedNode):
            return self.name(term)
        if isinstance(term, BlankNode):
            return self._blank(term)
        if isinstance(term, Literal):
            return self._literal(term)
        return str(term)

    def statement(self, subject: Subject, facts: Iterable[Fact]) -> str:
        """All facts of a subject as one statement, in the order given, the type first."""
        head = self.name(subject) if isinstance(subject, NamedNode) else self._label(subject)
        lines = [self._values(predicate, values) for predicate, values in _grouped(facts)]
        start = f"{head} {lines[0].strip()}"
        whole = " ; ".join([start, *(line.strip() for line in lines[1:])]) + " ."
        if len(lines) < 4 and len(whole) <= WIDTH and "\n" not in whole:
            return whole
        while len(lines) > 1 and _is_short(lines[1]) and "\n" not in start:
            start += f" ; {lines.pop(1).strip()}"
        return start + "".join(f" ;\n{line}" for line in lines[1:]) + " ."

    def _values(self, predicate: NamedNode, values: list[object]) -> str:
        verb = "a" if predicate.value == _TYPE else self.name(predicate)
        written = [self.term(value) for value in values]
        line = f"    {verb} {' , '.join(written)}"
        if len(line) + 2 <= WIDTH and "\n" not in line:
            return line
        rest = written
        first = f"    {verb} {written[0]}"
        if len(first) + 2 <= WIDTH:
            return first + "".join(f" ,\n        {value}" for value in rest[1:])
        return f"    {verb}\n        " + " ,\n        ".join(rest)

    def _blank(self, node: BlankNode) -> str:
        facts = self.nested.get(node)
        if facts is None:
            return self._label(node)
        items = self._list(facts)
        if items is not None:
            return f"( {' '.join(items)} )" if items else "()"
        parts = [self._values(p, values).strip() for p, values in _grouped(facts)]
        return f"[ {' ; '.join(parts)} ]"

    def _list(self, facts: list[Fact]) -> list[str] | None:
        items: list[str] = []
        while True:
            here = {p.value: value for p, value in facts}
            if set(here) != {f"{_RDF}first", f"{_RDF}rest"}:
                return None
            items.append(self.term(here[f"{_RDF}first"]))
            rest = here[f"{_RDF}rest"]
            if isinstance(rest, BlankNode) and rest in self.nested:
                facts = self.nested[rest]
            elif isinstance(rest, NamedNode) and rest.value == f"{_RDF}nil":
                return items
            else:
                return None

    @staticmethod
    def _label(node: BlankNode) -> str:
        return f"_:{node.value}"

    def _literal(self, literal: Literal) -> str:
        text = literal.value.replace("\\", "\\\\").replace('"', '\\"')
        text = text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
        if literal.language:
            return f'"{text}"@{literal.language}'
        kind = literal.datatype.value
        if kind == f"{_XSD}integer" and re.fullmatch(r"[+-]?\d+", literal.value):
            return literal.value
        if kind == f"{_XSD}decimal" and re.fullmatch(r"[+-]?\d*\.\d+", literal.value):
            return literal.value
        if kind == f"{_XSD}boolean" and literal.value in ("true", "false"):
            return literal.value
        if kind == f"{_XSD}string":
            return f'"{text}"'
        return f'"{text}"^^{self.name(literal.datatype)}'


def _grouped(facts: Iterable[Fact]) -> list[tuple[NamedNode, list[object]]]:
    grouped: dict[NamedNode, list[object]] = {}
    for predicate, value in facts:
        values = grouped.setdefault(predicate, [])
        if value not in values:
            values.append(value)
    return sorted(grouped.items(), key=lambda pair: _rank(pair[0].value))


def _rank(predicate: str) -> int:
    """The type first, then what kind it is, its sign and its place in an order."""
    return _FIRST.index(predicate) if predicate in _FIRST else len(_FIRST)


def _is_short(line: str) -> bool:
    return line.strip().split(" ", 1)[0].rpartition(":")[2] in _BESIDE and len(line) < 60
