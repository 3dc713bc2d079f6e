"""``glocal demo``: the whole graph at work, once, into one folder, with a summary to read."""

from __future__ import annotations

from pathlib import Path

from glocal_kg._cli.common import LANG, graph, write
from glocal_kg._cli.options import Given, Verb
from glocal_kg._graph.saving import inferred_in_order
from glocal_kg._questions.question import names
from glocal_kg._rdf.writing.fact_lines import lines
from glocal_kg._rdf.writing.whole_file import whole_file
from glocal_kg.errors import GlocalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._graph.inference import Inference
    from glocal_kg._kg import KnowledgeGraph
    from glocal_kg._questions.answers.table import Table
    from glocal_kg._telling.report import Report

VERB = Verb(
    "demo [FOLDER] [options]",
    "Load the packaged ontology and data, validate, infer, answer every packaged question and\n"
    "draw the ideal map, into one folder (default: out). Files of the same names are replaced.",
    "glocal demo out",
    [LANG],
    most=1,
)

SHOWN = {
    "study/commission": "Who commissioned the study, from whom, when and on what?",
    "practices/cities-reached": "Which cities does Toronto reach through the training of coaches?",
    "actors/organized": "Who is an organized actor of glocalization, and through which practices?",
}
"""The questions whose answers the summary shows, in words."""
FEW = 4
"""So many rows of an answer are shown."""


def run(given: Given) -> int:
    """Do everything and sum it up; 1 where the graph contradicts itself or does not conform."""
    folder = Path(given.arguments[0] if given.arguments else "out")
    _prepare(folder)
    kg = graph(given)
    report = kg.validate()
    inference = kg.infer()
    answers = {name: kg.run(name) for name in names()}

    _write_inferred(kg, folder / "inferred.nt")
    (folder / "validation.txt").write_text(report.to_text(), encoding="utf-8")
    (folder / "validation.json").write_text(report.to_json(), encoding="utf-8")
    for name, table in answers.items():
        path = folder / "answers" / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(table.to_csv(), encoding="utf-8", newline="")
    picture = _draw(kg, folder)
    write(_summary(kg, inference, report, answers, picture, folder))
    return 0 if report.conforms and not inference.clashes else 1


def _prepare(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GlocalError(
            f"{folder} cannot be made a folder: {error.strerror}.",
            remedy="Name a folder that can be written to: glocal demo FOLDER.",
        ) from None


def _write_inferred(kg: KnowledgeGraph, path: Path) -> None:
    with whole_file(path) as file:
        file.writelines(lines(inferred_in_order(kg)))


def _draw(kg: KnowledgeGraph, folder: Path) -> list[Path]:
    from glocal_kg._glocal.butterfly import draw

    picture = draw(kg, language=kg.languages)
    paths = [folder / "ideal-map.svg", folder / "ideal-map.png"]
    for path in paths:
        picture.write(path)
    return paths


def _summary(
    kg: KnowledgeGraph,
    inference: Inference,
    report: Report,
    answers: dict[str, Table],
    picture: list[Path],
    folder: Path,
) -> str:
    counts = {
        label: _count(kg, pattern)
        for label, pattern in (
            ("principles", "?x a glocal:Principle"),
            ("adverse and favorable trends", "?x a ?c . ?c rdfs:subClassOf glocal:Trend"),
            ("areas of attraction", "?x a glocal:AreaOfAttraction"),
            ("practices", "?x a ?c . ?c rdfs:subClassOf* glocal:Practice"),
            ("assertions with who makes them", "?x a glocal:Assertion"),
            ("passages cited", "?any glocal:statedIn|glocal:reportedIn ?x"),
        )
    }
    looked = sum(report.looked_at.values())
    lines = [
        "The knowledge graph of glocalization",
        "",
        f"In it      {len(kg):,} facts in {len(kg.facts_graphs())} graphs:",
        *(f"           {count:>5,} {label}" for label, count in counts.items()),
        "",
        f"Inferred   {inference.inferred:,} facts that nobody wrote down"
        f" (OWL 2 RL), {len(inference.clashes)} contradictions",
        f"Checked    {'conforms' if report.conforms else f'{len(report.results)} findings'}:"
        f" {len(report.looked_at)} shapes looked at {looked:,} nodes",
        f"Asked      {len(answers)} questions, {sum(map(len, answers.values())):,} rows",
        "",
        "Three of the answers, with what each row rests on",
    ]
    for name, words in SHOWN.items():
        lines += ["", f"  {words}", *(f"    {line}" for line in _rows(answers[name]))]
        more = len(answers[name]) - FEW
        if more > 0:
            lines.append(f"    and {more} more rows: {folder / 'answers' / name}.csv")
    lines += [
        "",
        f"The picture is in {picture[0]} and {picture[1].name}.",
        f"Answers, inferred facts and the report are in {folder}.",
    ]
    if not report.conforms:
        lines += ["", report.to_text()]
    lines += inference.clash_texts(kg.labels)
    return "\n".join(lines)


def _count(kg: KnowledgeGraph, pattern: str) -> int:
    table = kg.select(f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }}", inferred=False)
    return int(str(table.column("n")[0]))


def _rows(table: Table) -> list[str]:
    """The first rows as text, without the title of their own and their number."""
    return table[:FEW].to_text(96).splitlines()[1:-1]
