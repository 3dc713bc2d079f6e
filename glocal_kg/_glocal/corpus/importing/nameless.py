"""Things that no row gives a name, so that lists and pictures show their addresses."""

from __future__ import annotations

from glocal_kg._glocal.corpus.importing.single_values import local
from glocal_kg._study.vocab import BASE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._glocal.corpus.findings import Findings
    from glocal_kg._glocal.corpus.importing.elsewhere import Elsewhere
    from glocal_kg._glocal.corpus.importing.record import Entity

_NAMED = {
    f"{BASE}ontology#{kind}"
    for kind in ("City", "Place", "Practice", "Network", "Government")  # all have a label each
}
_LABELS = {"label", "prefLabel", "name", "title"}


def tell_nameless(
    entities: list[Entity], file: str, findings: Findings, others: Elsewhere | None
) -> None:
    """Tell once for each kind of thing how many have no name, here or in another graph."""
    found: dict[str, list[Entity]] = {}
    for entity in entities:
        if entity.thing.kind not in _NAMED or entity.first.aside or entity.thing.reference:
            continue
        if any(local(given.iri) in _LABELS for given, _ in entity.values):
            continue
        if others is None or not others.names(entity.iri):
            found.setdefault(entity.thing.pool, []).append(entity)
    for pool, nameless in found.items():
        first = nameless[0].first
        many = "This one has" if len(nameless) == 1 else f"{len(nameless)} of {pool} have"
        findings.add(
            file, first.sheet.name, first.place(first.first), "without-name",
            value=nameless[0].told,
            suggestion=f"{many} none: give {pool} a column with rdfs:label in the mapping.",
            row=first.row, column=first.first,
        )  # fmt: skip
