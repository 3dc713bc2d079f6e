"""What somebody meant who asks an object for what it does not have."""

from __future__ import annotations

from collections.abc import Collection

_OF_PANDAS = (
    "agg apply astype concat count describe drop drop_duplicates dropna dtypes explode fillna"
    " filter groupby head hist iloc index info isin items join loc mean melt merge nunique"
    " pivot plot query rename reset_index sample set_index shape sort_values sum tail to_dict"
    " to_excel to_html to_markdown to_parquet to_sql transpose unique value_counts values"
)
_OF_A_GRAPH = {
    "load": "kg.add(path) reads a file",
    "read": "kg.add(path) reads a file",
    "parse": "kg.add(path) reads a file",
    "read_csv": "kg.import_table(path, mapping) reads a table",
    "save": "kg.write(path) writes a file",
    "export": "kg.write(path) writes a file",
    "serialize": "kg.write(path) writes a file",
    "sparql": "kg.query(text) asks in SPARQL",
    "find": "kg.search(words) finds things by words",
    "list": "kg.questions() lists the questions, kg.terms() the classes and properties",
    "help": "kg.questions(), kg.schema() and kg.search(words) show what is here",
    "classes": "kg.schema().classes has them",
    "properties": "kg.schema().properties has them",
    "to_pandas": "ask first: kg.select(query).to_pandas(), kg.practices().to_pandas()",
    "delete": "kg.remove(path) takes a file out, kg.clear(graph) a graph",
    "check": "kg.validate() says what is wrong",
    "draw": "kg.map() draws the map",
    "plot": "kg.map() draws the map, kg.network() gives a network",
}


def of_table(name: str, columns: Collection[str]) -> str:
    """What to say to who asks a table for an attribute that it does not have."""
    if name in columns:
        return f"The columns of a table stand in brackets: table[{name!r}]."
    if name == "to_polars":
        return "A table has no 'to_polars'; polars.DataFrame(table) reads it as it is."
    if name in _OF_PANDAS.split():
        return f"A table has no {name!r}; table.to_pandas() gives a DataFrame, which has."
    return f"A table has no {name!r}. Its columns are {', '.join(columns)}."


def of_graph(name: str) -> str:
    """The same of a graph."""
    told = f"A knowledge graph has no {name!r}"
    return f"{told}: {_OF_A_GRAPH[name]}." if name in _OF_A_GRAPH else f"{told}."
