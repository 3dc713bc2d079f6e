"""The things of a mapping: class, key, and the properties of columns, constants and links."""

from __future__ import annotations

import re
from dataclasses import replace

from glocal_kg._glocal.corpus.mapping.form import names
from glocal_kg._glocal.corpus.mapping.mapping import (
    TYPES,
    CellStyle,
    MappedProperty,
    MatchColumns,
    ThingMapping,
)
from glocal_kg._glocal.corpus.mapping.mapping_names import nearest
from glocal_kg._glocal.corpus.mapping.usual_properties import known
from glocal_kg._study.vocabularies import exists, namespace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._glocal.corpus.mapping.node import YamlNode

_THING = ("class", "key", "base", "columns", "joined", "constants", "links", "each", "split",
          "form", "across", "match", "apart", "differ", "symmetric", "as", "reference",
          "where")  # fmt: skip
_PROPERTY = ("property", "type", "language", "decimal", "grouping", "dates", "missing", "split",
             "part", "with", "sorted", "text", "values", "required", "one", "least", "most",
             "columns")  # fmt: skip
ASKED = "?"  # the key of a draft that a person has to decide
_MATCH = ("name", "country", "in", "latitude", "longitude", "population", "when", "link")


def thing(
    name: str,
    node: YamlNode,
    source: CellStyle,
    base: str,
    mapping: str,
    prefixes: dict[str, str],
    others: set[str],
) -> ThingMapping:
    """The thing a node of YAML says."""
    node.only(*_THING)
    key = tuple(part.string() for part in node["key"].parts())
    if ASKED in key:
        raise node["key"].error(
            f"the key of '{name}' is still a question",
            "Name the columns that tell one such thing from another; check class: and columns:.",
        )
    for named in key:
        if named.startswith("@") and named[1:] not in others:
            raise node["key"].error(f"'{named}' names no thing of this sheet")
    properties: list[MappedProperty] = []
    for column, spec in (node.get("columns") or node.none()).items():
        for one in spec.parts() if isinstance(spec.value, list) else [spec]:
            properties.append(_property(one, (column,), source, prefixes))
    joined = node.get("joined")
    for spec in joined.parts() if joined else ():
        columns = tuple(part.string() for part in spec["columns"].parts())
        properties.append(_property(spec, columns, source, prefixes))
    for written, spec in (node.get("constants") or node.none()).items():
        properties += _constants(written, spec, source, prefixes)
    for written, spec in (node.get("links") or node.none()).items():
        inverse = written.startswith("^")
        link = iri(written.removeprefix("^"), spec, prefixes)
        for part in spec.parts():
            if part.string() not in others:
                raise part.error(f"'{part.string()}' names no thing of this sheet")
            properties.append(MappedProperty(link, thing=part.string(), inverse=inverse))
    differ = node.get("differ")
    own = node.text("base", "")
    pool = node.text("as", name)
    each, form = node.get("each"), node.get("form")
    if each is not None and node.get("split") is None and form is None:
        raise each.error("each: needs split:, the mark between the things of a cell")
    forms = tuple(part.string() for part in form.parts()) if form else ()
    if form is not None and (each is None or not all(names(one) for one in forms)):
        raise form.error(
            "form: says how a cell of each: is written", 'Write form: "{town} ({country})", say.'
        )
    across, across_names = _across(node.get("across"), each)
    return ThingMapping(
        name,
        iri(node["class"].string(), node["class"], prefixes),
        key,
        own or f"{base or _default_base(mapping)}{slug(pool)}/",
        pool,
        tuple(properties),
        each=node.text("each", ""),
        split=node.text("split", ""),
        form=forms,
        across=across,
        across_names=across_names,
        match=_match(node.get("match"), source, prefixes),
        apart=node.number("apart"),
        differ=tuple(part.string() for part in differ.parts()) if differ else (),
        symmetric=node.yes("symmetric"),
        missing=source.missing,
        reference=node.yes("reference"),
        where=tuple(
            (column, tuple(word.string() for word in words.parts()))
            for column, words in (node.get("where") or node.none()).items()
        ),
    )


