"""Labels of things, by the properties that name them: the usual ones and the user's own.

A property is one of these by being declared so: ``lib:title rdfs:subPropertyOf rdfs:label``.
"""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from glocal_kg._rdf.namespaces import DCTERMS, FOAF, RDFS, SKOS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any, Protocol

    from pyoxigraph import Quad

    class Looked(Protocol):
        """What facts are looked up in."""

        def quads_for_pattern(
            self, s: Any = ..., p: Any = ..., o: Any = ..., g: Any = ...
        ) -> Iterator[Quad]:
            """The facts with these parts; None stands for any."""

    Below = Callable[[NamedNode], Iterable[object]]  # what is declared below a property


LABELS = (RDFS.label, SKOS.prefLabel)
"""What names a thing for people, the first first."""
_OTHERS = frozenset((SKOS.altLabel, SKOS.hiddenLabel, DCTERMS.title, FOAF.name))
"""What SKOS, FOAF and DCMI declare below these, and what has its own place in the order."""


def subproperties(facts: Looked) -> Below:
    """What facts declare directly below a property."""
    p = RDFS.subPropertyOf
    return lambda above: (quad.subject for quad in facts.quads_for_pattern(None, p, above))


def own_properties(below: Below, *properties: NamedNode) -> list[NamedNode]:
    """The user's own among what is declared below some properties, near or far; sorted."""
    waiting, found = list(properties), dict.fromkeys(properties)
    while waiting:
        for one in below(waiting.pop()):
            if isinstance(one, NamedNode) and one not in found and one not in _OTHERS:
                found[one] = None
                waiting.append(one)
    return sorted(found.keys() - set(properties), key=str)


def label_properties(below: Below) -> tuple[NamedNode, ...]:
    """The properties that things are named by: the usual two, then the user's own."""
    return *LABELS, *own_properties(below, *LABELS)


def label_properties_of(facts: Looked) -> tuple[NamedNode, ...]:
    """The properties that things are named by in some facts."""
    return label_properties(subproperties(facts))


class Labels:
    """Labels of things, in the reader's order of languages, looked up when asked for.

    Where there is none in those languages, English and then any other serves.
    """

    def __init__(self, facts: Callable[[], Looked], languages: tuple[str, ...]) -> None:
        """``facts`` gives what is asserted when a label is wanted."""
        self._facts = facts
        self._languages = languages
        self._known: dict[NamedNode, Literal | None] = {}
        self._properties: tuple[NamedNode, ...] = ()

    def __call__(self, node: NamedNode) -> Literal | None:
        """The best label of a node, or None."""
        if node not in self._known:
            self._known[node] = self._look_up(node)
        return self._known[node]

    def with_names(self, names: Mapping[NamedNode, str]) -> Labels:
        """The same, with names for some things in place of their labels."""
        labels = Labels(self._facts, self._languages)
        labels._known = {node: Literal(name) for node, name in names.items()}
        return labels

    def absent(self) -> str:
        """That no name looked up so far is in the first language that was asked for; or ''."""
        tag = self._languages[0] if self._languages else "en"
        known = [label for label in self._known.values() if label is not None and label.language]
        if tag == "en" or not known or any(self._rank(label)[0] == 0 for label in known):
            return ""
        from glocal_kg._rdf.languages import language_fault

        why = f" ({fault})" if (fault := language_fault(tag)) else ""
        return f"No name here is in {tag!r}{why}; names in other languages are shown."

    def _look_up(self, node: NamedNode) -> Literal | None:
        facts = self._facts()
        if not self._properties:
            self._properties = (*label_properties_of(facts), DCTERMS.title, FOAF.name)
        for predicate in self._properties:
            quads = facts.quads_for_pattern(node, predicate)
            found = {quad.object for quad in quads if isinstance(quad.object, Literal)}
            if found:
                return min(found, key=self._rank)
        return None

    def _rank(self, label: Literal) -> tuple[int, str, str]:
        language = label.language or ""
        wanted = [*self._languages, "en", ""]
        for rank, tag in enumerate(wanted):
            if language == tag.lower() or (tag and language.startswith(tag.lower() + "-")):
                return rank, language, label.value
        return len(wanted), language, label.value
