"""JSON read without losing a part, and the canonical forms that literals get."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from typing import Any

from glocal_kg._rdf.reading.jsonld.faults import JsonLdFault


def parsed(content: bytes) -> Any:
    """The content of a text in JSON; a fault where two names of an object are the same."""
    try:
        return json.loads(
            content, object_pairs_hook=_object, parse_constant=constant, parse_int=integer
        )
    except json.JSONDecodeError as error:
        said = error.msg[0].lower() + error.msg[1:]
        raise JsonLdFault(
            f"this is no JSON: {said}", "Correct this place.", error.lineno, error.colno
        ) from None
    except UnicodeDecodeError as error:
        raise JsonLdFault(f"this is not UTF-8: {error.reason}", "Save the file in UTF-8.") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise twice(next(name for name in names if names.count(name) > 1))
    return found


def twice(name: str, line: int | None = None) -> JsonLdFault:
    """The fault where a name stands twice in an object."""
    return JsonLdFault(
        f"'{name}' stands twice in one object, and one of them would be lost",
        "Put both values into a list.",
        line,
    )


def integer(text: str) -> int:
    """A whole number as JSON has it; a fault where Python would not read it."""
    try:
        return int(text)
    except ValueError:  # Python reads no more than some thousand digits
        raise JsonLdFault(
            f"a number has {len(text):,} digits", 'Write it as text with "@type": "xsd:integer".'
        ) from None


def constant(name: str) -> Any:
    """The fault for what other readers of JSON take for a number."""
    raise JsonLdFault(
        f"{name} is no number in JSON", 'Write it as text with "@type": "xsd:double".'
    )


def double(value: float) -> str:
    """The canonical form of an xsd:double, with all digits that tell it from others.

    >>> double(5.3), double(100), double(1e-7)
    ('5.3E0', '1.0E2', '1.0E-7')
    """
    value = _finite(value)
    if value == 0:
        return "-0.0E0" if math.copysign(1, value) < 0 else "0.0E0"
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    text = "".join(map(str, digits))
    power = int(exponent) + len(text) - 1
    return f"{'-' * sign}{text[0]}.{text[1:] or '0'}E{power}"


def _finite(value: float) -> float:
    try:
        found = float(value)
    except OverflowError:
        found = math.inf
    if math.isinf(found):
        raise JsonLdFault("a number is larger than a double can be", "Write it as text.")
    return found


def canonical(value: Any) -> str:
    """JSON in the canonical form of RFC 8785: sorted keys, no blanks, numbers as in ECMAScript.

    >>> canonical({"b": 1.0, "a": [1e21, "é", None]})
    '{"a":[1e+21,"é",null],"b":1}'
    """
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(f"{_text(key)}:{canonical(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    return _number(_finite(value))


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _number(value: float) -> str:
    if value == 0:
        return "0"
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    text = "".join(map(str, digits))
    point = int(exponent) + len(text)  # how many digits stand before the point
    if len(text) <= point <= 21:
        told = text + "0" * (point - len(text))
    elif 0 < point <= 21:
        told = text[:point] + "." + text[point:]
    elif -6 < point <= 0:
        told = "0." + "0" * -point + text
    else:
        power = point - 1
        told = text[0] + ("." + text[1:] if len(text) > 1 else "")
        told += f"e{'+' if power > 0 else '-'}{abs(power)}"
    return "-" * sign + told
