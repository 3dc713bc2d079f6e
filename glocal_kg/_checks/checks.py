"""Set-based checks: a SELECT query whose every row is a finding.

A check is one file with a header like that of a question::

    #+ summary: A practice ends after it begins
    #+ message: It ends in {?value}, before it begins in {?start}.
    #+ remedy: Correct one of the two dates after the source.
    #+ severity: violation
    #+ columns: {focus: iri, path: iri, value: literal, start: literal}
    #+ reads: [schema:startDate, schema:endDate]
    #+ having: schema:endDate
    SELECT ?focus ?path ?value ?start WHERE { ... } ORDER BY ?focus

``?focus`` is the node at fault, ``?path`` the property and ``?value`` the value where there is
one; ``{?name}`` in message and remedy stands for the value of a column. Without ``message`` the
summary speaks; ``message_it`` and ``message_fr`` say the same in other languages. Rules that
span many nodes belong here, rules about one node into shapes.

With ``reads`` the findings follow a change (see ``followed_checks``): the paths from ``?focus``
along which the query reads facts, as in SPARQL, where ``any`` as last step is a fact with any
property. ``whole`` names properties that the query reads everywhere. With ``at`` all other facts
that it reads have at one end a node with a value of that property.

The rest tells where it can find something (see ``narrowing``). A node can only have a finding if
it has a value of the properties ``having``, none of ``lacking``, two of ``several``; if one of the
properties ``looping`` leads from it to itself; if its IRI begins as one of ``under`` and as none of
``outside``; if a text that the query reads at it has one of the words ``saying``; if a fact about
it stands in a graph with a value of one of the properties ``within`` (looked at after an edit
alone); and if another node has the same value along each of the paths ``sharing``, the one with
the most different values first. Of nodes that are ``alike``, in the values of these properties and
for ``any`` in the properties they have, all have rows or none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from glocal_kg._engines.shacl.paths import Predicate
from glocal_kg._engines.shacl.rdf_terms import SH, Term, choose_text, plain, short
from glocal_kg._engines.shacl.report import SEVERITIES, Finding, Severity
from glocal_kg._rdf.labels import label_properties_of
from glocal_kg._rdf.sparql.header import read_header
from glocal_kg._rdf.sparql.solutions import solutions
from glocal_kg._rdf.sparql.tokens import QueryText
from glocal_kg._rdf.store.facts import Facts
from glocal_kg._rdf.store.pairs import Numbers
from glocal_kg.errors import QueryError

BASE = "https://w3id.org/glocal/id/check/"
_TEXTS = {"summary", "description", "message", "message_it", "message_fr", "remedy"}
_NARROWING = {
    "having", "lacking", "several", "looping", "within",
    "under", "outside", "saying", "sharing", "alike",
}  # fmt: skip
_LISTS = {"reads", "whole", "at", *_NARROWING}
_KEYS = _TEXTS | _LISTS | {"severity", "columns", "tags"}
_PLACE = re.compile(r"\{[?$](\w+)\}")
_OF_GRAPHS = re.compile(r"(?<![?$\w])GRAPH\s+[?$]focus\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Check:
    """One check, read and ready to run."""

    name: str
    query: str
    summary: str
    description: str = ""
    message: str = ""
    message_it: str = ""
    message_fr: str = ""
    remedy: str = ""
    severity: Severity = "violation"
    reads: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    having: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    several: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    saying: tuple[str, ...] = ()
    sharing: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    looping: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    of_graphs: bool = False  # the nodes it looks at are named graphs

    @property
    def iri(self) -> NamedNode:
        """The IRI by which reports name the check.

        >>> Check("dates", "SELECT ?focus {}", "Dates").iri.value
        'https://w3id.org/glocal/id/check/dates'
        """
        return NamedNode(BASE + self.name)


def read_check(text: str, name: str) -> Check:
    """A check from the text of its file.

    Raises QueryError, naming the check, where the header is broken, has an unknown key or
    severity, or where the query is not a SELECT of ?focus on the facts at hand.
    """
    keys = read_header(text, name)
    if not keys.get("summary"):
        raise QueryError(f"{name}: the header has no summary.", remedy="Add '#+ summary: ...'.")
    unknown = sorted(set(keys) - _KEYS)
    if unknown:
        raise QueryError(
            f"{name}: the header has the unknown key {', '.join(unknown)}.",
            remedy=f"The keys are {', '.join(sorted(_KEYS))}.",
        )
    severity = keys.get("severity", "violation")
    if severity not in SEVERITIES:
        raise QueryError(
            f"{name}: severity is {severity!r}.", remedy=f"Give one of {', '.join(SEVERITIES)}."
        )
    tokens = QueryText(text).tokens()
    used = {token.text for token in tokens if token.kind == "word"}
    named = {token.text[1:] for token in tokens if token.kind == "variable"}
    network = [word for word in ("SERVICE", "FROM") if word in used]
    if network or "SELECT" not in used or "focus" not in named:
        fault = f"uses {network[0]}" if network else "is no SELECT of ?focus"
        raise QueryError(
            f"{name}: the query {fault}.",
            remedy="A check selects ?focus (and ?path, ?value) from the facts at hand.",
        )
    texts = {key: str(keys.get(key, "")).strip() for key in _TEXTS}
    lists = {key: _list(keys.get(key)) for key in _LISTS}
    of_graphs = _OF_GRAPHS.search(text) is not None
    return Check(name, text, severity=severity, of_graphs=of_graphs, **texts, **lists)  # type: ignore[arg-type]  # texts and lists by field


def _list(value: object) -> tuple[str, ...]:
    some = value if isinstance(value, list) else [] if value is None else [value]
    return tuple(map(str, some))


def read_checks(paths: Iterable[Path]) -> list[Check]:
    """The checks of some files, in the order of their names."""
    ordered = sorted(paths, key=lambda path: path.name)
    return [read_check(path.read_text(encoding="utf-8"), path.stem) for path in ordered]


def run_checks(
    checks: Iterable[Check], facts: Facts, *, languages: Sequence[str] = ("en",)
) -> list[Finding]:
    """The findings of all checks, those of one check ordered by focus, path and value.

    Raises QueryError, naming the check, for a query that cannot be run.
    """
    return [
        finding
        for check in checks
        for finding in in_order(
            row.finding(_label(facts, row.focus, languages)) for row in ask(check, facts)
        )
    ]


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Each finding of one check once, ordered by what a reader sees."""
    return sorted(
        dict.fromkeys(findings),
        key=lambda v: (plain(v.focus), str(v.path), plain(v.value), v.message),
    )


