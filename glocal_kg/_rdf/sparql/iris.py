"""Relative IRIs: what they are with a base, as RFC 3986 says it in section 5.2."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

_SCHEME: Final = r"[A-Za-z][A-Za-z0-9+.\-]*"


@cache
def _scheme() -> re.Pattern[str]:
    return re.compile(f"{_SCHEME}:")


@cache
def _parts() -> re.Pattern[str]:
    """Scheme, host, path, query and fragment of an IRI."""
    scheme = rf"(?:({_SCHEME}):)?"
    rest = r"(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?"
    return re.compile(scheme + rest, re.DOTALL)


def is_absolute(iri: str) -> bool:
    """Whether an IRI has a scheme.

    >>> is_absolute("urn:x"), is_absolute("//host/x")
    (True, False)
    """
    return _scheme().match(iri) is not None


def resolved(iri: str, base: str) -> str:
    """An IRI with a base; one with a scheme stays as it is written.

    >>> resolved("../c#d", "http://host/a/b/x?y")
    'http://host/a/c#d'
    """
    found, under = _parts().match(iri), _parts().match(base)
    if found is None or under is None or found.group(1):
        return iri
    _, host, path, query, fragment = found.groups()
    scheme, base_host, base_path, base_query, _ = under.groups()
    if host is not None:
        path = _without_dots(path)
    else:
        host = base_host
        if not path:
            path = base_path
            query = base_query if query is None else query
        elif path.startswith("/"):
            path = _without_dots(path)
        else:
            folder = base_path[: base_path.rfind("/") + 1]
            path = _without_dots(("/" if host is not None and not base_path else folder) + path)
    return (
        f"{scheme}:"
        + (f"//{host}" if host is not None else "")
        + path
        + (f"?{query}" if query is not None else "")
        + (f"#{fragment}" if fragment is not None else "")
    )


def _without_dots(path: str) -> str:
    kept: list[str] = []
    parts = path.split("/")
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        if part == "..":
            if len(kept) > 1 or (kept and kept[0]):
                kept.pop()
        elif part != ".":
            kept.append(part)
            continue
        if last:
            kept.append("")
    return "/".join(kept)
