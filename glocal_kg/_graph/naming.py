"""Names: of graphs, and of the things that people mean by them."""

from __future__ import annotations

import os
from contextlib import suppress

from pyoxigraph import Literal, NamedNode

from glocal_kg._questions.parameters import read_iri
from glocal_kg._rdf.arguments import PATH, Kind, expect
from glocal_kg._rdf.labels import label_properties_of
from glocal_kg._rdf.namespaces import DCTERMS, FOAF, SKOS, using
from glocal_kg._study.packaged import is_packaged
from glocal_kg._study.vocab import IMPORT, INFERRED, INFERRED_INTERPRETED
from glocal_kg.errors import GlocalError, NotFoundError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from glocal_kg._graph.asking import Asking
    from glocal_kg._graph.graph import Graph


def graph_name(iri: str | NamedNode) -> NamedNode:
    """The name of a graph that may be written to; ``GlocalError`` for any other."""
    try:
        graph = iri if isinstance(iri, NamedNode) else NamedNode(iri)
    except (ValueError, TypeError) as error:
        raise GlocalError(
            f"'{iri}' cannot name a graph: {error}.", remedy="Give an IRI in full."
        ) from None
    if graph in (INFERRED, INFERRED_INTERPRETED):
        raise GlocalError(
            f"The graph <{graph.value}> holds only what infer() puts there.",
            remedy="Put these statements into a graph of your own.",
        )
    return graph


def graph_named(
    kg: Graph,
    name: str | NamedNode,
    homes: Mapping[NamedNode, str],
    *,
    to_change: bool = False,
) -> NamedNode:
    """A graph that holds facts; ``homes`` says which file each came from. See ``Graph``.

    The name of a file without its folders, and the last part of an IRI, will do where just one
    graph has it; the user's own graphs go before the packaged ones, which nobody means by so
    little who is about ``to_change`` something.
    """
    from glocal_kg._rdf.reading import Source

    held = sorted(kg.graphs(), key=is_packaged)
    text = name.value if isinstance(name, NamedNode) else str(name)
    path = _path_in_full(text)
    wanted = {text, IMPORT + Source(text).slug}
    wanted |= {graph.value for graph, address in homes.items() if address == path}
    with suppress(ValueError):
        wanted.add(kg.prefixes.expand(text).value)
    found = [graph for graph in held if graph.value in wanted]
    if found:
        return found[0]
    if graphs := graphs_of_file(kg, text):
        how_many = f"{len(graphs)} graphs" if graphs[1:] else "a graph"
        raise NotFoundError(
            f"The statements of '{text}' went into {how_many} that it names, and none of its own.",
            remedy=f"Name the graph: {' or '.join(one.value for one in graphs[:5])}.",
            name=text,
            suggestions=tuple(one.value for one in graphs),
        )
    short = {graph: _short(graph, homes) for graph in held}
    several: list[NamedNode] = []
    for theirs in (False,) if to_change else (False, True):
        fit = [one for one in held if is_packaged(one) == theirs and text in short[one]]
        if len(fit) == 1:
            return fit[0]
        several += fit
    from difflib import get_close_matches

    # Nobody who misses a file of their own is to change a packaged graph instead.
    offered = [one for one in held if not (to_change and is_packaged(one))]
    ends = {name: graph.value for graph in reversed(offered) for name in short[graph]}
    own = [one.value for one in held if not is_packaged(one)]
    stem = os.path.basename(text).partition(".")[0]
    near = [ends[one] for one in get_close_matches(stem, sorted(ends), 3, 0.6)]
    close = [one.value for one in several] or near
    close = close or get_close_matches(text, [one.value for one in offered], 3, 0.4)
    close = sorted(close, key=lambda one: one not in own)[:3]
    others = [one for one in own if one not in close][:3]
    close = list(dict.fromkeys(close))
    told = [f"Did you mean {' or '.join(close)}?"] if close else []
    told += [f"{'Others of yours' if close else 'Yours'}: {', '.join(others)}."] if others else []
    raise NotFoundError(
        f"There is no graph '{text}'.",
        remedy=" ".join(told) or "kg.graphs() lists them.",
        name=text,
        suggestions=close,
    )


def yours(kg: Graph) -> str:
    """What one may name as a source of one's own, as a sentence."""
    files = list(dict.fromkeys(source.name for source, _ in kg.sources))
    if not files:
        return "'mine' is all that is added; nothing is yet."
    more = f" and {len(files) - 5} more" if files[5:] else ""
    return f"'mine' is all that you added: {', '.join(files[:5])}{more}."


def no_source(kg: Graph, error: NotFoundError) -> NotFoundError:
    """The error about a name that is no source, with what one may name."""
    remedy = f"{error.remedy} {yours(kg)}"
    return NotFoundError(
        error.message, remedy=remedy, name=error.name, suggestions=error.suggestions
    )