def ask(check: Check, facts: Facts, nodes: Numbers | None = None) -> Iterator[CheckRow]:
    """The rows of a check on some facts, at all nodes or at those given by their numbers."""
    given = None if nodes is None else {"focus": nodes}
    try:
        rows = list(solutions(check.query, facts, nodes=given))
    except QueryError as error:
        raise QueryError(f"{check.name}: {error.message}", remedy=error.remedy) from error
    for values in rows:
        if "focus" not in values:
            raise QueryError(
                f"{check.name}: a row has no ?focus.", remedy="Bind ?focus in every branch."
            )
        yield CheckRow(check, values)


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One row of a check: the values of its columns that are bound."""

    check: Check
    values: Mapping[str, Term]

    @property
    def focus(self) -> Term:
        """The node at fault."""
        return self.values["focus"]

    def finding(self, label: str) -> Finding:
        """The row as a finding; ``label`` is the name of its node."""
        check, path = self.check, self.values.get("path")
        said = {"en": check.message, "it": check.message_it, "fr": check.message_fr}
        texts = {tag: _PLACE.sub(self._fill, text) for tag, text in said.items() if text}
        return Finding(
            focus=self.focus,
            constraint=SH + "SPARQLConstraintComponent",
            source_shape=check.iri,
            shape=f"check {check.name}",
            check=check.name,
            path=Predicate(path) if isinstance(path, NamedNode) else None,
            value=self.values.get("value"),
            message=texts.get("en") or _PLACE.sub(self._fill, check.summary),
            messages=tuple(Literal(text, language=tag) for tag, text in texts.items()),
            expected=check.summary,
            remedy=_PLACE.sub(self._fill, check.remedy),
            severity=check.severity,
            label=label,
        )

    def _fill(self, place: re.Match[str]) -> str:
        term = self.values.get(place[1])
        return place[0] if term is None else short(term) if place[1] == "path" else plain(term)


def _label(facts: Facts, node: Term, languages: Sequence[str]) -> str:
    if isinstance(node, Literal):
        return ""
    texts = [
        quad.object
        for p in label_properties_of(facts)
        for quad in facts.quads_for_pattern(node, p)
        if isinstance(quad.object, Literal)
    ]
    chosen = choose_text(sorted(texts, key=str), languages)
    return chosen.value if chosen else ""
