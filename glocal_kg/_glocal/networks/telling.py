"""The measures of a network as text for a terminal and as HTML for a notebook and a report."""

from __future__ import annotations

from collections.abc import Iterator

from glocal_kg._glocal.networks.measures import NetworkMeasures, NodeMeasures, parts_of
from glocal_kg._glocal.networks.words import WORDS
from glocal_kg._rdf.escaping import escape

_COLUMNS = ("name", "kind", "links", "neighbors", "core", "betweenness", "component", "community")


def whole(measured: NetworkMeasures) -> Iterator[str]:
    """The figures of the whole network, a sentence each, in the language of the measures."""
    said = WORDS[measured.language]
    projection = str(measured.about.get("projection", "network"))
    yield said.whole.format(
        network=said.names.get(projection, projection),
        nodes=len(measured.nodes),
        links=measured.links,
        pairs=measured.pairs,
        loops=measured.loops,
    )
    sizes = ", ".join(map(str, measured.components[:5])) or "0"
    yield said.components.format(components=len(measured.components), largest=sizes)
    yield said.communities.format(
        communities=len(measured.communities), bridges=len(measured.bridges)
    )
    if measured.modularity is not None:
        yield said.modularity.format(modularity=f"{measured.modularity:.4f}")
    by = parts_of(measured.about.get("partners_by"))
    if by:
        counted = [one.rpartition(": ") for one in by]
        told = ", ".join(f"{said.by.get(name, name)} {count}" for name, _, count in counted)
        yield said.partners.format(said=told)


def text(measured: NetworkMeasures) -> str:
    """Figures of the whole, the ten nodes between most others, and how it was worked out."""
    said = WORDS[measured.language]
    rows = [list(said.columns), *(_cells(node) for node in measured.top())]
    widths = [max(len(row[k]) for row in rows) for k in range(len(_COLUMNS))]
    table = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    foot = (*measured.method, measured.origin_text(said.language))
    return "\n".join([*whole(measured), "", *table, "", *foot, ""])


def html(measured: NetworkMeasures) -> str:
    """The same as HTML."""
    said = WORDS[measured.language]
    head = "".join(f"<th>{escape(name)}</th>" for name in said.columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in _cells(node)) + "</tr>\n"
        for node in measured.top()
    )
    told = "".join(f"<p>{escape(line)}</p>\n" for line in whole(measured))
    foot = " ".join((*measured.method, measured.origin_text(said.language)))
    return (
        f"{told}<table><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table>\n"
        f"<p>{escape(foot)}</p>\n"
    )


def _cells(node: NodeMeasures) -> list[str]:
    found = []
    for name in _COLUMNS:
        value = getattr(node, name)
        found.append(f"{value:.6f}" if isinstance(value, float) else str(value))
    return found
