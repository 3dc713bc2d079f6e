"""A first mapping of a table, to be edited: what the columns seem to be, and what to ask.

Nothing is imported by a guess: what a draft is not sure of stands in a comment, and where it
cannot tell what names a thing, the key is a question mark, which no import reads.
"""

from __future__ import annotations

import json
import re
from collections import Counter

from glocal_kg._glocal.corpus.mapping.decimal_marks import decimal_of
from glocal_kg._glocal.corpus.mapping.mapped_things import ASKED
from glocal_kg._glocal.corpus.mapping.matrix import lines_of, matrix_of
from glocal_kg._glocal.corpus.mapping.sampling import (
    ColumnSample,
    columns_of,
    header_of,
    width,
)
from glocal_kg._glocal.corpus.mapping.twins import (
    Twins,
    lines_of_place,
    place_of,
    things_of,
    twins_of,
)
from glocal_kg._rdf.arguments import PATH, TEXT, takes
from glocal_kg._rdf.counted import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike

    from glocal_kg._glocal.corpus.mapping.mapping import Type
    from glocal_kg._glocal.corpus.tables import Book

_FEW = 12  # different texts that may be a list
# What a header says a column is: a pattern, the property, and the type where it has one.
_KNOWN: tuple[tuple[str, str, Type | None], ...] = (
    (r"lat|latitude|.*[_. ]latitude|.*lat|breite.*|latitud.*", "geo:lat", None),
    (r"lon|lng|long|longitude|.*[_. ]longitude|.*long|l(ä|ae)nge.*|longitud.*", "geo:long", None),
    (r".*population.*|.*inhabitants|einwohner.*|abitanti|habitants", "gn:population", "whole"),
    (r".*label|(.*[_. ])?(name|label|title|titel|titre|titolo|nom|nome|nombre|t[ií]tulo)"
     r"|(city|town|municipality|stadt|gemeinde|ville|commune|ciudad|municipio|comune|citt[àa])"
     r"([_. ]?name)?", "rdfs:label", None),
    (r"descri.*|beschreibung|abstract|summary", "dcterms:description", None),
    (r"(.*[_. ])?(url|web|website|homepage|link)", "schema:url", "address"),
    (r"start.*|begin.*|inicio.*|inizio.*|d[ée]but.*|(.*[_. ])?since|from|seit|date_of_.*|founded",
     "schema:startDate", "when"),
    (r"end.*|fin|fine|fecha de fin|(.*[_. ])?until|to|bis", "schema:endDate", "when"),
    (r"id|nr|no|code|c[óo]digo|codice|(.*[_. ])?(id|identifier|key)",
     "dcterms:identifier", "identifier"),
)  # fmt: skip
_PERSONAL = re.compile(
    r"e-?mail|phone|telefon|(^|[_ ])(tel|fax|mayor|contact|birth\w*|person)($|[_. ])", re.I
)
# What has a title is no city: a practice, a project, a text.
_TITLE = re.compile(
    r"(.*[_. ])?(title|titel|titre|titolo|t[ií]tulo)"
    r"|(.*[_. ])?(project|practice|initiative|activity|programme?)([_. ]?(name|label))?"
    r"|projets?|projekte?|proyectos?|progett[oi]|iniziativ[ae]|iniciativas?",
    re.I,
)
_WORD = r"[A-Za-z_][\w .-]*\w|[A-Za-z_]"  # what YAML takes without quotation marks
_WRITTEN = re.compile(rf'"(?:[^"\\]|\\.)*"|{_WORD}')
_END = re.compile(r"from|to|origin|destination|source|target|von|nach|de|[àa]|da", re.I)
_NAME = re.compile(r"name|label|nom|nome|nombre|bezeichnung", re.I)
_CITY = re.compile(
    r"(city|town|municipality|stadt|gemeinde|ville|commune|ciudad|municipio|comune|citt[àa])"
    r"([_. ]?name)?",
    re.I,
)
_YEAR = r"(.*[_. ])?(year|jahr|ann[ée]e|anno|a[ñn]o|date|datum)"  # when a partnership began
_COUNTRY = re.compile(r"(.*[_. ])?(country|land|pays|paese|pa[ií]s|state)(.*code)?(.*name)?", re.I)


