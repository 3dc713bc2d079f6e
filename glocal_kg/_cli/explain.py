"""``glocal explain``: why a fact holds."""

from __future__ import annotations

from glocal_kg._cli.common import LANG, OWN, TIMEOUT, graph, on_terminal, tell, width, write
from glocal_kg._cli.options import Given, Option, Verb, expect_effect_on
from glocal_kg.errors import GlocalError, NotFoundError

VERB = Verb(
    "explain SUBJECT PREDICATE OBJECT [options]",
    "Infer, and show the shortest proof of a fact, down to asserted facts with the passage of the\n"
    "source or their graph. Terms are IRIs in full or as prefix:name. The exit code is 1 where\n"
    "nothing says or implies the fact.",
    "glocal explain actor:municipality-of-rome rdf:type glocal:SubnationalActor",
    [
        Option("--all", "independent proofs, at most ten, not only the shortest"),
        Option("--rules", "name the rule of each step, in words and as the W3C does"),
        Option(
            "--format -f",
            "how to write it (default: text)",
            choices=("text", "json", "turtle", "mermaid", "svg"),
        ),
        *OWN,
        LANG,
        TIMEOUT,
    ],
    least=3,
    most=3,
)


def run(given: Given) -> int:
    """Prove, and write the proof."""
    format = given.one("format", "text")
    for name in ("all", "rules") if format in ("mermaid", "svg") else ():
        if given.has(name):
            raise GlocalError(
                f"A drawing shows one proof, without the names of rules: --{name} has no effect.",
                remedy=f"Leave out --{name}, or write text.",
            )
    if format in ("json", "turtle"):
        expect_effect_on(given, format, "rules", "names the rule of each step")
    kg = graph(given)
    kg.infer()
    subject, predicate, object = given.arguments
    try:
        explanation = kg.explain(subject, predicate, object)
    except NotFoundError as error:
        if error.name:  # one of the terms is nothing
            raise
        tell(str(error))  # the fact was looked for, and the answer is no
        return 1
    shown = explanation.others() if given.has("all") else [explanation]
    if format == "text":
        wide = width() if on_terminal() else None
        texts = [proof.to_text(given.has("rules"), wide) for proof in shown]
    else:
        texts = [getattr(proof, f"to_{format}")() for proof in shown]
    if format == "json" and given.has("all"):
        texts = ["[" + ",".join(text.rstrip() for text in texts) + "]"]
    write("\n\n".join(text.rstrip() for text in texts))
    return 0
