"""Attributes of nodes and links as the formats of graphs can hold them.

Their types are integer, double, boolean and string, one for each attribute. A list becomes the
text of a JSON array, which Gephi reads as a list; a date becomes its ISO text; a missing value
is left out and is no empty text; an attribute of numbers and texts is text.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

_NOT_IN_NAMES = re.compile("[^\\w.:-]|[\xaa-\xb6\xb8-\xbf]")  # beside what NMTOKEN holds
# What XML 1.0 cannot hold: control characters and half pairs.
_NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def types(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The type of each attribute over all rows, by name.

    >>> types([{"a": 1, "b": None}, {"a": 1.5, "b": ["x"], "c": True}])
    {'a': 'double', 'b': 'liststring', 'c': 'boolean'}
    """
    found: dict[str, str] = {}
    for row in rows:
        for name, value in row.items():
            kind = _type(value)
            if kind:
                found[name] = _common(found.get(name, kind), kind)
    return dict(sorted(found.items()))


def shown(value: Any) -> str | None:
    """A value as text, or None where it is missing.

    >>> shown([1, None]), shown(True), shown(datetime.date(2003, 7, 1)), shown(float("nan"))
    ('[1, null]', 'true', '2003-07-01', None)
    """
    if not _type(value):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return {float("inf"): "INF", float("-inf"): "-INF"}.get(value, repr(value))
    if isinstance(value, list | tuple | set | frozenset):
        return clean(json.dumps(plain(value), ensure_ascii=False))
    return clean(str(plain(value)))


def plain(value: Any) -> Any:
    """A value as JSON can hold it: dates as text, sets in order, missing numbers as null."""
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted((plain(one) for one in value), key=str)
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return None
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def clean(text: str) -> str:
    """A text as XML can hold it: characters that it cannot are shown as U+FFFD."""
    return _NOT_IN_XML.sub("\ufffd", text)


def as_name(name: str, taken: Collection[str] = ()) -> str:
    """A name as an NMTOKEN of XML: other signs become ``_``, and what is taken gets a number.

    >>> as_name("date founded"), as_name("name_zh-hant"), as_name("a b", {"a_b"})
    ('date_founded', 'name_zh-hant', 'a_b_2')
    """
    token = _NOT_IN_NAMES.sub("_", name) or "_"
    tried, number = token, 2
    while tried in taken:
        tried, number = f"{token}_{number}", number + 1
    return tried


def _type(value: Any) -> str:
    if value is None or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        bits = value.bit_length()
        return "integer" if bits < 32 else "long" if bits < 64 else "string"
    if isinstance(value, float):
        return "double"
    return "liststring" if isinstance(value, list | tuple | set | frozenset) else "string"


def _common(one: str, other: str) -> str:
    """The type that holds the values of both."""
    if one == other:
        return one
    if {one, other} <= {"integer", "long"}:
        return "long"
    return "double" if {one, other} <= {"integer", "long", "double"} else "string"