def _across(
    node: YamlNode | None, each: YamlNode | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns of a matrix, and what its headers and, where it is said, its cells are called."""
    if node is None:
        return (), ()
    node.only("columns", "header", "cell")
    if each is not None:
        raise node.error("a thing has each: or across:, not both")
    called = (node["header"].string(), node.text("cell", ""))
    return tuple(part.string() for part in node["columns"].parts()), tuple(filter(None, called))


def iri(written: str, node: YamlNode, prefixes: dict[str, str]) -> str:
    """The IRI that is written in full, in angle brackets, or as prefix:name.

    Raises ``ReadError`` for a name that its vocabulary does not have.
    """
    from glocal_kg._study.vocab import expand

    plain = written[1:-1] if written.startswith("<") and written.endswith(">") else written
    prefix, colon, local = plain.partition(":")
    if colon and prefix in prefixes:
        found = prefixes[prefix] + local
    elif re.match(r"(?:https?|urn|doi|tag):", plain):
        found = plain
    else:
        try:
            found = expand(plain).value
        except ValueError as error:
            raise node.error(str(error), "Declare it under prefixes:, or write the IRI.") from None
    if exists(found) is not False:
        return found
    near = nearest(found)
    meant = plain.removesuffix(found[len(namespace(found)) :]) + near
    raise node.error(
        f"'{plain}' is no name of this vocabulary", f"Did you mean '{meant}'?" if near else ""
    )


def slug(text: str) -> str:
    """A text as the last part of an IRI: lower case, ASCII where letters have such a form.

    Letters of other scripts are kept, so that two names never fall together for that alone.

    >>> slug("Île-de-France / Paris"), slug("Łódź"), slug("東京")
    ('ile-de-france-paris', 'lodz', '東京')
    """
    from glocal_kg._glocal.corpus.matching.names import fold

    return "-".join(re.findall(r"\w+", fold(text))) or "-"


def _default_base(mapping: str) -> str:
    from glocal_kg._study.vocab import BASE

    return f"{BASE}import/{slug(mapping)}/"


def _property(
    node: YamlNode, columns: tuple[str, ...], source: CellStyle, prefixes: dict[str, str]
) -> MappedProperty:
    from glocal_kg._glocal.corpus.mapping.from_yaml import source_of

    if node.is_text():
        written, inner = node.string(), node.none()
    else:
        node.only(*_PROPERTY)
        written, inner = node["property"].string(), node
    full = iri(written, node, prefixes)
    default = known(full)
    kind = inner.text("type", "") or default.type
    if kind not in TYPES:
        raise inner["type"].error(f"'{kind}' is no type", f"Types are {', '.join(TYPES)}.")
    values, values_iri = _values(inner.get("values"), prefixes)
    part = inner.text("part", "0")
    if not part.isdigit():
        raise inner["part"].error("part is the number of a part, from 1")
    around = inner.text("text", "")
    if around and around.count("{}") != 1:
        raise inner["text"].error("text has {} once, where the value stands")
    prefix, colon, rest = around.partition(":")
    if kind == "iri" and colon and prefix in prefixes:
        around = prefixes[prefix] + rest
    least, most = inner.number("least"), inner.number("most")
    return replace(
        default,
        iri=full,
        columns=columns,
        type=kind,
        source=source_of(inner, source),
        join=inner.text("with", " "),
        sorted=inner.yes("sorted"),
        around=around,
        split=inner.text("split", ""),
        part=int(part),
        values=values,
        values_iri=values_iri,
        required=inner.yes("required"),
        one=inner.yes("one", default.one),
        least=default.least if least is None else least,
        most=default.most if most is None else most,
    )


def _values(node: YamlNode | None, prefixes: dict[str, str]) -> tuple[dict[str, str] | None, bool]:
    """The words of a value list; all of them stand for IRIs, or all for texts."""
    if node is None:
        return None, True
    if isinstance(node.value, list):
        return {part.string(): part.string() for part in node.parts()}, False
    found, kinds = {}, set()
    for word, value in node.items():
        text = value.string()
        is_iri = _is_iri(text, prefixes)
        kinds.add(is_iri)
        found[word] = iri(text, value, prefixes) if is_iri else text
    if len(kinds) > 1:
        raise node.error("values stand for IRIs, or for texts, but not for both")
    return found, kinds != {False}


def _is_iri(text: str, prefixes: dict[str, str]) -> bool:
    from glocal_kg._study.vocab import PREFIXES

    prefix, colon, local = text.partition(":")
    named = prefix in prefixes or prefix in PREFIXES
    return text.startswith("<") or (bool(colon) and (named or local.startswith("//")))


def _constants(
    written: str, node: YamlNode, source: CellStyle, prefixes: dict[str, str]
) -> list[MappedProperty]:
    full = iri(written, node, prefixes)
    found = []
    for part in node.parts():
        text = part.string()
        is_iri = _is_iri(text, prefixes)
        found.append(
            replace(
                known(full),
                iri=full,
                constant=iri(text, part, prefixes) if is_iri else text,
                constant_iri=is_iri,
                source=source,
            )
        )
    return found


def _match(
    node: YamlNode | None, source: CellStyle, prefixes: dict[str, str]
) -> MatchColumns | None:
    from glocal_kg._glocal.corpus.matching.countries import state

    if node is None:
        return None
    node.only(*_MATCH)
    columns = {key: node.text(key, "") for key in _MATCH if key not in ("in", "link")}
    if not columns["country"]:
        node["name"]  # one of the two must be named
    within = node.text("in", "")
    if within and state(within) is None:
        raise node["in"].error(f"'{within}' is no country that is known here")
    if within and columns["country"]:
        raise node["in"].error("in: is the country of all rows, and country: a column")
    match = MatchColumns(**columns, within=within, source=source)
    link = node.get("link")
    return match if link is None else replace(match, link=iri(link.string(), link, prefixes))
