"""From YAML to a mapping: every key is known, and errors say the line."""

from __future__ import annotations

import hashlib
from pathlib import Path

from glocal_kg._glocal.corpus.mapping.mapped_things import thing
from glocal_kg._glocal.corpus.mapping.mapping import (
    ROW_WORDS,
    CellStyle,
    Mapping,
    SheetMapping,
    ThingMapping,
)
from glocal_kg._glocal.corpus.mapping.node import YamlNode, parse
from glocal_kg._rdf.arguments import path_of
from glocal_kg._rdf.escaping import file_stem
from glocal_kg._rdf.languages import language_fault
from glocal_kg.errors import ReadError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike

_SOURCE = ("language", "decimal", "grouping", "dates", "missing")
_SHEET = ("sheet", "header", "last", "things")
_FILE = ("name", "base", "prefixes", "encoding", "delimiter", "hidden", "merged", "sheets")


def read_mapping(path: str | PathLike[str]) -> Mapping:
    """The mapping in a YAML file, or a packaged one by its name (``sister-cities``).

    Raises ``ReadError`` with the line of what is wrong.

    >>> read_mapping("signatories").sheets[0].sheet
    '1'
    """
    if "\n" in str(path):
        raise ReadError(
            "This is the text of a mapping, not its path.",
            source=str(path).splitlines()[0][:60],
            remedy="Save it in a file, look it through, and give the path of that.",
        )
    path = path_of("path", path)
    packaged = Path(__file__).parent / "packaged" / f"{path}.yaml"
    if path.name == str(path) and not path.exists() and packaged.exists():
        path = packaged
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise ReadError(
            f"The mapping cannot be read: {error.strerror}.",
            source=str(path),
            remedy="Check the path; glocal import FILE --draft MAPPING writes a first one.",
        ) from None
    except UnicodeDecodeError:
        raise ReadError(
            "The mapping is not in UTF-8.", source=str(path), remedy="Save it as UTF-8."
        ) from None
    return mapping_of(text, str(path), file_stem(path).removesuffix(".mapping"))


def mapping_of(text: str, source: str, name: str) -> Mapping:
    """The mapping a YAML text says; ``name`` is what it is called where it does not say."""
    root = parse(text, source)
    root.only(*_FILE, *_SHEET, *_SOURCE)
    name = root.text("name", name)
    base = root.text("base", "")
    if base and not base.endswith(("/", "#")):
        raise root["base"].error(
            "base ends neither in / nor in #", f"Write {base}/ so that names follow it."
        )
    prefixes = {
        prefix: value.string()
        for prefix, value in (root.get("prefixes") or YamlNode.none()).items()
    }
    words = {}
    for key, known in ROW_WORDS.items():
        words[key] = root.text(key, "ask")
        if words[key] not in known:
            raise root[key].error(f"{key} is one of {', '.join(known)}")
    common = source_of(root, CellStyle())
    several = root.get("sheets")
    nodes = list(several.parts()) if several else [root]
    if several and root.get("things"):
        raise root["things"].error("things stand inside the sheets", "Move them into sheets:.")
    sheets = tuple(_sheet(node, common, base, name, prefixes, bool(several)) for node in nodes)
    return Mapping(
        sheets,
        hashlib.sha256(text.encode()).hexdigest(),
        name,
        encoding=root.text("encoding", "") or None,
        delimiter=_mark(root),
        hidden=words["hidden"],
        merged=words["merged"],
        prefixes=tuple(prefixes.items()),
    )


def source_of(node: YamlNode, around: CellStyle) -> CellStyle:
    """How cells are written, where a node says other than what is around it."""
    decimal = node.text("decimal", around.decimal)
    if decimal not in (".", ","):
        raise node["decimal"].error("the decimal mark is a point or a comma")
    dates = node.text("dates", around.dates)
    if dates and dates not in ("day first", "month first", "year first"):
        raise node["dates"].error("dates are 'day first', 'month first' or 'year first'")
    language = node.text("language", around.language)
    if language != around.language and language and (fault := language_fault(language)):
        raise node["language"].error(
            f"'{language}' is no language tag: {fault}",
            "Write a tag of BCP 47, as it, en or pt-BR.",
        )
    missing = node.get("missing")
    words = tuple(part.string() for part in missing.parts()) if missing else around.missing
    return CellStyle(
        language,
        decimal,
        node.text("grouping", around.grouping),
        dates,
        words,
    )


def _sheet(
    node: YamlNode,
    common: CellStyle,
    base: str,
    name: str,
    prefixes: dict[str, str],
    inner: bool,
) -> SheetMapping:
    if inner:
        node.only(*_SHEET, *_SOURCE)
    source = source_of(node, common)
    header = node.text("header", "1")
    if header != "none" and not (header.isdigit() and int(header) > 0):
        raise node["header"].error("header is the number of a row, or none")
    last = node.text("last", "0")
    if not last.isdigit():
        raise node["last"].error("last is the number of a row")
    given = node["things"]
    things = tuple(
        thing(key, value, source, base, name, prefixes, set(given.keys()))
        for key, value in given.items()
    )
    _check_each(things, given)
    return SheetMapping(
        node.text("sheet", ""), 0 if header == "none" else int(header), int(last), things
    )


def _check_each(things: tuple[ThingMapping, ...], node: YamlNode) -> None:
    """A thing that is named by one of several of a cell or row is one of several itself."""
    several = {made.name: made.each or made.across for made in things if made.each or made.across}
    for made in things:
        for part in made.key:
            each = several.get(part[1:]) if part.startswith("@") else None
            if each and (made.each or made.across) != each:
                raise node[made.name].error(
                    f"'{part}' of '{made.name}' is one of several in a cell or row",
                    f"Give '{made.name}' the same each: and split:, or across:, to make one for "
                    "each.",
                )


def _mark(root: YamlNode) -> str | None:
    mark = root.text("delimiter", "")
    mark = {"tab": "\t", "\\t": "\t"}.get(mark, mark)
    if len(mark) > 1:
        raise root["delimiter"].error("the delimiter is one character, or tab")
    return mark or None
