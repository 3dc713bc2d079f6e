"""``glocal explain``: why a fact holds."""

from __future__ import annotations

from glocal_kg.cli.common import DATA, LANG, graph, on_terminal, width, write
from glocal_kg.cli.options import Given, Option, Verb

VERB = Verb(
    "explain SUBJECT PREDICATE OBJECT [options]",
    "Infer, and show the shortest proof of a fact, down to asserted facts with the passage of the\n"
    "source or their graph. Terms are IRIs in full or as prefix:name.",
    "glocal explain actor:municipality-of-rome rdf:type glocal:SubnationalActor",
    [
        Option("--all", "independent proofs, at most ten, not only the shortest"),
        Option("--rules", "name the rule of each step, in words and as the W3C does"),
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
        if format == "text":
            text = proof.to_text(given.has("rules"), width() if on_terminal() else None)
        else:
            text = getattr(proof, f"to_{format}")()
        write(("\n" if number else "") + text)
    return 0
