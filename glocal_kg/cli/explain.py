"""``glocal explain``: why a fact holds."""

from __future__ import annotations

from glocal_kg.cli.common import DATA, LANG, graph, write
from glocal_kg.cli.options import Given, Option, Verb

VERB = Verb(
    "explain SUBJECT PREDICATE OBJECT [options]",
    "Infer, and show the shortest proof of a fact: its rules, down to asserted facts with their\n"
    "graph and the passage of the source. Terms are IRIs in full or as prefix:name.",
    "glocal explain actor:municipality-of-rome rdf:type glocal:SubnationalActor",
    [
        Option("--all", "independent proofs, at most ten, not only the shortest"),
        Option(
            "--format -f",
            "how to write it (default: text)",
            choices=("text", "json", "turtle", "mermaid"),
        ),
        DATA,
        LANG,
    ],
    least=3,
    most=3,
)


def run(given: Given) -> int:
    """Prove, and write the proof."""
    kg = graph(given)
    kg.infer()
    subject, predicate, object = given.arguments
    explanation = kg.explain(subject, predicate, object)
    shown = explanation.others() if given.has("all") else [explanation]
    format = given.one("format", "text")
    for number, proof in enumerate(shown):
        write(("\n" if number else "") + getattr(proof, f"to_{format}")())
    return 0
