"""Queries of a shapes graph: read, and held to what SHACL allows in them.

Where ``$this`` and its like are pre-bound (SHACL, appendix A), MINUS and VALUES are forbidden,
nothing may be named ``AS $this``, and a subquery must return what is pre-bound. These rules are
for constraints and validators, not for targets, whose variables are free.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pyoxigraph import Literal, NamedNode

from glocal_kg._engines.shacl.node_places import fault, told
from glocal_kg._engines.shacl.paths import Path, sparql
from glocal_kg._engines.shacl.rdf_terms import OWL, SH, XSD, Term
from glocal_kg._engines.shacl.shapes_graph import ShapesGraph
from glocal_kg._rdf.frozen import Frozen
from glocal_kg._rdf.namespaces import prefixes
from glocal_kg._rdf.sparql import algebra
from glocal_kg._rdf.sparql.casts import CASTS
from glocal_kg._rdf.sparql.parser import parse
from glocal_kg._rdf.sparql.scope import visible
from glocal_kg._rdf.sparql.tokens import QueryText
from glocal_kg.errors import QueryError

_FREE = ("shapesGraph", "currentShape")
"""Pre-bound variables that a subquery need not return."""


@dataclass(frozen=True)
class Asked:
    """A query that can be asked.

    ``bare``: one of its subqueries returns what is pre-bound without a pattern for it.
    ``reads`` are the properties whose facts it reads, None for any. ``others`` are functions of
    the shapes graph that it calls, ``graphs`` the names of graphs that it looks into, ``assumed``
    prefixes that it uses without sh:prefixes, with what was taken for them.
    """

    query: algebra.Query
    bare: bool = False
    reads: frozenset[NamedNode] | None = None
    others: tuple[str, ...] = ()
    graphs: tuple[str, ...] = ()
    assumed: tuple[tuple[str, str], ...] = ()

    @property
    def names(self) -> list[str]:
        """The columns of its answer."""
        return [column.name for column in self.query.select.columns]


def read_query(
    graph: ShapesGraph,
    node: Term,
    form: str,
    *,
    owner: Term,
    prebound: Sequence[str] = (),
    path: Path | None = None,
) -> Asked:
    """The query that a node has as sh:select or sh:ask (``form``), with its prefixes.

    ``owner`` is the shape or component that errors name, ``path`` what stands for ``$PATH``.
    Raises ShapesError for a query that is none, or that SHACL forbids.
    """
    text = graph.one(node, form)
    if not isinstance(text, Literal) or text.datatype.value != XSD + "string":
        what = "is missing" if text is None else f"is {told(text)}"
        raise fault(graph, owner, f"sh:{form} {what}.", "Give a query of SPARQL as a text.")
    own = prefixes_of(graph, node, owner)
    assumed: dict[str, str] = {}
    try:
        written = text.value if path is None else _with_path(text.value, path)
        try:
            query = parse(written, own, any_function=True)
        except QueryError:
            assumed = _undeclared(written, own, {**prefixes(), **graph.prefixes})
            if not assumed:
                raise
            query = parse(written, {**own, **assumed}, any_function=True)
    except QueryError as error:
        raise fault(
            graph,
            owner,
            f"the query of sh:{form} cannot be read. {error.message}",
            f"{error.remedy} Prefixes are declared with sh:prefixes.",
        ) from None
    wanted = form.upper()
    if query.form != wanted:
        remedy = f"Write a query that begins with {wanted}."
        raise fault(graph, owner, f"sh:{form} has a query of the form {query.form}.", remedy)
    reason = _forbidden(query, prebound)
    if reason is not None:
        raise fault(graph, owner, *reason)
    return replace(_asked(graph, query, owner), assumed=tuple(assumed.items()))


def prefixes_of(graph: ShapesGraph, node: Term, owner: Term) -> dict[str, str]:
    """The prefixes that a node declares through sh:prefixes and owl:imports.

    Raises ShapesError for a declaration that is none, or two of one prefix that differ.
    """
    found: dict[str, str] = {}
    seen: set[Term] = set()
    queue = graph.objects(node, SH + "prefixes")
    while queue:
        ontology = queue.pop()
        if ontology in seen:
            continue
        seen.add(ontology)
        if isinstance(ontology, Literal):
            message = f"sh:prefixes is {told(ontology)}."
            raise fault(graph, owner, message, "Give the node that has sh:declare.")
        queue += graph.objects(ontology, OWL + "imports")
        for declaration in graph.objects(ontology, SH + "declare"):
            prefix, base = declared(graph, declaration, owner)
            if found.setdefault(prefix, base) != base:
                message = f"the prefix {prefix}: is declared for <{found[prefix]}> and <{base}>."
                raise fault(graph, owner, message, "Declare it once.")
    return found


def declared(graph: ShapesGraph, declaration: Term, owner: Term) -> tuple[str, str]:
    """Prefix and namespace of an sh:declare; ShapesError where they are none."""
    prefix, base = graph.one(declaration, "prefix"), graph.one(declaration, "namespace")
    remedy = "Give sh:prefix a short name and sh:namespace an IRI as a text."
    if not isinstance(prefix, Literal) or not _is_prefix(prefix.value):
        message = f"sh:declare has the prefix {told(prefix)}, which is no prefix."
        raise fault(graph, owner, message, remedy)
    try:
        return prefix.value, NamedNode(base.value if isinstance(base, Literal) else "").value
    except ValueError:
        message = f"sh:declare has the namespace {told(base)}, which is no IRI."
        raise fault(graph, owner, message, remedy) from None


def _is_prefix(text: str) -> bool:
    try:
        tokens = QueryText(f"{text}:").tokens()
    except QueryError:
        return False
    return len(tokens) == 2 and tokens[0].kind == "name" and tokens[0].text == f"{text}:"


def _undeclared(text: str, own: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """The known prefixes that a query uses and nothing declares."""
    tokens = QueryText(text).tokens()
    names = [token.text.partition(":")[0] for token in tokens if token.kind == "name"]
    return {name: known[name] for name in names if name not in own and name in known}


def _with_path(text: str, path: Path) -> str:
    """The text with a path in the place of ``$PATH``."""
    source = QueryText(text)
    pieces, done = [], 0
    for token in source.tokens():
        if token.kind == "variable" and token.text[1:] == "PATH":
            pieces += [source.text[done : token.start], f"({sparql(path)})"]
            done = token.end
    return "".join(pieces) + source.text[done:]


# What a query is made of


def everything(item: Any) -> Iterator[Any]:
    """A value of the algebra and every one inside it."""
    waiting = [item]
    while waiting:
        item = waiting.pop()
        if isinstance(item, tuple):
            waiting += item
        elif isinstance(item, Frozen):
            yield item
            waiting += item.contents()


def mapped(item: Any, change: Callable[[Any], Any]) -> Any:
    """The same with every value of the algebra changed, from the inside out."""
    if isinstance(item, tuple):
        return tuple(mapped(part, change) for part in item)
    if not isinstance(item, Frozen):
        return item
    return change(type(item)(*(mapped(part, change) for part in item.contents())))


def _forbidden(query: algebra.Query, prebound: Sequence[str]) -> tuple[str, str] | None:
    """What SHACL forbids in a query and what to do, or None."""
    if query.default is not None or query.named is not None:
        return "the query names its graphs with FROM.", "The facts that are validated are asked."
    if query.form == "SELECT" and "this" not in {column.name for column in query.select.columns}:
        return "the query does not return $this.", "Put $this after SELECT."
    if not prebound:
        return None
    for part in everything(query):
        if isinstance(part, algebra.Minus):
            return "the query uses MINUS.", "Write FILTER NOT EXISTS { ... } in its place."
        if isinstance(part, algebra.InlineData):
            return "the query uses VALUES.", "Write FILTER(?x IN (...)) in its place."
        named = isinstance(part, algebra.Bind) or (
            isinstance(part, algebra.Projected) and part.expression is not None
        )
        if named and part.name in prebound:
            message = f"the query gives ${part.name} another value with AS."
            return message, f"${part.name} is given by SHACL: take another name."
        if isinstance(part, algebra.Select) and part is not query.select:
            lost = _not_returned(part, prebound)
            if lost is not None:
                message = f"a subquery does not return ${lost}, which is given from outside."
                return message, f"Put ${lost} after its SELECT, and into GROUP BY where it has one."
    return None


def _not_returned(select: algebra.Select, prebound: Sequence[str]) -> str | None:
    """A pre-bound variable that a subquery hides: $this always, another where it is used."""
    returned = {column.name for column in select.columns}
    used = {part.name for part in everything(select) if isinstance(part, algebra.Var)}
    for name in prebound:
        needed = name in used and name not in _FREE
        if name not in returned and (needed or name in ("this", "value")):
            return name
    return None


def _asked(graph: ShapesGraph, query: algebra.Query, owner: Term) -> Asked:
    select = query.select
    inner = [
        part
        for part in everything(query.select)
        if isinstance(part, algebra.Select) and part is not select
    ]
    own = {term for term in graph.instances(SH + "SPARQLFunction") if isinstance(term, NamedNode)}
    called = {
        part.name
        for part in everything(query)
        if isinstance(part, algebra.Call) and ":" in part.name and part.name not in CASTS
    }
    unknown = sorted(called - {term.value for term in own})
    if unknown:
        message = f"the query calls <{unknown[0]}>, a function that is not known here."
        raise fault(graph, owner, message, "Use the functions of SPARQL 1.1.")
    return Asked(
        query,
        bare=any(_hides(part) for part in inner),
        reads=_reads(query),
        others=tuple(sorted(called)),
        graphs=tuple(
            str(part.name) if isinstance(part.name, NamedNode) else f"?{part.name.name}"
            for part in everything(query)
            if isinstance(part, algebra.NamedGraphPattern)
            and part.name != algebra.Var("shapesGraph")
        ),
    )


def _hides(select: algebra.Select) -> bool:
    seen = visible(select.where.steps)
    return any(column.expression is None and column.name not in seen for column in select.columns)


def asks_for_path(asked: Asked) -> bool:
    """Whether a query has a variable ``$PATH``, in whose place there was no path to put."""
    return algebra.Var("PATH") in everything(asked.query)


def named(asked: Asked) -> set[NamedNode]:
    """The properties that the patterns and paths of a query have by name."""
    patterns = (p for p in everything(asked.query) if isinstance(p, algebra.TriplePattern))
    return {name for pattern in patterns for name in _predicates(pattern.p)}


def _reads(query: algebra.Query) -> frozenset[NamedNode] | None:
    """The properties of all patterns and paths of a query; None where one can be any.

    A path of no step leads from every node of the facts to itself, so it reads any fact, unless
    it starts or ends at the focus node or a term.
    """
    found: set[NamedNode] = set()
    for part in everything(query):
        if not isinstance(part, algebra.TriplePattern):
            continue
        steps = list(everything((part.p,)))
        loose = all(isinstance(n, algebra.Var) and n.name != "this" for n in (part.s, part.o))
        stays = any(isinstance(step, algebra.Repeat) and not step.least for step in steps)
        any_step = any(isinstance(step, algebra.Var | algebra.Negated) for step in steps)
        if any_step or (stays and loose):
            return None
        found.update(_predicates(part.p))
    return frozenset(found)


def _predicates(path: algebra.Var | algebra.Path) -> Iterator[NamedNode]:
    waiting: list[Any] = [path]
    while waiting:
        match waiting.pop():
            case NamedNode() as iri:
                yield iri
            case algebra.Inverse(inner) | algebra.Repeat(inner, _, _):
                waiting.append(inner)
            case algebra.Sequence(parts) | algebra.Alternative(parts):
                waiting += parts
