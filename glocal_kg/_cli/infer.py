"""``glocal infer``: what follows from the facts."""

from __future__ import annotations

from glocal_kg._cli.common import LANG, OWN, TIMEOUT, graph, on_terminal, tell, write
from glocal_kg._cli.options import Given, Option, Verb
from glocal_kg._cli.progress import Progress
from glocal_kg._graph.saving import inferred_in_order, statements
from glocal_kg._questions.answers.table import Triples
from glocal_kg._rdf.counted import counted
from glocal_kg._rdf.writing.fact_lines import lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._kg import KnowledgeGraph

VERB = Verb(
    "infer [FILE...] [options]",
    "Infer what follows by OWL 2 RL from the packaged facts and your files. A summary on a\n"
    "terminal, the inferred facts as N-Triples in a pipe. Exit code 1: there are contradictions,\n"
    "or axioms that cannot be read.",
    "glocal infer\nglocal infer my-data.ttl > inferred.nt",
    [
        Option("--engine", "the reasoner; owlrl is the slow reference", choices=("fast", "owlrl")),
        Option(
            "--format -f",
            "how to write it",
            choices=("summary", "ntriples", "turtle", "jsonld", "rdfxml"),
        ),
        *OWN,
        Option("--interpreted", "infer from what is read into the sources, too"),
        LANG,
        TIMEOUT,
    ],
    most=None,
)


_TOLD = 100
"""Contradictions that are written; more of them have one cause."""


def run(given: Given) -> int:
    """Infer, and write what follows."""
    kg = graph(given, given.arguments)
    asserted = len(kg)
    with Progress() as progress:
        progress.tell("inferring")
        inference = kg.infer(
            given.one("engine", "fast"),  # type: ignore[arg-type]  # who gives another word is told
            interpreted=given.has("interpreted"),
        )
        progress.tell("looking for contradictions")
        count = len(inference.clashes)
        told = inference.clash_texts(kg.labels, _TOLD)
    if count > len(told):
        told.append(f"{count - len(told)} more contradictions; Python has all of them.")
    told += [f"Left out: {problem}" for problem in inference.problems]
    format = given.one("format") or ("summary" if on_terminal() else "ntriples")
    if format == "summary":
        many = counted(inference.inferred, "fact")
        follow = "follows" if inference.inferred == 1 else "follow"
        lines = [f"{many} {follow} from {counted(asserted, 'asserted one')}."]
        lines += [f"  {number:>7}  {name}" for name, number in inference.by_predicate().items()]
        lines.append(
            f"{count} contradiction{'s' if count > 1 else ''}." if count else "No contradictions."
        )
        write("\n".join([*lines, *told]))
    else:
        _write(kg, format, interpreted=given.has("interpreted"))
        for text in told:
            tell(text)
    return 1 if told else 0


def _write(kg: KnowledgeGraph, format: str, *, interpreted: bool) -> None:
    """Write what follows, with the same names of blank nodes in every run."""
    ordered = inferred_in_order(kg, interpreted=interpreted)
    if format != "ntriples":
        write(Triples(list(statements(ordered))).serialize(format), data=True)
        return
    done, count = 0, len(ordered)
    with Progress() as progress:
        for piece in lines(ordered):
            if not on_terminal():
                progress.tell(f"writing: {done:,} of {count:,}")
            write(piece.decode(), data=True)
            done += piece.count(b"\n")
