"""Texts of a graph in Markdown, where they must not become markup."""

from __future__ import annotations

import re

from glocal_kg._rdf.escaping import visible

# Signs that begin or end something; an underscore within a word does neither.
_MARKS = re.compile(r"([\\`*{}\[\]|]|(?<!\w)_|_(?!\w)|^[#+-]|^\d+\.)")


def plain(text: str) -> str:
    """A text of the graph as one line of Markdown that is no markup: neither tags nor headings.

    >>> plain("A <b>bold</b>\\n# claim")
    'A &lt;b&gt;bold&lt;/b&gt; # claim'
    """
    escaped = visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    line = " ".join(escaped.split())
    return _MARKS.sub(r"\\\1", line)
