"""Items that nobody can look at from here: they need the web, a server, a reader or a build."""

from __future__ import annotations

from glocal_kg._quality.item import Item, Severity

_REASONS = {
    "web": "it asks the web, and nothing is asked of the web",
    "server": "it asks a running server, and none is asked here: not looked at",
    "reader": "it takes a reader",
}
_TABLE: tuple[tuple[int, Severity, str, str, str], ...] = (
    (23, "warning", "The address of the license answers", "web", ""),
    (86, "info", "Class names that can mean two things are reviewed", "reader", ""),
    (94, "warning", "Links to others answer, as far as a sample goes", "web", ""),
    (
        127, "error", "Two builds of a release are the same byte for byte", "reader",
        "it builds the release twice; the tests of the release do",
    ),
    (134, "error", "Two independent stores load the dump and answer alike", "server", ""),
    (136, "error", "Each IRI gives HTML or RDF as asked for", "server", ""),
    (137, "error", "Redirects and headers are those of linked data", "server", ""),
    (138, "error", "A version IRI gives what it gave before", "server", ""),
    (139, "error", "Unknown, deprecated and deleted things answer as such", "server", ""),
    (140, "warning", "Answers have ETag and Last-Modified, and HEAD works", "server", ""),
    (141, "error", "The redirects of w3id.org pass the same cases", "server", ""),
    (143, "warning", "The well-known addresses answer", "server", ""),
    (144, "error", "The SPARQL protocol is kept, in all forms and formats", "server", ""),
    (145, "error", "The Graph Store protocol is kept", "server", ""),
    (146, "error", "What the service says of itself is true", "server", ""),
    (147, "error", "The service is read-only, and running out of time is an error", "server", ""),
    (148, "error", "A syntax error gives 400 and its place", "server", ""),
    (149, "warning", "Pages of others may ask the service", "server", ""),
    (150, "error", "Each example query runs in time and has rows", "server", ""),
    (151, "warning", "The interface is documented and not broken", "server", ""),
    (152, "warning", "All that MIRO demands is answered", "reader", ""),
    (
        155, "error", "The code in tutorial and README runs", "reader",
        "it runs the code of the documents; the tests of the project do",
    ),
    (156, "warning", "There is a way to answer back, and answers are public", "reader", ""),
    (157, "info", "The registries know it", "web", ""),
)  # fmt: skip

ITEMS = tuple(
    Item(number, severity, title, how=how, reason=reason or _REASONS[how])
    for number, severity, title, how, reason in _TABLE
)
