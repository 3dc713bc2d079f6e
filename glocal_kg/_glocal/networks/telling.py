"""The measures of a network as text for a terminal and as HTML for a notebook and a report."""

from __future__ import annotations

from glocal_kg._glocal.networks.measures import NetworkMeasures, NodeMeasures
from glocal_kg._rdf.visible import escape

_COLUMNS = ("name", "kind", "links", "neighbors", "core", "betweenness", "component", "community")


def whole(measured: NetworkMeasures) -> list[str]:
    """The figures of the whole network, a sentence each."""
    name = str(measured.about.get("projection", "network"))
    sizes = ", ".join(map(str, measured.components[:5])) or "none"
    more = ", …" if len(measured.components) > 5 else ""
    lines = [
        f"{name}: {len(measured.nodes)} nodes, {measured.links} links between {measured.pairs} "
        f"pairs, {measured.loops} links of a node with itself.",
        f"Components: {len(measured.components)}, of sizes {sizes}{more}.",
        f"Communities: {len(measured.communities)}; bridges: {len(measured.bridges)}.",
    ]
    if measured.modularity is not None:
        lines.append(f"Modularity of the communities: {measured.modularity:.4f}.")
    return lines


def text(measured: NetworkMeasures) -> str:
    """Figures of the whole, the ten nodes between most others, and how it was worked out."""
    rows = [list(_COLUMNS), *(_cells(node) for node in measured.top())]
    widths = [max(len(row[k]) for row in rows) for k in range(len(_COLUMNS))]
    table = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    method = [f"{line[:1].upper()}{line[1:]}." for line in measured.method]
    return "\n".join([*whole(measured), "", *table, "", *method, measured.origin_text(), ""])


def html(measured: NetworkMeasures) -> str:
    """The same as HTML."""
    head = "".join(f"<th>{name}</th>" for name in _COLUMNS)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in _cells(node)) + "</tr>\n"
        for node in measured.top()
    )
    said = "".join(f"<p>{escape(line)}</p>\n" for line in whole(measured))
    method = escape("; ".join(measured.method))
    return (
        f"{said}<table><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table>\n"
        f"<p>{method}. {escape(measured.origin_text())}</p>\n"
    )


def _cells(node: NodeMeasures) -> list[str]:
    found = []
    for name in _COLUMNS:
        value = getattr(node, name)
        found.append(f"{value:.6f}" if isinstance(value, float) else str(value))
    return found