def graphs_of_file(kg: Graph, name: str) -> tuple[NamedNode, ...]:
    """The graphs that a file filled, by its path or name, where it names some; () for others."""
    path, end = _path_in_full(name), os.path.basename(name)
    for source, home in reversed(kg.sources):
        mine = source.address == path or os.path.basename(source.name) == end == name
        if mine and source.graphs not in ((), (home,)):
            return source.graphs
    return ()


def _path_in_full(name: str) -> str:
    """A path with its folders and without links; empty for what can be none."""
    return os.path.realpath(name) if PATH.fits(name) else ""


def _short(graph: NamedNode, homes: Mapping[NamedNode, str]) -> set[str]:
    """The names that a graph has without folders: the end of its IRI, and its file's name."""
    file = os.path.basename(homes.get(graph, ""))
    end = graph.value.rstrip("/#").replace("#", "/").rpartition("/")[2]
    return {name for name in (end, file, file.partition(".")[0]) if name}


def things_named(kg: Asking, name: str) -> list[NamedNode]:
    """The things of a name, in any language, accents and case apart; sorted by IRI.

    >>> from glocal_kg import load
    >>> [node.value.rsplit("/", 1)[-1] for node in things_named(load(), "kigali")]
    ['kigali']
    """
    import numpy as np

    from glocal_kg._rdf.languages import folded

    moment, selection = kg.facts.moment, kg.facts.selection
    wanted = folded(name)
    first = (*label_properties_of(kg.facts), DCTERMS.title, FOAF.name)
    for properties in (first, (SKOS.altLabel,)):  # these count where the first find nothing
        found: set[NamedNode] = set()
        for p in properties:
            number = moment.find(p)
            if number is None:
                continue
            subjects, _, objects = moment.scan(None, number, None, selection)
            texts = np.unique(objects)
            same = [
                at
                for at, term in zip(texts.tolist(), moment.terms(texts), strict=True)
                if isinstance(term, Literal) and folded(term.value) == wanted
            ]
            terms = moment.terms(np.unique(subjects[np.isin(objects, same)]))
            found |= {term for term in terms if isinstance(term, NamedNode)}
        if found:
            return sorted(found, key=str)
    return []


THING = Kind(
    "an IRI, as prefix:name or in full, or the name of a thing",
    lambda given: isinstance(given, NamedNode) or (isinstance(given, str) and given.strip() != ""),
)


def meant(kg: Asking, given: str | NamedNode) -> NamedNode:
    """The thing that is meant: by its IRI, as prefix:name, or by a name that only it has.

    Raises ``NotFoundError`` for a name of nothing, and for one of several things with their IRIs.
    """
    expect("name", given, THING)
    with suppress(ValueError, TypeError), using(kg.prefixes):
        return read_iri(given)
    found = things_named(kg, str(given))
    if len(found) == 1:
        return found[0]
    short = [kg.prefixes.shorten(node.value) for node in found]
    if found:
        raise NotFoundError(
            f"'{given}' is the name of {len(found)} things.",
            remedy=f"Say which: {' or '.join(short)}.",
            name=str(given),
            suggestions=short,
        )
    near = [kg.prefixes.shorten(node.value) for node in _things_named_nearly(kg, str(given))]
    asked = f"Did you mean {' or '.join(near)}? Else give" if near else "Give"
    raise NotFoundError(
        f"Nothing is called '{given}'.",
        remedy=f"{asked} an IRI in full or as prefix:name; search finds things by words.",
        name=str(given),
        suggestions=near,
    )


def _things_named_nearly(kg: Asking, name: str, most: int = 3) -> list[NamedNode]:
    """The things whose names are written almost as one is; the nearest first."""
    from difflib import get_close_matches

    import numpy as np

    from glocal_kg._rdf.languages import folded

    moment, selection = kg.facts.moment, kg.facts.selection
    wanted = folded(name)
    held: dict[str, list[NamedNode]] = {}
    for p in (*label_properties_of(kg.facts), DCTERMS.title, FOAF.name, SKOS.altLabel):
        number = moment.find(p)
        if number is None:
            continue
        subjects, _, objects = moment.scan(None, number, None, selection)
        texts = np.unique(objects)
        for at, term in zip(texts.tolist(), moment.terms(texts), strict=True):
            text = folded(term.value) if isinstance(term, Literal) else ""
            # To compare all letters of all names would take seconds where there are many.
            if text[:1] == wanted[:1] and abs(len(text) - len(wanted)) <= _SLIPS:
                things = moment.terms(np.unique(subjects[objects == at]))
                held.setdefault(text, []).extend(t for t in things if isinstance(t, NamedNode))
    close = get_close_matches(wanted, held, most, _NEAR)
    found = [node for text in close for node in sorted(held[text], key=str)]
    return list(dict.fromkeys(found))[:most]


_SLIPS = 3  # letters too many or missing in a name
_NEAR = 0.8
