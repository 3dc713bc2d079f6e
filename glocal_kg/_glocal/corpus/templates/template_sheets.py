"""The sheets of a template: which things they take, and in which columns.

What a column requires and which type it has is the shapes' to say; here stands what shapes do
not know: the words of the header, the order, which columns are names of things of other sheets,
and an example.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from glocal_kg._glocal.corpus.mapping.mapping import TYPES
from glocal_kg._glocal.corpus.templates import ontology
from glocal_kg._rdf.namespaces import DCTERMS, GEO, GN, RDF, RDFS, SCHEMA
from glocal_kg._study.vocab import BASE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._glocal.corpus.mapping.mapping import Type

G = BASE + "ontology#"
_LABEL, _TYPE = RDFS.label.value, RDF.type.value
_START, _END = SCHEMA.startDate.value, SCHEMA.endDate.value
_MEMBER = "http://www.w3.org/ns/org#memberOf"
NAME = "name"  # the column that names the thing of a row
SPLIT = ";"  # between several values in one cell


class Field(NamedTuple):
    """A column as the layout has it.

    ``list`` is the class whose packaged things may be chosen, or several classes parted by
    spaces; ``names`` the sheet whose things are named; ``many`` takes several values.
    """

    header: str
    property: str
    example: str
    type: Type | None = None
    list: str = ""
    names: str = ""
    many: bool = False
    key: bool = False
    match: str = ""
    ends: bool = False  # an end of the scale that the row names


@dataclass(frozen=True)
class TemplateColumn:
    """A column of a template, with what the shapes say of it."""

    given: Field
    type: Type
    required: bool
    one: bool
    help: str
    choices: dict[str, str]  # word: IRI

    @property
    def header(self) -> str:
        """The header as it is written: a star marks what is required."""
        return self.given.header + (" *" if self.required else "")


@dataclass(frozen=True)
class TemplateSheet:
    """A sheet: its name, the class of its things ("" where a column says it), its columns."""

    name: str
    kind: str
    told: str
    columns: tuple[TemplateColumn, ...]


_KINDS = "City Government Network Organization Person ActorGroup Place"
_SHEETS: tuple[tuple[str, str, str, tuple[Field, ...]], ...] = (
    (
        "practices",
        G + "Practice",
        "What cities and others do: one row for each practice.",
        (
            Field(NAME, _LABEL, "Choirs of two cities", key=True),
            Field("theme", G + "theme", "culture", list="AreaOfAttraction", many=True),
            Field("participants", G + "participant", "Turin; Lyon", names="actors", many=True),
            Field("where", G + "where", "Turin", names="actors", many=True),
            Field("part of", G + "partOf", "", names="practices"),
            Field("start", _START, "2003", type="when"),
            Field("end", _END, "2006-05", type="when"),
            Field("description", DCTERMS.description.value, "Choirs sing in turn."),
            Field("web address", SCHEMA.url.value, "https://example.org/choirs", type="address"),
        ),
    ),
    (
        "actors",
        "",
        "Cities, governments, networks, organizations and persons: one row for each.",
        (
            Field(NAME, _LABEL, "Turin", key=True, match="name"),
            Field("kind", _TYPE, "city", list=_KINDS),
            Field("country", "", "Italy", match="country"),
            Field("latitude", GEO.lat.value, "45.07049", match="latitude"),
            Field("longitude", GEO.long.value, "7.68682", match="longitude"),
            Field("population", GN.population.value, "870456", type="whole",
                  match="population"),
            Field("member of", _MEMBER, "", names="actors", many=True),
            Field("governs", G + "governs", "", names="actors"),
            Field("level", G + "atLevel", "", list="Level", many=True),
            Field("web address", SCHEMA.url.value, "https://example.org/turin", type="address"),
        ),
    ),
    (
        "partnerships",
        G + "Practice",
        "Twin towns and other partnerships of two: one row for each pair, in any order.",
        (
            Field("partner", G + "participant", "Turin", names="actors", key=True),
            Field("other partner", G + "participant", "Lyon", names="actors", key=True),
            Field("start", _START, "2003-02-01", type="when"),
            Field("end", _END, "", type="when"),
            Field("description", DCTERMS.description.value, "Twin towns."),
        ),
    ),
    (
        "ratings",
        G + "Assessment",
        "Who judges which practice, by which criterion: one row for each score.",
        (
            Field("practice", G + "assesses", "Choirs of two cities", names="practices", key=True),
            Field("criterion", G + "onCriterion", "", list="Criterion", key=True),
            Field("rater", G + "by", "Ada Rossi", names="actors", key=True),
            Field("scale", G + "onScale", "From 0 to 4"),
            Field("lowest", G + "lowestScore", "0", type="whole", ends=True),
            Field("highest", G + "highestScore", "4", type="whole", ends=True),
            Field("score", G + "score", "3", type="whole"),
            Field("date", DCTERMS.date.value, "2026-11-26", type="date"),
            Field("reason", G + "reason", "Both cities took part from the start."),
        ),
    ),
)  # fmt: skip
# A second row of examples, for the things that the first rows name.
MORE_EXAMPLES: dict[str, tuple[dict[str, str], ...]] = {
    "actors": (
        {NAME: "Lyon", "kind": "city", "country": "France", "latitude": "45.74846",
         "longitude": "4.84671", "population": "472317"},
        {NAME: "Ada Rossi", "kind": "person"},
    ),
}  # fmt: skip


# What a row gets without a column: where it stands, and a name made of its other columns.
_MADE = (_LABEL, _TYPE, G + "statedIn")
_EXAMPLES: dict[Type, str] = {
    "whole": "1", "number": "1.5", "date": "2026-11-26", "year": "2026", "when": "2026",
    "boolean": "true", "address": "https://example.org/", "iri": "https://example.org/",
}  # fmt: skip


def layouts() -> list[TemplateSheet]:
    """The sheets of today's template, by the packaged shapes."""
    return [
        TemplateSheet(
            name,
            kind,
            told,
            tuple([_column(kind, given) for given in (*columns, *_more(kind, columns))]),
        )
        for name, kind, told, columns in _SHEETS
    ]


