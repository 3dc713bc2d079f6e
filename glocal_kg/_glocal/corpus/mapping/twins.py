"""Whether a table lists pairs of cities, as twin towns do, and the first mapping of such a list.

The form is that of the packaged mapping ``sister-cities``.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

Role = Literal["name", "country", "latitude", "longitude", "population"]

_TOWN = (
    r"(cit(y|ies)|towns?|municipalit(y|ies)|stadt|st(ä|ae)dte|orte?|gemeinden?|villes?|communes?"
    r"|ciudad(es)?|municipios?|comun[ei]|citt[àa])"
)
_TOWN_LIKE = re.compile(rf"(.* )?{_TOWN}( ?(name|label))?")
# Words of a header that mean the other one of two.
_OTHER = re.compile(
    r"(st(ä|ae)dte)?partner(schaft)?(s\b)?|partenaires?|twin(ned|s\b)?( with)?|sister(s\b)?"
    r"|zwillings?|jumel\w*|gemell\w*|herman\w*|destination|target|other|second|^(to|nach)(?= )"
)
_ALONE = re.compile(r"partner|partenaire|twin|sister|zwilling|jumel|gemell|herman")
_TWINNED = re.compile(r"twin|sister|zwilling|jumel|gemell|herman|partnerst")
_OWN = re.compile(r"^(origin|home|own|first|source|from|von)(?= ?\w)")
_NUMBERED = re.compile(r"(.*[^\d ]) ?([12])|(.* )([ab])")
_ROLES: tuple[tuple[Role, str], ...] = (
    ("name", rf"{_TOWN}( ?(name|label))?"),
    ("country", r"(country|land|pays|paese|pa[ií]s|state)( ?(code|name|label))?"),
    ("latitude", r"lat|latitude|breite.*|latitud.*"),
    ("longitude", r"lon|lng|long|longitude|l(ä|ae)nge.*|longitud.*"),
    ("population", r"population|inhabitants|einwohner.*|abitanti|habitants"),
)
_LABELS = {
    "latitude": "geo:lat",
    "longitude": "geo:long",
    "population": "{property: gn:population, type: whole, one: true%s}",
}


class Twins(NamedTuple):
    """The columns of two cities, by their roles: of the one that a row begins with, and of
    its partner."""

    home: dict[Role, str]
    partner: dict[Role, str]


def twins_of(names: list[str], several: Callable[[str], bool]) -> Twins | str:
    """The two cities that columns tell of; or what to ask, "" where there is one city at most.

    ``several`` says whether cells of a column hold more than one name.

    >>> twins_of(["town", "partner town", "year"], lambda name: False)
    Twins(home={'name': 'town'}, partner={'name': 'partner town'})
    >>> twins_of(["from_city", "to_city", "from_year", "to_year"], lambda name: False)
    Twins(home={'name': 'from_city'}, partner={'name': 'to_city'})
    >>> twins_of(["birth town", "town", "year"], lambda name: False)
    "'birth town' and 'town' may both name cities"
    >>> twins_of(["Stadt", "Partnerstädte"], lambda name: name == "Partnerstädte")
    "'Partnerstädte' holds several names in one cell, see each: in docs/your-data.md"
    >>> twins_of(["town", "mayor"], lambda name: False)
    ''
    """
    home: dict[Role, str] = {}
    partner: dict[Role, str] = {}
    towns, marked = [], []
    twice = False
    for name in names:
        plain = _plain(name)
        other, rest = _side(plain)
        role = next((role for role, form in _ROLES if re.fullmatch(form, rest)), None)
        if other and rest in ("", "name", "label") and _ALONE.search(plain):
            role = "name"
        if other and role == "name":
            marked.append(name)
        if role == "name" or _TOWN_LIKE.fullmatch(plain):
            towns.append(name)
        if role is not None:
            side = partner if other else home
            twice = twice or (role == "name" and role in side)
            side.setdefault(role, name)
    if not marked and len(towns) < 2:
        return ""
    told = " and ".join(f"'{name}'" for name in towns)
    if len(towns) != 2 or twice or "name" not in home or "name" not in partner:
        return f"{told} may both name cities" if len(towns) == 2 else f"{told} may name a partner"
    held = next((name for name in (home["name"], partner["name"]) if several(name)), None)
    if held is not None:
        return f"'{held}' holds several names in one cell, see each: in docs/your-data.md"
    return Twins(home, partner)


def place_of(names: list[str]) -> dict[Role, str]:
    """The columns of the one place that columns tell of, by their roles.

    >>> place_of(["título", "ciudad", "país"])
    {'name': 'ciudad', 'country': 'país'}
    """
    found: dict[Role, str] = {}
    for name in names:
        other, rest = _side(_plain(name))
        role = next((role for role, form in _ROLES if re.fullmatch(form, rest)), None)
        if role is not None and not other:
            found.setdefault(role, name)
    return found


def _plain(name: str) -> str:
    """A header in lower case, its words parted by spaces: originCity, origin_city."""
    parted = re.sub(r"(?<=[a-zäöü])(?=[A-Z])", " ", name)
    return " ".join(re.sub(r"[_.:-]+", " ", parted).lower().split())


def _side(plain: str) -> tuple[bool, str]:
    """Whether a header is of the other one of two, and what is left of it without saying so."""
    numbered = _NUMBERED.fullmatch(plain)
    if numbered:
        stem = (numbered[1] or numbered[3]).strip()
        return (numbered[2] or numbered[4]) in "2b", _OTHER.sub("", stem).strip() or "city"
    if _OTHER.search(plain):
        return True, " ".join(_OTHER.sub(" ", plain).split())
    return False, _OWN.sub("", plain).strip()


def lines_of_place(columns: dict[Role, str], quoted: Callable[[str], str]) -> list[str]:
    """The things of a mapping for the city that a row lies in, and for its country."""
    name, country = quoted(columns["name"]), quoted(columns.get("country", ""))
    key = f"[{name}, {country}]" if "country" in columns else name
    lines = ["  place:", "    as: city", "    class: glocal:City", f"    key: {key}"]
    lines += ["    columns:", f"      {name}: rdfs:label"]
    lines += [
        f"      {quoted(columns[role])}: {told.replace('%s', '')}"
        for role, told in _LABELS.items()
        if role in columns
    ]
    if "country" in columns:
        listed = ", ".join(f"{role}: {quoted(column)}" for role, column in columns.items())
        lines += [
            "    links: {glocal:locatedIn: country}",
            f"    match: {{{listed}}}",
            "  country:",
            "    class: glocal:Place",
            f"    key: {country}",
            f"    columns: {{{country}: rdfs:label}}",
            f"    match: {{country: {country}}}",
            "    constants: {glocal:kind: kind:country}",
        ]
    return lines


def things_of(
    twins: Twins,
    quoted: Callable[[str], str],
    grouping: Callable[[str], str],
    dates: list[str],
) -> list[str]:
    """The things of a mapping: cities, their countries and governments, and the partnership.

    ``grouping`` says how numbers of a column are written; ``dates`` are lines for the
    columns that tell when it began and ended.
    """
    both = "country" in twins.home and "country" in twins.partner
    lines = []
    for side, columns in (("home", twins.home), ("partner", twins.partner)):
        if "country" in columns:
            country = quoted(columns["country"])
            lines += [
                f"  country of {side}:",
                "    as: country",
                "    class: glocal:Place",
                f"    key: {country}",
                f"    columns: {{{country}: rdfs:label}}",
                f"    match: {{country: {country}}}",
                "    constants: {glocal:kind: kind:country}",
            ]
    for side, columns in (("home", twins.home), ("partner", twins.partner)):
        name = quoted(columns["name"])
        key = f"[{name}, {quoted(columns['country'])}]" if both else name
        lines += [f"  {side}:", "    as: city", "    class: glocal:City", f"    key: {key}"]
        if "latitude" in columns and "longitude" in columns:
            lines.append("    apart: 15  # kilometers: farther apart, two of one name are two")
        lines += ["    columns:", f"      {name}: rdfs:label"]
        lines += [
            f"      {quoted(columns[role])}: {told.replace('%s', grouping(columns[role]))}"
            for role, told in _LABELS.items()
            if role in columns
        ]
        if "country" in columns:
            lines.append(f"    links: {{glocal:locatedIn: country of {side}}}")
            listed = ", ".join(f"{role}: {quoted(column)}" for role, column in columns.items())
            lines.append(f"    match: {{{listed}}}")
    for side, columns in (("home", twins.home), ("partner", twins.partner)):
        told = '{property: rdfs:label, text: "City government of {}"}'
        lines += [
            f"  government of {side}:",
            "    as: government",
            "    class: glocal:Government",
            f'    key: "@{side}"',
            f"    columns: {{{quoted(columns['name'])}: {told}}}",
            f"    links: {{glocal:governs: {side}}}",
        ]
    pair = f"[{quoted(twins.home['name'])}, {quoted(twins.partner['name'])}]"
    lines += [
        "  partnership:  # the same two in another row, either way round, are one",
        "    class: glocal:Practice",
        '    key: ["@home", "@partner"]',
        "    symmetric: true",
        "    differ: [home, partner]",
        "    joined:",
        f'      - {{columns: {pair}, property: rdfs:label, with: " – ", sorted: true}}',
        "    links: {glocal:participant: [government of home, government of partner]}",
    ]
    headers = (*twins.home.values(), *twins.partner.values())
    if any(_TWINNED.search(column.lower()) for column in headers):
        lines.append("    constants: {glocal:kind: kind:twinning}")
    return [*lines, "    columns:", *dates] if dates else lines
