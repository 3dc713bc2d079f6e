"""Names of files that every system takes: not too long, and none that Windows keeps for itself."""

from __future__ import annotations

from hashlib import sha256

LONGEST = 80
"""Bytes of a name without its suffix; file systems take 255, archives and paths much less."""

_RESERVED = {"con", "prn", "aux", "nul"} | {
    f"{name}{n}" for name in ("com", "lpt") for n in range(10)
}


def safe_name(slug: str) -> str:
    """A name as it is where all systems take it, else one that is close and unmistakable.

    >>> safe_name("city"), safe_name("con"), safe_name("nul.data")
    ('city', 'con_', 'nul_.data')
    >>> safe_name("名" * 90)
    '名名名名名名名名名名名名名名名名名名名名名名名-e46e0298'
    """
    first, dot, rest = slug.partition(".")
    if first.lower() in _RESERVED:
        slug = f"{first}_{dot}{rest}"
    if len(slug.encode()) <= LONGEST:
        return slug
    digest = sha256(slug.encode()).hexdigest()[:8]
    short = slug.encode()[: LONGEST - 9].decode(errors="ignore").rstrip(".-")
    return f"{short}-{digest}"
