"""SHACL-SPARQL: a SELECT query as a constraint, asked once per focus node.

``$this`` is bound as a term, never pasted into the text. The embedded store binds it reliably
in plain group patterns, filters and EXISTS; queries with BIND or a subquery are left to the
reference engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from pyoxigraph import Literal, NamedNode, QuerySolutions, Variable

from glocal_kg.validation.errors import ShapesError
from glocal_kg.validation.paths import Path, sparql
from glocal_kg.validation.shape import Constraint, Found, Run, Shape, Values
from glocal_kg.validation.shapes_graph import ShapesGraph
from glocal_kg.validation.terms import OWL, SH, Term, plain, short

_SKIPPED = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\''
    r'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|<[^<>"{}|^`\\\s]*>|#[^\n]*'
)
_WORD = re.compile(r"[?$]?[A-Za-z_][\w-]*:?")
_FORBIDDEN = ("SERVICE", "FROM", "LOAD", "MINUS", "VALUES")
_PLACE = re.compile(r"\{[?$](\w+)\}")
_PATH = re.compile(r"\$PATH\b")


def words(query: str) -> list[str]:
    """The words of a query in capitals, outside of texts, IRIs and comments.

    >>> words("SELECT $this WHERE { $this ex:p 'SERVICE' } # FROM")
    ['SELECT', '$THIS', 'WHERE', '$THIS', 'EX:', 'P']
    """
    return [word.upper() for word in _WORD.findall(_SKIPPED.sub(" ", query))]


def check_query(query: str, where: str) -> None:
    """Raise ShapesError for what SHACL forbids in a query, all network access included."""
    used = [word for word in _FORBIDDEN if word in words(query)]
    if used:
        raise ShapesError(
            f"{where}: the query uses {', '.join(used)}.",
            shape=where,
            remedy="SHACL allows none of SERVICE, FROM, MINUS and VALUES in such a query.",
        )


@dataclass(frozen=True)
class Sparql(Constraint):
    """sh:sparql: each solution of a query about the focus node is a finding."""

    component: ClassVar[str] = "SPARQL"
    node: Term
    query: str
    messages: tuple[Literal, ...] = ()

    @property
    def expected(self) -> str:
        """What was expected."""
        return "no answer to the query of the shape"

    def problem(self, path: str, value: str) -> str:
        """What is wrong."""
        return f"The query of the shape {short(self.node)} has an answer."

    def remedy(self, path: str) -> str:
        """What to do."""
        return "See the message and the query of the shape."

    def find(self, run: Run, shape: Shape, values: Values) -> Iterator[Found]:
        """Ask the query of every focus node."""
        terms, store, this = run.data.terms, run.store(), Variable("this")
        rows: list[int] = []
        found: list[int] = []
        paths: list[int] = []
        texts: list[tuple[Literal, ...]] = []
        for row, number in enumerate(values.nodes.tolist()):
            solutions = store.query(self.query, substitutions={this: terms[number]})
            assert isinstance(solutions, QuerySolutions)
            names = [variable.value for variable in solutions.variables]
            for solution in solutions:
                bound = {name: solution[name] for name in names if solution[name] is not None}
                if "failure" in bound:
                    raise ShapesError(
                        f"{short(shape.node)}: the query of the shape reports a failure at "
                        f"{short(terms[number])}.",
                        shape=str(shape.node),
                    )
                bound["this"] = terms[number]
                value = bound.get("value", None if shape.path else terms[number])
                path = bound.get("path")
                rows.append(row)
                found.append(-1 if value is None else terms.add(value))
                paths.append(terms.add(path) if isinstance(path, NamedNode) else -1)
                texts.append(self._texts(shape, bound))
        if rows:
            at = np.array(rows, np.intp)
            yield Found(
                shape,
                self,
                at,
                values.nodes[at],
                np.array(found, np.int32),
                np.array(paths, np.int32),
                texts=texts,
            )

    def _texts(self, shape: Shape, bound: dict[str, Term]) -> tuple[Literal, ...]:
        own = bound.get("message")
        messages = self.messages or ((own,) if isinstance(own, Literal) else shape.messages)

        def fill(match: re.Match[str]) -> str:
            term = bound.get(match[1])
            return match[0] if term is None else plain(term)

        return tuple(
            Literal(_PLACE.sub(fill, m.value), language=m.language)
            if m.language
            else Literal(_PLACE.sub(fill, m.value))
            for m in messages
        )


def read_sparql(
    graph: ShapesGraph, node: Term, shape: Term, path: Path | None
) -> Sparql | str | None:
    """The constraint at a node; a reason where only the reference engine can run it.

    None for a constraint that is switched off. Raises ShapesError for a query that SHACL
    forbids or that cannot be read.
    """
    if graph.flag(node, "deactivated"):
        return None
    select = graph.one(node, "select")
    if not isinstance(select, Literal):
        raise ShapesError(
            f"{short(shape)}: sh:sparql has no sh:select.",
            shape=str(shape),
            remedy="Give a SELECT query that returns $this.",
        )
    check_query(select.value, short(shape))
    used = words(select.value)
    hard = [
        w for w in ("$SHAPESGRAPH", "?SHAPESGRAPH", "$CURRENTSHAPE", "?CURRENTSHAPE") if w in used
    ]
    if hard or "BIND" in used or used.count("SELECT") > 1:
        what = hard[0] if hard else "BIND" if "BIND" in used else "a subquery"
        return f"the query of {short(shape)} uses {what}"
    text = select.value if path is None else _PATH.sub(lambda _: sparql(path), select.value)
    messages = tuple(m for m in graph.objects(node, SH + "message") if isinstance(m, Literal))
    return Sparql(node, _prefixes(graph, node) + text, messages)


def _prefixes(graph: ShapesGraph, node: Term) -> str:
    lines: dict[str, None] = {}
    seen: set[Term] = set()
    queue = graph.objects(node, SH + "prefixes")
    while queue:
        owner = queue.pop()
        if owner in seen:
            continue
        seen.add(owner)
        queue += graph.objects(owner, OWL + "imports")
        for declaration in graph.objects(owner, SH + "declare"):
            prefix, base = graph.one(declaration, "prefix"), graph.one(declaration, "namespace")
            if isinstance(prefix, Literal) and isinstance(base, Literal):
                lines[f"PREFIX {prefix.value}: {NamedNode(base.value)}\n"] = None
    return "".join(lines)
