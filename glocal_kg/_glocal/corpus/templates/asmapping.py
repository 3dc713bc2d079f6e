"""The mapping of a template: made from its layout, so that both always agree."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

from glocal_kg._glocal.corpus.mapping.mapping import (
    CellStyle,
    MappedProperty,
    Mapping,
    MatchColumns,
    SheetMapping,
    ThingMapping,
)
from glocal_kg._glocal.corpus.templates import ontology
from glocal_kg._glocal.corpus.templates.template_sheets import (
    NAME,
    SPLIT,
    TemplateColumn,
    TemplateSheet,
)
from glocal_kg._rdf.namespaces import RDFS
from glocal_kg._study.vocab import BASE

_LABEL = RDFS.label.value
_LOCATED = BASE + "ontology#locatedIn"
_SCALE = BASE + "ontology#onScale"
_LOOKED_UP = ("country", "latitude", "longitude", "population")
_OF_SCALE = ("scale", "lowest", "highest")
_KIND = BASE + "ontology#kind"
_COUNTRY = BASE + "id/kind/country"


def mapping_of_layouts(
    layouts: list[TemplateSheet], headers: dict[str, dict[str, str]], language: str, base: str
) -> Mapping:
    """How sheets with these headers are read: ``headers`` has the header each column has in
    the file, by sheet and by the header of today."""
    source = CellStyle(language=language)
    sheets = []
    for layout in layouts:
        known = headers.get(layout.name)
        if known:
            sheets.append(_sheet(layout, known, source, base))
    told = json.dumps([headers, language, base, ontology.version()], sort_keys=True)
    sha256 = hashlib.sha256(told.encode()).hexdigest()
    return Mapping(tuple(sheets), sha256, "template", template=ontology.version())


def _sheet(
    layout: TemplateSheet, headers: dict[str, str], source: CellStyle, base: str
) -> SheetMapping:
    columns = [column for column in layout.columns if column.given.header in headers]
    pool = layout.name
    main = _main(layout, columns, headers, source, base)
    things = [main]
    links: list[MappedProperty] = []
    for column in columns:
        given = column.given
        if not given.names:
            continue
        name = f"{given.header} named"
        things.append(
            ThingMapping(
                name,
                "",
                (headers[given.header],),
                f"{base}{given.names}/",
                given.names,
                each=headers[given.header] if given.many else "",
                split=SPLIT if given.many else "",
                reference=True,
            )
        )
        links.append(MappedProperty(given.property, thing=name))
    if "country" in headers and pool == "actors":
        things.append(_country(headers["country"], source, base))
        links.append(MappedProperty(_LOCATED, thing="country"))
    if "scale" in headers:
        things.append(_scale(columns, headers, source, base))
        links.append(MappedProperty(_SCALE, thing="scale"))
    pair = [thing.name for thing in things if thing.name.endswith("partner named")]
    main = replace(
        main,
        properties=(*main.properties, *links),
        differ=tuple(pair),
        key=tuple(f"@{name}" for name in pair) or main.key,
        symmetric=bool(pair),
    )
    return SheetMapping(layout.name, 1, 0, (main, *things[1:]))


def _main(
    layout: TemplateSheet,
    columns: list[TemplateColumn],
    headers: dict[str, str],
    source: CellStyle,
    base: str,
) -> ThingMapping:
    key = tuple(headers[column.given.header] for column in columns if column.given.key)
    properties = [
        _property(column, headers[column.given.header], source)
        for column in columns
        if column.given.property and not column.given.names and column.given.header not in _OF_SCALE
    ]
    if layout.name in ("partnerships", "ratings"):  # these have no column for their name
        properties.append(
            MappedProperty(
                _LABEL, columns=key, source=source, join=" – ", sorted=layout.name[0] == "p"
            )
        )
    match = {
        column.given.match: headers[column.given.header] for column in columns if column.given.match
    }
    return ThingMapping(
        layout.name,
        layout.kind,
        key,
        f"{base}{layout.name}/",
        layout.name,
        tuple(properties),
        match=_match(match, source) if "name" in match and "country" in match else None,
    )


def _match(columns: dict[str, str], source: CellStyle) -> MatchColumns:
    known = {word: columns.get(word, "") for word in _LOOKED_UP}
    return MatchColumns(columns["name"], **known, source=source)


def _property(column: TemplateColumn, header: str, source: CellStyle) -> MappedProperty:
    given = column.given
    known = ontology.property_of(given.property)
    return replace(
        known,
        columns=(header,),
        type=column.type,
        source=source,
        split=SPLIT if given.many else "",
        values=column.choices or None,
        values_iri=any(":" in value for value in column.choices.values()),
        required=column.required,
        one=column.one or known.one,
    )


def _scale(
    columns: list[TemplateColumn], headers: dict[str, str], source: CellStyle, base: str
) -> ThingMapping:
    """The scale of a rating, which its row tells of too: name, lowest and highest score."""
    ends = [_property(c, headers[c.given.header], source) for c in columns if c.given.ends]
    label = MappedProperty(_LABEL, columns=(headers["scale"],), source=source)
    return ThingMapping(
        "scale", BASE + "ontology#Scale", (headers["scale"],), f"{base}scales/", "scale",
        (label, *(replace(given, one=True) for given in ends)),
    )  # fmt: skip


def _country(header: str, source: CellStyle, base: str) -> ThingMapping:
    return ThingMapping(
        "country", BASE + "ontology#Place", (header,), f"{base}countries/", "country",
        (
            MappedProperty(_LABEL, columns=(header,), source=source),
            MappedProperty(_KIND, constant=_COUNTRY, constant_iri=True),
        ),
        match=MatchColumns(country=header),
    )  # fmt: skip


__all__ = ["NAME", "mapping_of_layouts"]
