"""Answers: a table of typed values for SELECT, triples for CONSTRUCT and DESCRIBE."""

from __future__ import annotations

from pyoxigraph import NamedNode, Triple

from glocal_kg._questions.answers.noted_answer import NotedAnswer
from glocal_kg._questions.answers.row import Row
from glocal_kg._questions.answers.table_cells import Cells
from glocal_kg._questions.answers.values import Term, Value, bare, plain, python_value
from glocal_kg._rdf.arguments import takes
from glocal_kg._rdf.labels import Labels
from glocal_kg._rdf.namespaces import prefixes
from glocal_kg.errors import ArgumentError, NotFoundError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any, overload
    from typing import Literal as Literal_

    import networkx
    import pandas

    from glocal_kg._rdf.sparql.answering import TripleRows
    from glocal_kg._rdf.sparql.term_columns import TermColumn


class Table(NotedAnswer):
    """The answer to a SELECT query: rows of Python values under named columns.

    ``terms`` holds the same rows as RDF terms (None where unbound), ``note`` what an empty
    answer means and ``notes`` why it may be empty or short; ``types`` is the declared type of
    each column of a packaged question, ``prefixes`` what shortens its IRIs. Iterating gives
    ``Row`` objects; the ``to_...`` methods write all rows.
    """

    def __init__(
        self,
        columns: Sequence[str],
        terms: Sequence[tuple[Term | None, ...]] | Cells,
        *,
        title: str = "",
        note: str = "",
        types: dict[str, str] | None = None,
        labels: Labels | None = None,
    ) -> None:
        self.columns = tuple(columns)
        self._cells = terms if isinstance(terms, Cells) else Cells(terms)
        self.title = title
        self.note = note
        self.types = types or {}
        self.prefixes = prefixes()
        self._labels = labels

    @property
    def terms(self) -> list[tuple[Term | None, ...]]:
        """The rows as RDF terms, None where unbound."""
        return self._cells.rows

    @terms.setter
    def terms(self, rows: list[tuple[Term | None, ...]]) -> None:
        self._cells = Cells(rows)

    def __len__(self) -> int:
        return len(self._cells)

    def named(self, show: str = "names") -> Table:
        """The same table for a program: "names", "iris", or "both" as two columns.

        With ``names`` a cell with an IRI has the name of the thing, or its short IRI where it has
        none; with ``both`` a column ``..._label`` stands beside it.

        >>> Table(["x"], [(NamedNode("urn:a"),)]).named("both").columns
        ('x', 'x_label')
        """
        from glocal_kg._questions.answers.show import named

        return named(self, show)

    def with_column(
        self, name: str, type_: str, cells: Sequence[tuple[Term | None, ...]] | TermColumn
    ) -> Table:
        """A table like this one with a column more: its cells, or rows that end with them.

        >>> Table(["x"], []).with_column("y", "iri", [(None, NamedNode("urn:a"))]).columns
        ('x', 'y')
        """
        from glocal_kg._rdf.sparql.term_columns import TermColumn

        made = self._cells.and_also(cells) if isinstance(cells, TermColumn) else Cells(cells)
        types = {**self.types, name: type_}
        return self._but(columns=(*self.columns, name), types=types, _cells=made)

    def _but(self, **parts: object) -> Table:
        """The same table with some parts changed."""
        changed = Table.__new__(Table)
        changed.__dict__.update(self.__dict__, **parts)
        return changed

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, key: int) -> Row: ...
        @overload
        def __getitem__(self, key: slice) -> Table: ...
        @overload
        def __getitem__(self, key: str) -> list[Value]: ...

    else:

        def __getattr__(self, name: str) -> Value:
            from glocal_kg._questions.hints import of_table

            if name.startswith("_"):
                raise AttributeError(name)
            # With a name Python does not add its own suggestion to ours.
            raise AttributeError(of_table(name, self.__dict__.get("columns", ())), name=name)

    def __getitem__(self, key: int | slice | str) -> Row | Table | list[Value]:
        """One row; with a slice a table of some rows, with a name the values of a column."""
        if isinstance(key, str):
            return self.column(key)
        if isinstance(key, slice):
            return self._but(_cells=self._cells.part(key))
        return Row(self.columns, tuple(map(python_value, self._cells.row(key))))

    def __iter__(self) -> Iterator[Row]:
        return (Row(self.columns, tuple(map(python_value, row))) for row in self.terms)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        return self.columns == other.columns and self.terms == other.terms

    __hash__ = None  # type: ignore[assignment]  # as a list has none

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
        labels = None if found is None else found.get
        return {**self.__dict__, "_labels": labels, "_notes": self.notes}

    if TYPE_CHECKING:

        @overload
        def to_dicts(self, *, plain: Literal_[False] = False) -> list[dict[str, Value]]: ...
        @overload
        def to_dicts(
            self, *, plain: Literal_[True]
        ) -> list[dict[str, str | bool | int | float | None]]: ...

    @takes()
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
        from glocal_kg._questions.answers.write import csv

        return csv(self)

    def to_tsv(self) -> str:
        """TSV as SPARQL defines it: every cell an RDF term in full."""
        from glocal_kg._questions.answers.write import tsv

        return tsv(self)

    def to_json(self) -> str:
        """SPARQL 1.1 Query Results JSON."""
        from glocal_kg._questions.answers.write import json

        return json(self)

    def to_xml(self) -> str:
        """SPARQL Query Results XML. Raises ``GlocalError`` for what XML cannot write."""
        from glocal_kg._questions.answers.write import xml

        return xml(self)

    def to_text(self, width: int = 100, show: str = "") -> str:
        """A table for people, at most ``width`` characters wide where that is possible.

        A thing is shown by its name, and where two share one, by its short IRI too; ``show`` is
        "names", "iris" or "both". Raises ``ArgumentError`` where ``width`` is no whole number of
        characters above zero.
        """
        from glocal_kg._questions.answers.show import text

        if not isinstance(width, int) or width < 1:
            raise ArgumentError("width", width, "a whole number of characters above zero")
        return text(self, width, show)

    @takes()
    def to_pandas(
        self, *, labels: bool = False, language: bool = False, datatype: bool = False
    ) -> pandas.DataFrame:
        """A pandas DataFrame to compare, merge, group and write; ``GlocalError`` without pandas.

        IRIs and texts are strings (pandas' ``string``), numbers ``Int64`` and ``float64``, dates
        ``datetime64`` with a column ``..._precision`` beside them (year, month, day, second).
        ``labels`` puts a column ``..._label`` beside IRIs, ``language`` and ``datatype`` one
        with those of the literals.
        """
        from glocal_kg._questions.answers.frame import columns_of
        from glocal_kg._rdf.frames import pandas_frame

        columns = columns_of(self, labels=labels, language=language, datatype=datatype)
        return pandas_frame(columns, len(self))

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The Arrow PyCapsule interface, by which polars, pyarrow and DuckDB read a table."""
        return self._arrow().__arrow_c_stream__(requested_schema)

    def __dataframe__(self, nan_as_null: bool = False, allow_copy: bool = True) -> object:
        """The dataframe interchange protocol."""
        return self._arrow().__dataframe__(nan_as_null, allow_copy)

    def _arrow(self) -> Any:
        from glocal_kg._questions.answers.frame import columns_of
        from glocal_kg._rdf.frames import arrow_table

        return arrow_table(columns_of(self))

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        from glocal_kg._rdf.counted import counted

        return f"<Table of {counted(len(self), 'row')}: {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        from glocal_kg._questions.answers.show import html

        return html(self)


class Triples(NotedAnswer):
    """The answer to a CONSTRUCT or DESCRIBE query: triples without repeats.

    ``notes`` say why there are none, or few, where that can be known.
    """

    def __init__(self, triples: Sequence[Triple], *, labels: Labels | None = None) -> None:
        self._rows: list[Triple] | TripleRows = list(dict.fromkeys(triples))
        self._labels = labels
        self.prefixes = prefixes()

    @property
    def _triples(self) -> list[Triple]:
        """All of them as terms, which are made when somebody looks at them."""
        return self._rows if isinstance(self._rows, list) else self._rows.triples()

    def __len__(self) -> int:
        return len(self._rows)

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

    @takes()
    def to_pandas(
        self, *, labels: bool = False, language: bool = False, datatype: bool = False
    ) -> pandas.DataFrame:
        """A DataFrame of subject, predicate and object; see ``Table.to_pandas``."""
        return self.to_table().to_pandas(labels=labels, language=language, datatype=datatype)

    def __getstate__(self) -> dict[str, object]:
        """Triples travel without the graph that they come from, and without its labels."""
        return {**self.__dict__, "_rows": self._triples, "_labels": None, "_notes": self.notes}

    def to_table(self) -> Table:
        """The triples as a table with the columns subject, predicate and object."""
        rows = [tuple(triple) for triple in self._triples]
        table = Table(("subject", "predicate", "object"), rows, labels=self._labels)
        table.prefixes, table._notes = self.prefixes, self._notes
        return table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The Arrow PyCapsule interface, of the triples as a table."""
        return self.to_table().__arrow_c_stream__(requested_schema)

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """A networkx ``MultiDiGraph``: resources as nodes, a triple between two as an edge.

        Nodes and the keys of edges are IRIs as strings (blank nodes as ``_:x``). A node has its
        ``name``, short ``iri`` and, where a triple says it, ``kind``; what a triple says of it
        with a literal stands under the property's short IRI, several values joined by "; ". So
        it can be written as GraphML or GEXF as it is.

        >>> from pyoxigraph import Literal, NamedNode, Triple
        >>> a, b, p = (NamedNode(f"urn:{name}") for name in "abp")
        >>> graph = Triples([Triple(a, p, b), Triple(a, p, Literal("x"))]).to_networkx()
        >>> list(graph.edges(keys=True)), graph.nodes["urn:a"]
        ([('urn:a', 'urn:b', 'urn:p')], {'name': 'urn:a', 'iri': 'urn:a', 'urn:p': 'x'})
        """
        from glocal_kg._questions.answers.linked import linked

        return linked(self._triples, self._labels, self.prefixes)

    def __str__(self) -> str:
        return self.serialize()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Triples):
            return NotImplemented
        return self._triples == other._triples

    __hash__ = None  # type: ignore[assignment]  # as a list has none

    def __repr__(self) -> str:
        return f"<Triples: {len(self)}>"

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()
