"""``glocal network``: who is linked with whom, measured, or written to a file."""

from __future__ import annotations

from glocal_kg._cli.common import LANG, OWN, graph, on_terminal, tell, tongue, write
from glocal_kg._cli.options import Given, Option, Verb

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

ENGINES = ("auto", "networkx", "rustworkx")
KINDS = ("partnerships", "co-participation", "participation", "relations")

VERB = Verb(
    "network [KIND] [options]",
    "A network in the graph: partnerships (default), co-participation, participation (actors to\n"
    "practices), or relations (concepts to concepts). Shows its measures, or writes it to a file\n"
    "for Gephi (.gexf), yEd and igraph (.graphml) or maps (.geojson), or as a picture (.svg,\n"
    ".png). Exit code 1: no links.",
    "glocal network partnerships -d corpus.ttl\n"
    "glocal network co-participation --weight share --output cities.gexf",
    [
        Option(
            "--output -o",
            "write it: .gexf, .graphml, .geojson, .svg, .png",
            value="FILE",
            writes=True,
        ),
        Option("--weight", "what a link weighs", choices=("count", "share", "distance")),
        Option("--source", "read only a graph, or mine", value="IRI", many=True),
        Option("--interpretations", "read interpretations too"),
        Option("--sample", "estimate betweenness from so many nodes", value="N", without="output"),
        Option("--engine", "what works out betweenness", choices=ENGINES, without="output"),
        Option(
            "--seed",
            "the seed of samples and communities (default: 1)",
            value="N",
            without="output",
        ),
        Option("--most-links", "refuse larger networks (default: 2000000)", value="N"),
        Option(
            "--format -f",
            "how to write the measures",
            choices=("text", "csv", "json", "html"),
            without="output",
        ),
        *OWN,
        LANG,
    ],
    most=1,
)


def run(given: Given) -> int:
    """Project, and measure or write."""
    from glocal_kg._glocal.networks.exporting import export
    from glocal_kg._glocal.networks.measures import measure

    found = graph(given).network(
        given.arguments[0] if given.arguments else "partnerships",  # type: ignore[arg-type]  # who gives another word is told
        source=given.all("source") or None,
        weight=given.one("weight", "count"),  # type: ignore[arg-type]  # who gives another word is told
        interpretations=given.has("interpretations"),
        most_links=given.whole("most-links", 2_000_000),
    )
    code = 0 if found.number_of_edges() else 1
    if code:
        where = "there" if given.has("source") else "in the graph"
        tell(f"Nobody is linked with anybody {where}; `glocal practices` lists who takes part.")
    if given.has("output"):
        _tell_unplaced(given.one("output"), found.nodes)
        write(str(export(found, given.one("output"), language=tongue(given))))
        return code
    sample = given.whole("sample", 1) if given.has("sample") else None
    measured = measure(
        found,
        seed=given.whole("seed", 1),
        sample=sample,
        engine=given.one("engine", "auto"),
        language=tongue(given),
    )
    shape = given.one("format") or ("text" if on_terminal() else "csv")
    write(
        {
            "text": measured.to_text,
            "csv": measured.to_csv,
            "json": measured.to_json,
            "html": measured.to_html,
        }[shape]()
    )
    return code


def _tell_unplaced(path: str, nodes: Mapping[str, Any]) -> None:
    """Of a file for maps: that nothing has a place in it, and what to do."""
    from glocal_kg._glocal.gazetteer_points import unplaced

    wanted = [node for node in nodes if nodes[node]["kind"] == "City"] or [*nodes]
    if path.lower().endswith(".geojson") and nodes:
        for remark in unplaced(nodes, wanted):
            tell(remark)