def _more(kind: str, columns: tuple[Field, ...]) -> list[Field]:
    """Columns for what the shapes of a class know and the sheet has not: plain values, and
    what is required and can be chosen from a list."""
    have = {given.property for given in columns}
    known = {given.property: given for *_, sheet in _SHEETS for given in sheet}
    found = []
    for iri, said in ontology.said(kind).items() if kind else ():
        listed = said.kind.removeprefix(G) if said.kind.startswith(G) else ""
        chosen = said.required and (iri in known or (listed and ontology.instances(said.kind)))
        if iri in have or iri in _MADE or not (said.datatype or said.choices or chosen):
            continue
        made = Field(ontology.label(iri), iri, "", list=listed, many=not said.one)
        found.append(known.get(iri, made))
    return found


def _column(kind: str, given: Field) -> TemplateColumn:
    shapes_of = G + "Scale" if given.ends else kind
    said = ontology.said(shapes_of).get(given.property) if shapes_of else None
    type_ = given.type or (ontology.property_of(given.property).type if given.property else "text")
    required = given.key or bool(said and said.required) or given.property == _TYPE
    choices: dict[str, str] = {}
    if said and said.choices:
        choices = {
            ontology.label(value) if ":" in value else value: value for value in said.choices
        }
    elif given.property == _TYPE:
        choices = {ontology.label(G + name): G + name for name in given.list.split()}
    elif given.list:
        choices = ontology.instances(G + given.list)
    help_ = (
        ontology.help_of(given.property)
        if given.property
        else "The country a city or place lies in."
    )
    if given.header == NAME:
        help_ = "The name by which other sheets mean it; no two have the same."
    if given.names:
        help_ += f" A name from the sheet {given.names}."
    elif choices:
        help_ += " Choose from the list."
    else:
        help_ += f" Write {TYPES[type_]}."
    if given.many:
        help_ += f" Several are parted by {SPLIT}"
    one = bool(said and said.one)
    return TemplateColumn(given, type_, required, one, help_.strip(), choices)


def example(column: TemplateColumn) -> str:
    """An example of a value: the first of the list where there is one."""
    if column.choices and column.given.example not in column.choices:
        return next(iter(column.choices)) if column.required else ""
    if column.required and not column.given.example:
        return _EXAMPLES.get(column.type, "example")
    return column.given.example
