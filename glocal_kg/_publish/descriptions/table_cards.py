"""The data dictionary of the tables: a Frictionless data package, and Croissant.

Sources: Data Package 1 (Frictionless); Croissant 1.0 (MLCommons).
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from glocal_kg._publish.descriptions.cards import description, identifiers, schema_agent
from glocal_kg._publish.gathering.release_facts import (
    Agent,
    ReleaseColumn,
    ReleaseFacts,
    ReleaseFile,
    TableFile,
    english,
)

_KINDS = {"id": "the IRI of the thing", "graph": "a graph name", "iri": "an IRI"}

# What may stand in an address as it is; the ^ of a datatype may not.
_IN_ID = "/:@#?&=+,;"


def data_package(facts: ReleaseFacts) -> dict[str, Any]:
    """The data package of the tables: each column with its property, type and description."""
    about = facts.about
    files = {file.path: file for file in facts.files}
    return {
        "profile": "tabular-data-package",
        "name": "tables",
        "id": about.dataset,
        "title": english(about.title),
        "description": f"{description(facts)} {_HOW}",
        "version": about.version,
        "created": f"{about.issued}T00:00:00Z",
        "homepage": about.homepage,
        "licenses": [{"name": about.license_name, "path": about.license}],
        "contributors": [
            *(_contributor(agent, "author") for agent in about.creators),
            *(_contributor(agent, "contributor") for agent in about.contributors),
            _contributor(about.publisher, "publisher"),
        ],
        "keywords": list(about.keywords),
        "resources": [_resource(table, files[table.path]) for table in facts.tables],
    }


def croissant(facts: ReleaseFacts) -> dict[str, Any]:
    """The tables as Croissant: one file object and one record set per table."""
    about = facts.about
    files = {file.path: file for file in facts.files}
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": english(about.title),
        "description": description(facts),
        "url": about.homepage,
        "version": about.version,
        "datePublished": about.issued,
        "license": about.license,
        **identifiers(about),
        "creator": [_croissant_agent(agent) for agent in about.creators],
        "contributor": [_croissant_agent(agent) for agent in about.contributors],
        "publisher": _croissant_agent(about.publisher),
        "citeAs": about.cite_as,
        "keywords": list(about.keywords),
        "distribution": [_file_object(files[table.path], table) for table in facts.tables],
        "recordSet": [_record_set(table) for table in facts.tables],
    }


def _contributor(agent: Agent, role: str) -> dict[str, str]:
    card = {"title": agent.name, "role": role}
    return card | ({"path": agent.iri or agent.address} if agent.address else {})


def _croissant_agent(agent: Agent) -> dict[str, Any]:
    card = schema_agent(agent)
    return card | {"@type": f"sc:{card['@type']}"}


def describe_column(column: ReleaseColumn) -> str:
    """What a cell of the column holds, in a sentence."""
    if column.kind[0] == "@":
        what = f"a text in the language {column.kind[1:]}"
    else:
        what = _KINDS.get(column.kind, f"a literal of the datatype {column.kind}")
    several = "; several values are separated by |" if column.several else ""
    return f"{column.description} Holds {what}{several}.".strip()


def _resource(table: TableFile, file: ReleaseFile) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": PurePosixPath(table.path).name,
        "description": _about(table),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "rowCount": table.rows,
        "class": table.class_iri,
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"'},
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": ["id", "graph"],
            "missingValues": [""],
        },
    }


def _field(column: ReleaseColumn) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.type}
    if column.property:
        field["rdfProperty"] = column.property
    field["description"] = describe_column(column)
    field["kind"] = column.kind
    field["several"] = column.several
    if column.type == "boolean":
        field["trueValues"], field["falseValues"] = ["true"], ["false"]
    return field


def _file_object(file: ReleaseFile, table: TableFile) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": f"{table.name}.csv",
        "name": f"{table.name}.csv",
        "description": _about(table),
        "contentUrl": table.path,
        "contentSize": f"{file.size} B",
        "encodingFormat": "text/csv",
        "sha256": file.sha256,
    }


def _record_set(table: TableFile) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": _about(table),
        "field": [
            {
                "@type": "cr:Field",
                "@id": quote(f"{table.name}/{column.name}", safe=_IN_ID),
                "name": column.name,
                "description": describe_column(column),
                # Croissant has no empty cell for a number, so only full columns are numbers.
                "dataType": "sc:Text",
                "source": {
                    "fileObject": {"@id": f"{table.name}.csv"},
                    "extract": {"column": column.name},
                },
            }
            for column in table.columns
        ],
    }


def _about(table: TableFile) -> str:
    what = f"Things of the class {table.class_iri}" if table.class_iri else "Things without a class"
    return f"{what}, one row for what one graph says about one thing."


_HOW = (
    "One table per class, one row for what one graph says about one thing. A cell with several"
    " values separates them with |; inside a value a backslash is doubled, | is written \\|, a"
    " carriage return \\r and the empty text \\e."
)
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "sc": "https://schema.org/",
} | {
    name: f"cr:{name}"
    for name in (
        "equivalentProperty", "extract", "field", "fileProperty", "fileObject", "fileSet",
        "format", "includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path",
        "recordSet", "references", "regex", "repeated", "replace", "samplingRate", "separator",
        "source", "subField", "transform",
    )
}  # fmt: skip
