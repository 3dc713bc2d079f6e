"""A slip as a finding: what no shape sees, told as a check would."""

from __future__ import annotations

from pyoxigraph import NamedNode

from glocal_kg._engines.shacl.paths import Predicate
from glocal_kg._engines.shacl.rdf_terms import SH
from glocal_kg._engines.shacl.report import Finding, Severity
from glocal_kg._rdf.store.term_text import Term

_CHECKS = "https://w3id.org/glocal/id/check/"


def slip(
    name: str,
    fact: tuple[Term, NamedNode, Term | None],
    cause: str,
    remedy: str,
    *,
    severity: Severity = "violation",
    value: NamedNode | None = None,
    expected: str = "",
) -> Finding:
    """A finding of a check that has no file, about a fact or, with ``value``, a part of it."""
    s, p, o = fact
    return Finding(
        focus=s,
        constraint=SH + "SPARQLConstraintComponent",
        source_shape=NamedNode(f"{_CHECKS}{name}"),
        shape=f"check {name}",
        check=name,
        path=Predicate(p),
        value=value or o,
        message=cause,
        expected=expected,
        cause=cause,
        remedy=remedy,
        severity=severity,
    )
