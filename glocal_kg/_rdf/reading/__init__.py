"""From files and other sources to quads, with errors that name the place.

A source is never guessed from its looks: a ``str`` or path is always a path, text is wrapped
in ``Text``, and everything else is an rdflib graph or an iterable of quads or triples.
"""

from __future__ import annotations

from glocal_kg._rdf.reading.document import Source
from glocal_kg._rdf.reading.source import Readable, Text, open_source

__all__ = ["Readable", "Source", "Text", "open_source"]
