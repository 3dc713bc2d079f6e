"""Contexts in files of their own: those beside a document are read, none from the web."""

from __future__ import annotations

import os
from functools import cache
from typing import Any
from urllib.parse import unquote

from glocal_kg._rdf.reading.jsonld.contexts import Load
from glocal_kg._rdf.reading.jsonld.faults import JsonLdFault
from glocal_kg._rdf.reading.jsonld.json_text import parsed


def contexts_beside(path: str | None, base: str | None) -> Load:
    """Gives the documents in the folder of a file or below it, by their addresses.

    ``path`` is the file, None for a text in memory; ``base`` is the address that stands for it.
    """
    home = (base or "").partition("?")[0].partition("#")[0].rpartition("/")[0] + "/"
    folder = os.path.realpath(os.path.dirname(path)) if path is not None else None

    @cache
    def load(address: str) -> Any:
        if folder is None or not address.startswith(home):
            raise JsonLdFault(
                f"its context is '{address}', and contexts are not fetched from the web",
                'Write the "@context" into the file, or save it beside the file and name it there.',
            )
        written = unquote(address[len(home) :]).replace("\0", "%00")  # no file has it in its name
        found = os.path.realpath(os.path.join(folder, written))
        if not found.startswith(folder + os.sep) or not os.path.isfile(found):
            raise JsonLdFault(
                f"its context '{address[len(home) :]}' is no file beside it",
                "Save the context in the folder of the file.",
            )
        with open(found, "rb") as file:
            content = file.read()
        try:
            return parsed(content)
        except JsonLdFault as fault:
            there = os.path.basename(found) + (f", line {fault.line}" if fault.line else "")
            raise JsonLdFault(f"in the context {there}: {fault}", fault.remedy) from None

    return load
