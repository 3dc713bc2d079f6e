"""Facts as people write them in Turtle, for a remedy."""

from __future__ import annotations

from pyoxigraph import BlankNode, NamedNode

from glocal_kg._engines.shacl.terms import Term, short
from glocal_kg._rdf.namespaces import RDF


def fact(
    subject: Term | None,
    p: NamedNode | None,
    value: Term | None,
    *,
    back: bool = False,
    text: str = "",
) -> str:
    """A fact in Turtle."""
    if subject is None or p is None or (value is None and not text):
        return ""
    s, o = short(subject), text or short(value)
    if isinstance(subject, BlankNode):
        s = "[]"
    verb = "a" if p == RDF.type else short(p)
    return f"{o} {verb} {s} ." if back else f"{s} {verb} {o} ."