@takes(table=PATH, name=TEXT.or_none())
def draft_mapping(table: str | PathLike[str], name: str | None = None) -> str:
    """The text of a first mapping of a table, to be edited; ``name`` is what it is called.

    Raises ``ReadError`` for a table that cannot be read.
    """
    from glocal_kg._glocal.corpus.tables import read_book

    book = read_book(table)
    return draft(book, name or book.stem)


def draft(book: Book, name: str) -> str:
    """The text of a mapping for the first visible sheet of a book with most columns."""
    visible = [sheet for sheet in book.sheets if not sheet.hidden] or book.sheets
    sheet = max(visible, key=width)
    header = 0 if sheet.header is not None else header_of(sheet)
    columns = columns_of(sheet, header)
    lines = [
        f"# A first mapping of {book.name}, to be edited; docs/your-data.md tells all keys.",
        "# Columns in comments are not imported.",
        f"name: {_quoted(name)}",
    ]
    if any(trouble.rule == "encoding-guessed" for trouble in book.troubles):
        lines.append(f"encoding: {book.encoding}  # found out; is it right?")
    if len(book.sheets) > 1:
        others = ", ".join(other.name for other in book.sheets if other is not sheet)
        lines.append(f"sheet: {_quoted(sheet.name)}  # the file has {others} too")
    if header != 1 and sheet.header is None:
        lines.append(f"header: {header or 'none'}")
    lines += ["# language: en  # of the texts", *_missing(columns)]
    across = matrix_of(columns)
    if across:
        things = lines_of(columns, across, _quoted, ASKED)
        marked = decimal_of(columns)
        lines += [*marked.lines, *_dates(columns), "things:"]
        return "\n".join([*lines, *things]) + "\n"
    ends = [c.name for c in columns if _END.fullmatch(c.name.strip()) and not _may_be_dates(c)]
    twins = twins_of([c.name for c in columns], lambda name: _several(columns, name))
    if isinstance(twins, Twins) and _names_of_rows(columns, twins):
        twins = ""  # each row tells of a thing with a name of its own, which may recur in a city
    elif not twins and len(ends) == 2:
        twins = f"{_quoted(ends[0])} and {_quoted(ends[1])} may be the two of a partnership"

    def drafted(comma: bool) -> list[str]:
        if isinstance(twins, Twins):
            return _pairs(columns, twins, comma)
        return _thing(columns, twins, comma)

    things = drafted(False)
    read = _read(things)
    marked = decimal_of([column for column in columns if _quoted(column.name) in read], columns)
    lines += [*marked.lines, *_dates(columns), "things:"]
    return "\n".join([*lines, *(drafted(True) if marked.comma else things)]) + "\n"


def _read(things: list[str]) -> set[str]:
    """The names in things of a draft, as they are written there; those in comments are not."""
    told = (line for line in things if not line.lstrip().startswith("#"))
    return {name for line in told for name in _WRITTEN.findall(line)}


def _several(columns: list[ColumnSample], name: str) -> bool:
    """Whether cells hold more than one name: "Rome, Berlin" does where both stand alone too."""
    texts = next(c.texts for c in columns if c.name == name)
    if any(mark in text for text in texts for mark in (";", "|", " / ")):
        return True
    alone = {text for column in columns for text in column.texts}
    lists = (text.split(",") for text in texts if "," in text)
    return any(all(part.strip() in alone for part in parts) for parts in lists)


def _may_be_dates(column: ColumnSample) -> bool:
    return not column.texts or any(map(str.isdigit, "".join(column.texts)))


def _names_of_rows(columns: list[ColumnSample], twins: Twins) -> bool:
    """Whether a column beside two cities names what each row is of: a project, not their pair."""
    used = {*twins.home.values(), *twins.partner.values()}
    beside = [column.name for column in columns if column.name not in used]
    return any(_is_title(name) or _NAME.fullmatch(name.strip()) for name in beside)


def _pairs(columns: list[ColumnSample], twins: Twins, comma: bool) -> list[str]:
    """The things of a list of twin towns; columns of neither city are of the partnership."""
    used = {*twins.home.values(), *twins.partner.values()}
    taken: set[str] = set()
    lines = []
    for column in columns:
        if column.name in used:
            continue
        line = _line(column, taken, comma)
        plain = column.name.strip().lower()
        if "schema:startDate" not in taken and re.fullmatch(_YEAR, plain):
            taken.add("schema:startDate")
            line = f"      {_quoted(column.name)}: {{property: schema:startDate, type: when}}"
        # Other columns may be of either city, so a person says which.
        dated = "schema:startDate" in line or "schema:endDate" in line
        if not dated and not line.lstrip().startswith("#"):
            line = f"      # {line.lstrip()}"
        lines.append(line)
    lines.sort(key=lambda line: line.lstrip().startswith("#"))
    marks = {column.name: _grouping(column, comma) for column in columns}
    dates = [line for line in lines if "# " not in line[:9]]
    told = things_of(twins, _quoted, marks.__getitem__, dates)
    return [*told, *(line for line in lines if "# " in line[:9])]


