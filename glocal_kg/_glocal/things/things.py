"""Many things at once: a list that is also a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from glocal_kg._glocal.records import Records
from glocal_kg._glocal.things.kinds import Place, Practice
from glocal_kg._glocal.things.thing import Thing
from glocal_kg._study.vocab import PREFIXES

TYPE_CHECKING = False
if TYPE_CHECKING:
    import pandas

T = TypeVar("T", bound=Thing)
_DATES = ("start", "end")


class Things(list[T], Records, Generic[T]):
    """Things in their order, as a list and as records of what is most asked of them.

    ``made_by`` is the call that gave them. In the records a thing is its short IRI, several
    stand with `` ; `` between them, and what is not said is None.
    """

    def __init__(self, things: Iterable[T] = (), made_by: str = "") -> None:
        super().__init__(things)
        self.made_by = made_by

    def to_dicts(self) -> list[dict[str, object]]:
        """A record for each thing: name, IRI, and what its kind has; then the graphs it is in."""
        return [_record(one) for one in self]

    def origin(self) -> dict[str, object]:
        """The call that gave the things, and the graphs that say something of them."""
        graphs = {graph for one in self for graph in one.sources}
        return {"made_by": self.made_by, "sources": sorted(graphs)}

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas DataFrame, as that of a table: dates as such, with their precision beside.

        Raises ``GlocalError`` without pandas.
        """
        from glocal_kg._questions.answers.frame import date_columns
        from glocal_kg._rdf.frames import pandas_frame

        frame = super().to_pandas()
        for name in _DATES:
            if name in frame.columns:
                texts = [record[name] for record in self.to_dicts()]
                columns = date_columns(name, [None if one is None else str(one) for one in texts])
                at = list(frame.columns).index(name)
                frame = frame.drop(columns=name)
                for place, column in enumerate(columns):
                    made = pandas_frame([column])[column.name]
                    frame.insert(at + place, column.name, made)
        return frame

    def __repr__(self) -> str:
        shown = ", ".join(one.label for one in self[:3])
        more = f", and {len(self) - 3:,} more" if len(self) > 3 else ""
        things = "thing" if len(self) == 1 else "things"
        return f"<{len(self):,} {things}{': ' if shown else ''}{shown}{more}>"

    def _repr_html_(self) -> str:
        from glocal_kg._rdf.writing.html import table

        records = self.to_dicts()
        head = list(records[0]) if records else []
        rows = [["" if v is None else str(v) for v in one.values()] for one in records[:100]]
        return table(rows, head, repr(self)[1:-1])


def _record(one: Thing) -> dict[str, object]:
    found: dict[str, object] = {"name": one.label, "iri": one.iri}
    if isinstance(one, Practice):
        found |= {
            "themes": _joined(one.themes),
            "participants": _joined(dict.fromkeys(who.iri for who in one.participants)),
            "start": one.start,
            "end": one.end,
            "part_of": _joined(one.part_of),
        }
    if isinstance(one, Place):
        found |= {"lat": one.lat, "lon": one.lon, "located_in": _joined(one.located_in)}
    return found | {"sources": _joined(one.sources)}


def _joined(iris: Iterable[str]) -> str | None:
    return " ; ".join(map(PREFIXES.shorten, iris)) or None
