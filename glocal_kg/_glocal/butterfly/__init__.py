"""The ideal map as a butterfly, drawn from the graph: read, lay out, write.

``content`` reads the map from the graph, ``layout`` places it, ``svg`` writes it; ``picture`` is
what callers hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from pyoxigraph import NamedNode

from glocal_kg._glocal.butterfly.content import HasFacts, read_map
from glocal_kg._glocal.butterfly.layout import lay_out
from glocal_kg._glocal.butterfly.svg import Butterfly
from glocal_kg._glocal.tongues import unspoken
from glocal_kg._rdf.namespaces import prefixes, using
from glocal_kg._rdf.store.facts import Facts
from glocal_kg.errors import ArgumentError, ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._glocal.row_queries import Asks

__all__ = ["Butterfly", "draw"]


def draw(
    source: Facts | HasFacts,
    *,
    map: NamedNode | str | None = None,
    language: str | Sequence[str] | None = None,
    size: str = "page",
    practices: str | Sequence[str] | None = None,
) -> Butterfly:
    """Draw an ideal map: principles as body, trends as wings, areas of attraction as flowers.

    ``source`` is a knowledge graph or its facts; ``map`` the map by its IRI, as prefix:name (with
    the prefixes of added files) or by its label; it may be left out where there is only one.
    Labels are in the first ``language`` that has one, else in English; by default the languages
    are those of the knowledge graph. ``size`` is ``page`` (A4 on its side) or ``talk`` (16 to 9,
    larger type). The same graph always gives the same bytes.

    ``practices`` prints beside each area of attraction how many practices of a corpus are in it:
    ``all``, ``mine`` (the user's own files), or IRIs of graphs; ``source`` is then a knowledge
    graph.

    The study of 2002 names the butterfly and its parts but does not say which pole is which
    wing, nor where the areas lie: that arrangement is ours, and the picture says so. Of another
    map the picture says that the butterfly itself is ours.

    Raises ``NotFoundError`` where the graph has no such map or nothing is on it,
    ``ParameterError`` for an unknown size or what is no IRI, ``GlocalError`` where one of
    several maps must be named.

    >>> draw(Facts.of([]))
    Traceback (most recent call last):
        ...
    glocal_kg.errors.NotFoundError: The graph has no ideal map. Start from gk.load(), or add one.
    """
    if language is None:
        language = getattr(source, "languages", ("en",))
    languages = (language,) if isinstance(language, str) else language
    if not isinstance(languages, list | tuple) or not all(isinstance(t, str) for t in languages):
        raise ArgumentError("language", language, "a language tag, or a list of these")
    languages = tuple(languages)
    with using(getattr(source, "prefixes", None) or prefixes()):
        content, more = read_map(source, map=map, languages=languages), ""
    if practices is not None:
        from glocal_kg._glocal.butterfly.practice_counts import count_practices

        if isinstance(source, Facts):
            raise ParameterError(
                "Practices are counted in a knowledge graph.", remedy="Give one, not its facts."
            )
        areas = [element.iri for element in content.areas.elements]
        chosen = None if practices == "all" else practices
        counts = count_practices(cast("Asks", source), areas, chosen)
        content, more = counts.on(content), counts.note(languages)
    return replace(
        Butterfly.of(lay_out(content, size, languages, more)), remarks=unspoken(languages)
    )