def _thing(columns: list[ColumnSample], asked: str, comma: bool) -> list[str]:
    """One thing for each row; ``asked`` is what keeps one from saying what its key is."""
    taken: set[str] = set()
    titled = [column for column in columns if _is_title(column.name)][:1]
    if not titled and not asked:
        titled = _named_beside_city(columns)
    about = [column.name for column in columns if column not in titled]
    place = place_of(about) if titled and not asked else {}
    if "name" not in place or _several(columns, place["name"]):
        place = {}
    rest = [c for c in columns if c not in titled and c.name not in place.values()]
    told = [(column, f"      {_quoted(column.name)}: rdfs:label") for column in titled]
    taken |= {"rdfs:label"} if titled else set()
    told += [(column, _line(column, taken, comma)) for column in rest]
    key, why = _key(told)
    if asked:
        key, why = f'"{ASKED}"', f"which columns name the thing? {asked}"
    # What has a place or people is a city; what begins and has a text of its own is a practice.
    lies = {"geo:lat", "geo:long", "gn:population"} & taken or _match(columns)
    kind, others = "glocal:City", "glocal:Practice, glocal:Network, glocal:Government"
    if titled or (not lies and taken & {"schema:startDate", "dcterms:description"}):
        kind, others = "glocal:Practice", "glocal:City, glocal:Network, glocal:Government"
    return [
        "  thing:",
        f"    class: {kind}  # or {others}, ...",
        f"    key: {key}  # {why}",
        "    columns:",
        *(line for _, line in told),
        *(["    links: {schema:location: place}"] if place else []),
        *([] if titled else _match(columns)),
        *(lines_of_place(place, _quoted) if place else []),
    ]


def _named_beside_city(columns: list[ColumnSample]) -> list[ColumnSample]:
    """The column of names, where another one holds the city that each row lies in."""
    named = [column for column in columns if _NAME.fullmatch(column.name.strip())]
    cities = [column for column in columns if _CITY.fullmatch(column.name.strip())]
    return named if len(named) == 1 == len(cities) else []


def _key(told: list[tuple[ColumnSample, str]]) -> tuple[str, str]:
    """The column that is different in each row: an identifier, or what is the label."""
    found = {
        iri: column
        for column, line in told
        for iri in ("dcterms:identifier", "rdfs:label")
        if iri in line and "# " not in line[:9]
    }
    if "rdfs:label" not in found:
        names = [c.name for c, _ in told if c.type == "text" and not _is_no_name(c.name)]
        asked = f" and which is its rdfs:label, {' or '.join(names[:3])}?" if names else ""
        return f'"{ASKED}"', f"which columns name the thing?{asked}"
    for iri in ("dcterms:identifier", "rdfs:label"):
        column = found.get(iri)
        if column is not None and column.filled and column.distinct == column.filled:
            return _quoted(column.name), "the columns that name the thing"
    return f'"{ASKED}"', "which columns name the thing? two rows have one name"


def _is_title(name: str) -> bool:
    return bool(_TITLE.fullmatch(name.strip()))


def _is_no_name(name: str) -> bool:
    return bool(_PERSONAL.search(name) or _COUNTRY.fullmatch(name.strip()))


def _missing(columns: list[ColumnSample]) -> list[str]:
    """Words that stand among numbers, or that people write for nothing."""
    found: Counter[str] = Counter()
    for column in columns:
        for text, count in column.odd:
            if not any(sign.isdigit() for sign in text):
                found[text] += count
        for text in ("-", "n/a", "N/A", "null", "None", "?"):
            found[text] += column.texts[text] if (text, column.texts[text]) not in column.odd else 0
    words = [text for text, count in found.most_common() if count]
    if not words:
        return []
    told = ", ".join(counted(found[word], "time") for word in words)
    listed = ", ".join(json.dumps(word, ensure_ascii=False) for word in words)
    return [f"# missing: [{listed}]  # {told}; does it mean that there is no value?"]


