"""Answers: a table of typed values for SELECT, triples for CONSTRUCT and DESCRIBE."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Triple

from glocal_kg._questions.values import Labels, Term, Value, bare, plain, python_value
from glocal_kg._rdf.namespaces import prefixes
from glocal_kg.errors import ArgumentError, GlocalError, NotFoundError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Literal as Literal_
    from typing import overload

    import networkx
    import pandas


class Row:
    """One row: values by position, by name in brackets, and by name as attribute.

    >>> row = Row(("city", "count"), ("Rome", 2))
    >>> row.city, row["count"], row[1], len(row)
    ('Rome', 2, 2, 2)
    """

    __slots__ = ("_names", "_values")

    def __init__(self, names: tuple[str, ...], values: tuple[Value, ...]) -> None:
        self._names = names
        self._values = values

    def __reduce__(self) -> tuple[type[Row], tuple[tuple[str, ...], tuple[Value, ...]]]:
        return Row, (self._names, self._values)

    def __getattr__(self, name: str) -> Value:
        if name in self._names:
            return self._values[self._names.index(name)]
        raise AttributeError(f"This row has no column {name!r}, only {', '.join(self._names)}")

    def __getitem__(self, key: int | str) -> Value:
        if isinstance(key, str):
            if key not in self._names:
                raise KeyError(f"There is no column {key!r}, only {', '.join(self._names)}")
            return self._values[self._names.index(key)]
        return self._values[key]

    def __iter__(self) -> Iterator[Value]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Row):
            return self._names == other._names and self._values == other._values
        return isinstance(other, tuple) and self._values == other

    def __hash__(self) -> int:
        return hash(self._values)

    def __repr__(self) -> str:
        cells = ", ".join(f"{n}={v!r}" for n, v in zip(self._names, self._values, strict=True))
        return f"Row({cells})"


class Table:
    """The answer to a SELECT query: rows of Python values under named columns.

    ``terms`` holds the same rows as RDF terms (None where unbound), ``note`` what an empty
    answer means and ``notes`` why it may be empty; ``types`` is the declared type of each column
    of a packaged question, ``prefixes`` what shortens its IRIs. Iterating gives ``Row`` objects;
    the ``to_...`` methods write all rows.
    """

    def __init__(
        self,
        columns: Sequence[str],
        terms: Sequence[tuple[Term | None, ...]],
        *,
        title: str = "",
        note: str = "",
        types: dict[str, str] | None = None,
        labels: Labels | None = None,
    ) -> None:
        self.columns = tuple(columns)
        self.terms = list(terms)
        self.title = title
        self.note = note
        self.notes: tuple[str, ...] = ()
        self.types = types or {}
        self.prefixes = prefixes()
        self._labels = labels

    def __len__(self) -> int:
        return len(self.terms)

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, key: int) -> Row: ...
        @overload
        def __getitem__(self, key: slice) -> Table: ...

    def __getitem__(self, key: int | slice) -> Row | Table:
        """One row, or with a slice a table of some rows."""
        if isinstance(key, slice):
            some = Table.__new__(Table)
            some.__dict__.update(self.__dict__, terms=self.terms[key])
            return some
        return Row(self.columns, tuple(map(python_value, self.terms[key])))

    def __iter__(self) -> Iterator[Row]:
        return (self[number] for number in range(len(self)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        return self.columns == other.columns and self.terms == other.terms

    __hash__ = None  # type: ignore[assignment]

    def column(self, name: str) -> list[Value]:
        """All values of one column; ``NotFoundError`` for a name there is not."""
        if name not in self.columns:
            raise NotFoundError(
                f"There is no column '{name}'.", remedy=f"Columns are {', '.join(self.columns)}."
            )
        place = self.columns.index(name)
        return [python_value(row[place]) for row in self.terms]

    def label(self, term: object) -> str | None:
        """The label of an IRI in the language order of the graph, or None."""
        if self._labels is None or not isinstance(term, NamedNode):
            return None
        found = self._labels(term)
        return found.value if found is not None else None

    def __getstate__(self) -> dict[str, object]:
        """A table travels with the labels of its IRIs, without the graph they come from."""
        found = {term: self._labels(term) for row in self.terms for term in row
                 if isinstance(term, NamedNode)} if self._labels is not None else None  # fmt: skip
        return {**self.__dict__, "_labels": None if found is None else found.get}

    if TYPE_CHECKING:

        @overload
        def to_dicts(self, *, plain: Literal_[False] = False) -> list[dict[str, Value]]: ...
        @overload
        def to_dicts(
            self, *, plain: Literal_[True]
        ) -> list[dict[str, str | bool | int | float | None]]: ...

    def to_dicts(
        self, *, plain: bool = False
    ) -> list[dict[str, Value]] | list[dict[str, str | bool | int | float | None]]:
        """A dictionary of Python values for every row.

        With ``plain`` every value is text, a number, a boolean or None, as JSON has them.
        """
        if plain:
            return [dict(zip(self.columns, map(bare, row), strict=True)) for row in self]
        return [dict(zip(self.columns, row, strict=True)) for row in self]

    def to_csv(self) -> str:
        """CSV as SPARQL defines it (bare values), with LF as line end."""
        from glocal_kg._questions.write import csv

        return csv(self)

    def to_tsv(self) -> str:
        """TSV as SPARQL defines it: every cell an RDF term in full."""
        from glocal_kg._questions.write import tsv

        return tsv(self)

    def to_json(self) -> str:
        """SPARQL 1.1 Query Results JSON."""
        from glocal_kg._questions.write import json

        return json(self)

    def to_xml(self) -> str:
        """SPARQL Query Results XML."""
        from glocal_kg._questions.write import xml

        return xml(self)

    def to_text(self, width: int = 100) -> str:
        """A table for people, at most ``width`` characters wide where that is possible.

        Raises ``ArgumentError`` where ``width`` is no whole number of characters above zero.
        """
        from glocal_kg._questions.show import text

        if not isinstance(width, int) or width < 1:
            raise ArgumentError("width", width, "a whole number of characters above zero")
        return text(self, width)

    def to_dataframe(self, *, plain: bool = False) -> pandas.DataFrame:
        """A pandas DataFrame of the Python values; ``GlocalError`` without pandas.

        With ``plain`` IRIs, dates and other terms are text, to sort, merge and write.

        Whole numbers and booleans beside gaps stay what they are (pandas' ``Int64`` and
        ``boolean``), where pandas alone would make them floats.
        """
        try:
            from pandas import DataFrame, Series
        except ImportError:
            raise GlocalError(
                "A DataFrame needs pandas.", remedy="pip install 'glocal-kg[pandas]'"
            ) from None
        rows = [list(map(bare, row) if plain else row) for row in self]
        frame = DataFrame(rows, columns=list(self.columns), dtype=object)
        for place, name in enumerate(self.columns):
            values = [row[place] for row in rows]
            kind = _column_kind(values)
            if kind != "object":
                frame[name] = Series(values, dtype=kind)
        return frame

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        return f"<Table of {len(self)} rows: {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        from glocal_kg._questions.show import html

        return html(self)


class Triples:
    """The answer to a CONSTRUCT or DESCRIBE query: triples without repeats."""

    def __init__(self, triples: Sequence[Triple]) -> None:
        self._triples = list(dict.fromkeys(triples))
        self.prefixes = prefixes()

    def __len__(self) -> int:
        return len(self._triples)

    def __getitem__(self, key: int) -> Triple:
        return self._triples[key]

    def __iter__(self) -> Iterator[Triple]:
        return iter(self._triples)

    def serialize(self, format: str = "turtle") -> str:
        """The triples in an RDF format, by its code; ``NotFoundError`` for others.

        Raises ``GlocalError`` where RDF/XML cannot write them: some characters, and predicates
        that do not end in an XML name.
        """
        from pyoxigraph import serialize

        from glocal_kg._rdf.formats import RDF_XML, by_code
        from glocal_kg._rdf.writing.rdfxml import rdfxml

        found = by_code(format)
        if found.rdf is None:
            raise NotFoundError(
                f"'{format}' is a format for tables, not for triples.",
                remedy="Use turtle, ntriples, jsonld or rdfxml.",
            )
        used = {
            prefix: iri
            for prefix, iri in self.prefixes.items()
            if any(plain(term).startswith(iri) for triple in self._triples for term in triple)
        }
        ordered = sorted(self._triples, key=str)
        if found is RDF_XML:
            return rdfxml(ordered, used)
        written = serialize(ordered, format=found.rdf, prefixes=used)
        assert written is not None
        return written.decode()

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """A networkx ``MultiDiGraph``: resources as nodes, a triple between two as an edge.

        Nodes and the keys of edges are IRIs as strings (blank nodes as ``_:x``). A triple with a
        literal becomes an attribute of its subject: IRI of the property -> list of values.

        >>> a, b, p = (NamedNode(f"urn:{name}") for name in "abp")
        >>> graph = Triples([Triple(a, p, b), Triple(a, p, Literal("x"))]).to_networkx()
        >>> list(graph.edges(keys=True)), graph.nodes["urn:a"]
        ([('urn:a', 'urn:b', 'urn:p')], {'urn:p': ['x']})
        """
        from networkx import MultiDiGraph

        graph: MultiDiGraph[str] = MultiDiGraph()
        for subject, predicate, value in self._triples:
            graph.add_node(plain(subject))
            if isinstance(value, Literal):
                values = graph.nodes[plain(subject)].setdefault(predicate.value, [])
                values.append(python_value(value))
            else:
                graph.add_edge(plain(subject), plain(value), key=predicate.value)
        return graph

    def __str__(self) -> str:
        return self.serialize()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Triples):
            return NotImplemented
        return self._triples == other._triples

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<Triples: {len(self)}>"


def _column_kind(values: Sequence[Value]) -> str:
    """The pandas type that keeps all values of a column as they are."""
    kinds = {type(value) for value in values if value is not None}
    gaps = any(value is None for value in values)
    if kinds == {bool}:
        return "boolean" if gaps else "bool"
    if kinds == {float}:
        return "float64"
    if kinds == {int} and all(-(2**63) <= value < 2**63 for value in values if value is not None):  # type: ignore[operator]
        return "Int64" if gaps else "int64"
    return "object"
