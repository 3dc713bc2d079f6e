"""One item of the checklist: its number, what it asks, how bad a fault is, and how it is found.

An item that can be looked at here has ``run``; one that cannot (it needs the web, a server or
a reader) has a ``reason`` instead. An item speaks through findings: none means that it passed.
It may also yield texts, which are evidence of what it saw.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from glocal_kg._study.vocab import RESOURCE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._quality.material import Material

Severity: TypeAlias = Literal["error", "warning", "info"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""How bad a fault is, worst first. An info is worth a look and fails no check."""

GROUPS = {
    1: "Identity and IRIs",
    20: "Ontology header",
    41: "Terms and axioms",
    88: "Reuse and links",
    95: "Instance data",
    110: "Dataset description",
    126: "Dump files",
    136: "Dereferencing and HTTP",
    144: "SPARQL service",
    152: "Documentation and community",
}
"""The groups of the checklist by the number of their first item."""

LAST = 157


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: what it is about, what was found there, and what to do.

    ``subject`` is an IRI, a blank node (``_:b``) or the name of a file. Without ``remedy`` and
    ``severity`` those of the item hold.
    """

    subject: str
    evidence: str
    remedy: str = ""
    severity: Severity | None = None


def verified(m: Material, *checks: str) -> Iterator[Fault]:
    """What ``glocal publish --verify`` finds in a release, of some kinds."""
    for found in m.release_findings:
        if not {found.check, *found.also}.isdisjoint(checks):
            yield Fault(found.path, found.message)


Check: TypeAlias = "Callable[[Material], Iterable[Fault | str]]"


class NotChecked(Exception):
    """Raised by an item that cannot be looked at in this material; the text is the reason."""


@dataclass(frozen=True)
class Item:
    """One item of the checklist.

    ``of`` names what it looks at (see ``scope``): where there is none of that, the item is not
    checked. ``how`` says how it is looked at: ``query``, ``code``, or what it would need: ``web``,
    ``server``, ``reader``.

    >>> Item(44, "error", "Every term has a label").group
    'Terms and axioms'
    """

    number: int
    severity: Severity
    title: str
    of: str = ""
    remedy: str = ""
    how: str = "code"
    run: Check | None = None
    reason: str = ""

    def __reduce__(self) -> tuple[object, ...]:
        """An item of the checklist travels by its number, as its work is code."""
        from glocal_kg._quality.checklist import items

        known = items()[self.number - 1]
        fields = (self.number, self.severity, self.title, self.of, self.remedy, self.how)
        return (_known, (self.number,)) if known is self else (Item, (*fields, None, self.reason))

    @property
    def group(self) -> str:
        """The group of the checklist that the item belongs to."""
        return GROUPS[max(first for first in GROUPS if first <= self.number)]

    @property
    def iri(self) -> str:
        """The IRI by which reports name the item.

        >>> Item(44, "error", "Every term has a label").iri
        'https://w3id.org/glocal/id/check/quality-44'
        """
        return f"{RESOURCE}check/quality-{self.number}"


def _known(number: int) -> Item:
    from glocal_kg._quality.checklist import items

    return items()[number - 1]


def item(number: int, severity: Severity, *, of: str, remedy: str) -> Callable[[Check], Item]:
    """Make an item of a function from the material to findings; its docstring is the title.

    >>> @item(5, "warning", of="terms", remedy="Drop it.")
    ... def no_extension(material):
    ...     '''No file extension in an IRI.'''
    ...     return []
    >>> no_extension.number, no_extension.title
    (5, 'No file extension in an IRI')
    """

    def make(run: Check) -> Item:
        title = (run.__doc__ or "").strip().removesuffix(".")
        return Item(number, severity, title, of, remedy, "code", run)

    return make
