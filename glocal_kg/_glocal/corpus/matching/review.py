"""The review table: what a person has to decide, and the decisions read in again."""

from __future__ import annotations

from typing import NamedTuple

from glocal_kg._glocal.corpus.matching.matcher import Match
from glocal_kg._glocal.corpus.tables.number_formats import digits
from glocal_kg._rdf.arguments import PAIRS, PATH, a, every, takes
from glocal_kg._rdf.writing.csv_text import csv_text
from glocal_kg.errors import ReadError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from os import PathLike

    from glocal_kg._glocal.corpus.matching.candidate import Wanted

NONE = "none"
COLUMNS = (
    "decision",
    "name",
    "country",
    "latitude",
    "longitude",
    "population",
    "verdict",
    "why",
    "score",
    "candidate",
    "candidate name",
    "candidate country",
    "reasons",
    "key",
)


class Twin(NamedTuple):
    """A thing of another graph that a place may be: its IRI and name, and why."""

    wanted: Wanted
    key: str
    iri: str
    name: str
    why: str


_MATCHES = every(a("a gk.Match", Match), "a list of gk.Match")
_TWINS = every(a("a twin", Twin), "a list of twins")


@takes(matches=_MATCHES, decisions=PAIRS.or_none(), twins=_TWINS)
def review_table(
    matches: Iterable[Match],
    decisions: Mapping[str, str] | None = None,
    twins: Iterable[Twin] = (),
) -> str:
    """The offers as CSV, a row for each candidate, and a row for each place that the gazetteer
    does not have or that another file has too; a person fills in the column decision.

    ``yes`` beside a candidate takes it, an IRI takes the place of that IRI, ``none`` says that
    no candidate is meant; an empty decision leaves the question open. Decisions already taken
    stand filled in, so that the file is fed in again as it is.
    """
    from glocal_kg._glocal.corpus.matching.matching import key_of

    rows: list[list[str]] = [[*COLUMNS]]
    seen = set()
    kept = dict(decisions or {})
    for match in matches:
        key = key_of(match.wanted)
        decision = kept.get(key)
        told = match.verdict == "offered" or (match.verdict == "refused" and match.wanted.name)
        if key in seen or not (told or decision is not None):
            continue
        seen.add(key)
        wanted = match.wanted
        place = [*_place(wanted), match.verdict, match.why]
        taken = False
        for candidate in match.candidates:
            iri = candidate.place.iri
            mark = "yes" if decision == iri else NONE if decision == NONE else ""
            taken = taken or bool(mark)
            named = (candidate.place.name, candidate.place.country, "; ".join(candidate.reasons))
            rows.append([mark, *place, f"{candidate.score:.3f}", iri, *named, key])
        if not taken and (decision is not None or not match.candidates):
            rows.append([decision or "", *place, "", "", "", "", "", key])
    for twin in twins:
        seen.add(twin.key)
        decision = kept.get(twin.key, "")
        mark = "yes" if decision == twin.iri else NONE if decision == NONE else ""
        asked = ("known elsewhere", "Is it the same thing?", "", twin.iri, twin.name, "", twin.why)
        rows.append([mark, *_place(twin.wanted), *asked, twin.key])
    # Decisions on places that this list does not have are kept for the next one.
    for key, decision in kept.items():
        if key not in seen:
            name, country, latitude, longitude = (key.split("|") + [""] * 4)[:4]
            place = [name, country, latitude, longitude, "", "", "kept"]
            rows.append([decision, *place, "", "", "", "", "", key])
    return csv_text(rows)


@takes(path=PATH)
def read_review(path: str | PathLike[str]) -> dict[str, str]:
    """The decisions of a review table: for the key of a place the IRI taken, or ``none``.

    Raises ``ReadError`` for two decisions on one place and for words that are no decision.
    """
    from glocal_kg._glocal.corpus.tables import read_book

    sheet = read_book(path).sheets[0]
    rows = sheet.rows()
    header = [cell.text.strip() for cell in next(rows).cells]
    for name in ("decision", "candidate", "key"):
        if name not in header:
            raise ReadError(
                f"The review table has no column '{name}'.",
                source=str(path),
                remedy="Feed in a table that glocal match --review wrote.",
            )
    at = {name: header.index(name) for name in ("decision", "candidate", "key")}
    found: dict[str, str] = {}
    for row in rows:
        decision = row.cell(at["decision"]).text.strip()
        key = row.cell(at["key"]).text.strip()
        if not decision or not key:
            continue
        if decision.lower() in ("yes", "y", "x"):
            decision = row.cell(at["candidate"]).text.strip()
        elif decision.lower() in ("none", "no"):
            decision = NONE
        elif ":" not in decision:
            raise ReadError(
                f"'{decision}' is no decision.",
                source=str(path),
                line=row.number,
                remedy="Write yes, none, the IRI of a place, or nothing.",
            )
        if found.get(key, decision) != decision:
            raise ReadError(
                f"There are two decisions on '{key.split('|')[0]}'.",
                source=str(path),
                line=row.number,
                remedy="Keep one of them.",
            )
        found[key] = decision
    return found


def _place(wanted: Wanted) -> list[str]:
    numbers = (wanted.latitude, wanted.longitude, wanted.population)
    told = ["" if value is None else digits(value) for value in numbers]
    return [wanted.name, wanted.country, *told]
