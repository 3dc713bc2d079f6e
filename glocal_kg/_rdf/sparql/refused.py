"""What is refused of queries that another engine answers: pyshacl's, by rdflib.

rdflib has its own ideas of where a word ends, so SERVICE is looked for in the bare text,
whatever a reading by tokens makes of it.
"""

from __future__ import annotations

import re
from typing import Final

_GAP = r"(?>\s|#[^\n\r]*+[\n\r])*+"
_ENDPOINT = r"(?:<[^>]*>|(?:\\.|[^\s{#<>\\])+)"
_CALL: Final = re.compile(rf"(?i)service{_GAP}(?:silent{_GAP})?{_ENDPOINT}{_GAP}\{{")


def service_at(text: str) -> int | None:
    """Where a query calls another server, or None where it does not.

    A text or comment that reads like a call counts as one; a variable does not.

    >>> service_at("SELECT * { ?s ?p true.SERVICE <urn:s> { } }")
    22
    >>> service_at("SELECT ?service ?x { ?service a ?x }") is None
    True
    """
    start = 0
    while found := _CALL.search(text, start):
        word = found.start()
        while word and (text[word - 1].isalnum() or text[word - 1] == "_"):
            word -= 1
        if not word or text[word - 1] not in "?$":
            return found.start()
        start = found.start() + 1
    return None