def _dates(columns: list[ColumnSample]) -> list[str]:
    """The order of day and month, where each column and mark has a value that shows it.

    A day above 12 in one column says nothing of another, nor 15.03.1985 of 01/02/2003.
    """
    ways: dict[tuple[str, str], list[str]] = {}
    for column in columns:
        for text in column.texts:
            found = re.fullmatch(r"\d{1,2}([./-])\d{1,2}\1\d{4}", text)
            if found:
                ways.setdefault((column.name, found[1]), []).append(text)
    if not ways:
        return []
    shown: dict[str, str] = {}
    for (name, mark), texts in ways.items():
        pairs = [(int(text.split(mark)[0]), int(text.split(mark)[1])) for text in texts]
        day = next((text for text, pair in zip(texts, pairs, strict=True) if pair[0] > 12), "")
        month = next((text for text, pair in zip(texts, pairs, strict=True) if pair[1] > 12), "")
        if bool(day) == bool(month):
            text = next((t for t, (one, two) in zip(texts, pairs, strict=True)
                         if one != two and max(one, two) <= 12), "")  # fmt: skip
            if not text and not day:
                continue  # 03.03.2003 can be read in one way
            asked = f"{text or day} of {name} can be read in two ways"
            return [f"# dates: day first  # or month first: {asked}"]
        shown.setdefault("day first" if day else "month first", day or month)
    if len(shown) != 1:
        return ["# dates: day first  # or month first: columns differ; say it in each"] * bool(
            shown
        )
    [(order, text)] = shown.items()
    return [f"dates: {order}  # as {text} shows"]


def _grouping(column: ColumnSample, comma: bool) -> str:
    """The mark between thousands, where the numbers show it without doubt."""
    for mark, sure in ((".", comma), (",", False), (" ", True), ("'", True)):
        groups = rf"\d{{1,3}}(?:{re.escape(mark)}\d{{3}}){{{1 if sure else 2},}}"
        if any(re.fullmatch(groups, text) for text in column.texts):
            return f', grouping: "{mark}"'
    return ""


def _line(column: ColumnSample, taken: set[str], comma: bool) -> str:
    name = _quoted(column.name)
    if _PERSONAL.search(column.name):
        return f"      # {name}: ...  # personal data? It stays out unless you name it."
    plain = column.name.strip().lower()
    for pattern, iri, kind in _KNOWN:
        if re.fullmatch(pattern, plain) and iri not in taken:
            if kind == "when" and not _may_be_dates(column):
                continue  # from Rome to Kigali
            taken.add(iri)
            type_ = kind or ""
            if iri == "schema:startDate" and column.type == "date" and not column.odd:
                type_ = "date"
            if not type_:
                return f"      {name}: {iri}"
            mark = _grouping(column, comma) if type_ == "whole" else ""
            return f"      {name}: {{property: {iri}, type: {type_}{mark}}}"
    told = column.type
    if 1 < column.distinct <= _FEW and column.filled > 3 * column.distinct and told == "text":
        told = "one of " + ", ".join(
            json.dumps(t, ensure_ascii=False) for t in sorted(column.texts)
        )
    return f"      # {name}: ...  # {told}"


def _match(columns: list[ColumnSample]) -> list[str]:
    """A match block, where there is a name and a country."""
    by: dict[str, str] = {}
    for column in columns:
        plain = column.name.strip().lower()
        if _COUNTRY.fullmatch(plain):
            by.setdefault("country", column.name)
            continue
        for pattern, iri, _ in _KNOWN[:4]:
            if re.fullmatch(pattern, plain):
                word = {"geo:lat": "latitude", "geo:long": "longitude"}.get(iri)
                word = word or {"rdfs:label": "name"}.get(iri, "population")
                by.setdefault(word, column.name)
    if "name" not in by or "country" not in by:
        return []
    listed = ", ".join(f"{word}: {_quoted(name)}" for word, name in by.items())
    return [f"    match: {{{listed}}}"]


def _quoted(text: str) -> str:
    """A text as YAML: in quotation marks unless it is a plain word."""
    plain = re.fullmatch(_WORD, text)
    special = text.lower() in ("null", "true", "false", "yes", "no", "on", "off")
    return text if plain and not special else json.dumps(text, ensure_ascii=False)
