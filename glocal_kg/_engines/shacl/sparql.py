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
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store, Variable

from glocal_kg._engines.shacl.errors import ShapesError
from glocal_kg._engines.shacl.given import Given
from glocal_kg._engines.shacl.paths import Path, sparql
from glocal_kg._engines.shacl.query_words import words
from glocal_kg._engines.shacl.shape import Constraint, Found, Run, Shape, Values
from glocal_kg._engines.shacl.shapes_graph import ShapesGraph
from glocal_kg._engines.shacl.terms import OWL, SH, Term, plain, short
from glocal_kg._rdf.sparql.refused import refuse_monster, service_at
from glocal_kg.errors import QueryError

_FORBIDDEN = ("SERVICE", "FROM", "LOAD", "MINUS", "VALUES")
_PLACE = re.compile(r"\{[?$](\w+)\}")
_PREFIX = re.compile(r"[A-Za-z](?:[\w.-]*[\w-])?")
_PATH = re.compile(r"\$PATH\b")
_THIS, _ANY = Variable("this"), NamedNode("urn:any")


def check_query(query: str, where: str) -> None:
    """Raise ShapesError for what SHACL forbids in a query, all network access included."""
    used = words(query)
    found = [word for word in _FORBIDDEN if word in used]
    if service_at(query) is not None and "SERVICE" not in found:
        found.append("SERVICE")  # the store needs no space before it
    if found:
        raise ShapesError(
            f"{where}: the query uses {', '.join(found)}.",
            shape=where,
            remedy="SHACL allows none of SERVICE, FROM, MINUS and VALUES in such a query.",
        )
    try:
        refuse_monster(query)
    except QueryError as error:
        raise ShapesError(f"{where}: {error.message}", shape=where, remedy=error.remedy) from None


def check_prefixes(graph: ShapesGraph) -> None:
    """Raise ShapesError for a declared prefix that is more than a name and an IRI."""
    for owner, declaration in graph.pairs(SH + "declare"):
        _declared(graph, declaration, owner)


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
        terms, store = run.data.terms, run.store()
        rows: list[int] = []
        found: list[int] = []
        paths: list[int] = []
        texts: list[tuple[Literal, ...]] = []
        for row, number in enumerate(values.nodes.tolist()):
            solutions = store.query(self.query, substitutions={_THIS: terms[number]})
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
    if Given(graph, node).flag("deactivated"):
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
    if hard or "BIND" in used or select.value.upper().count("SELECT") > 1:
        what = hard[0] if hard else "BIND" if "BIND" in used else "a subquery"
        return f"the query of {short(shape)} uses {what}"
    text = select.value if path is None else _PATH.sub(lambda _: sparql(path), select.value)
    messages = tuple(m for m in graph.objects(node, SH + "message") if isinstance(m, Literal))
    query = _prefixes(graph, node, shape) + text
    try:
        Store().query(query, substitutions={_THIS: _ANY})
    except (SyntaxError, ValueError) as error:
        raise ShapesError(
            f"{short(shape)}: the query of the shape cannot be run: {error}",
            shape=str(shape),
            remedy="Correct it; it must return $this.",
        ) from error
    return Sparql(node, query, messages)


def _prefixes(graph: ShapesGraph, node: Term, shape: Term) -> str:
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
            lines[_declared(graph, declaration, shape)] = None
    return "".join(lines)


def _declared(graph: ShapesGraph, declaration: Term, shape: Term) -> str:
    prefix, base = graph.one(declaration, "prefix"), graph.one(declaration, "namespace")
    if not (isinstance(prefix, Literal) and _PREFIX.fullmatch(prefix.value)):
        raise _bad_declaration(shape, prefix, "no prefix")
    try:
        iri = NamedNode(base.value if isinstance(base, Literal) else "")
    except ValueError as error:
        raise _bad_declaration(shape, base, "no IRI") from error
    return f"PREFIX {prefix.value}: {iri}\n"


def _bad_declaration(shape: Term, term: Term | None, fault: str) -> ShapesError:
    return ShapesError(
        f"{short(shape)}: sh:declare has {short(term) or 'nothing'}, which is {fault}.",
        shape=str(shape),
        remedy="Give sh:prefix a short name and sh:namespace an IRI as a text.",
    )
