"""Results that are a list of records: the same ways to write them everywhere."""

from __future__ import annotations

from abc import ABC, abstractmethod

from glocal_kg._rdf.arguments import TEXT, takes
from glocal_kg._rdf.extras import need

TYPE_CHECKING = False
if TYPE_CHECKING:
    import pandas

_ORIGIN = {
    "en": ("Made by", ", from "),
    "it": ("Fatto da", ", in base a "),
    "fr": ("Fait par", ", d'après "),
}


class Records(ABC):
    """Something with records under named columns, missing values as None."""

    @abstractmethod
    def to_dicts(self) -> list[dict[str, object]]:
        """A dictionary for each record; all have the same keys."""

    @abstractmethod
    def origin(self) -> dict[str, object]:
        """What made the records, the function with its arguments, and the sources they rest on."""

    @takes(language=TEXT)
    def origin_text(self, language: str = "en") -> str:
        """The same in one line."""
        told = self.origin()
        sources = told.get("sources")
        made, rests = _ORIGIN.get(language, _ORIGIN["en"])
        more = rests + ", ".join(map(str, sources)) if sources and isinstance(sources, list) else ""
        return f"{made} {told['made_by']}{more}."

    def to_csv(self) -> str:
        """The records as CSV with a header; missing values are empty."""
        from glocal_kg._rdf.writing.csv_text import csv_text

        records = self.to_dicts()
        header = list(records[0]) if records else []
        return csv_text([header, *(record.values() for record in records)])

    def to_json(self) -> str:
        """The records as a JSON array of objects; missing values are null."""
        from json import dumps

        return dumps(self.to_dicts(), ensure_ascii=False, indent=1, allow_nan=False) + "\n"

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas DataFrame of the records, with their origin in its ``attrs``.

        A column without any value is one of texts, as in the DataFrame of a table.

        Raises ``GlocalError`` without pandas.
        """
        need("pandas", "pandas", "A DataFrame")
        from pandas import DataFrame

        frame = DataFrame(self.to_dicts())
        frame.attrs.update(self.origin())
        nothing = dict.fromkeys(frame.columns[frame.isna().all()], "string")
        return frame.astype(nothing).convert_dtypes()
