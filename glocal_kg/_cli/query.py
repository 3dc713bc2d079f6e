"""``glocal query``: packaged questions, query files, and SPARQL as text."""

from __future__ import annotations

import sys

from glocal_kg._cli.common import (
    ASSERTED,
    INTERPRETED,
    LANG,
    OWN,
    as_utf8,
    graph,
    on_terminal,
    tell,
    tell_notes,
    write,
    write_table,
)
from glocal_kg._cli.options import Given, Option, Verb
from glocal_kg.errors import GlocalError, NotFoundError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._kg import KnowledgeGraph
    from glocal_kg._questions import Answer
    from glocal_kg._questions.parameters import Parameter
    from glocal_kg._questions.question import Question

SECONDS = 60.0
MOST_ROWS = 1_000_000  # some gigabytes; a slip of a query has no end of them
_OF_TRIPLES = "turtle, ntriples, jsonld or rdfxml"
FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle", "ntriples", "jsonld", "rdfxml")

VERB = Verb(
    "query [NAME | FILE.rq | SPARQL | -] [options]",
    "Ask a packaged question by its name, a query in a file, SPARQL text, or what stands on\n"
    "standard input (-). Answers are a table on a terminal and CSV (triples: Turtle) in a pipe;\n"
    "what is to be said of them (why nothing came, or what is missing) is on standard error.",
    "glocal query map/principles\n"
    "glocal query --list\n"
    "glocal query convention/senses -p term=term:glocalization --lang it,en\n"
    "glocal query 'SELECT ?x { ?x a glocal:Practice }' --format json",
    [
        Option("--list", "list the packaged questions", alone="format"),
        Option(
            "--show", "show a packaged question: what it takes, gives, and its SPARQL", alone="NAME"
        ),
        Option("--param -p", "a parameter of the question", value="NAME=VALUE", many=True),
        Option("--format -f", "how to write the answer", choices=FORMATS),
        *OWN,
        ASSERTED,
        INTERPRETED,
        LANG,
        Option("--names", "things by their names alone (in a pipe too)"),
        Option("--iris", "things by their IRIs alone"),
        Option("--both", "names and IRIs, in a pipe as two columns"),
        Option("--timeout", "give up after so many seconds (default: 60)", value="SECONDS"),
        Option("--max-rows", "refuse answers with more rows (default: 1000000)", value="N"),
        Option(
            "--max-memory", "refuse steps that need more (default: half of the machine)", value="MB"
        ),
    ],
    most=1,
    reads_input=True,
)


def run(given: Given) -> int:
    """Ask, and write the answer."""
    if given.has("list"):
        return _list(given)
    if not given.arguments:
        raise GlocalError(
            "There is nothing to ask.", remedy="Name a question (glocal query --list)."
        )
    if given.has("show"):
        from glocal_kg._questions.question import find

        write(_shown(find(given.arguments[0])))
        return 0
    # What is asked is read first, so that a wrong name is told at once.
    question, sparql = _asked(given)
    parameters = _parameters(given)
    if question is None and parameters:
        raise GlocalError(
            "SPARQL text has no parameters.", remedy="Leave out -p, or write a file with a header."
        )
    limits = [name for name in ("max-rows", "max-memory") if given.has(name)]
    if question is not None and limits:
        raise GlocalError(
            f"--{limits[0]} is for SPARQL text, and this is a question with a name.",
            remedy="Leave it out; --timeout limits a question too.",
        )
    seconds = given.number("timeout", SECONDS)
    most = given.whole("max-rows", MOST_ROWS)
    memory = given.whole("max-memory", 1) * 1_000_000 if given.has("max-memory") else None
    kg = graph(given)
    inferred = not given.has("asserted")
    answer: Answer
    interpreted = given.has("interpreted")
    if question is not None:
        answer = kg.answer(
            question, parameters, inferred=inferred, interpreted=interpreted, timeout=seconds
        )
    else:
        answer = kg.query(
            sparql,
            inferred=inferred,
            interpreted=interpreted,
            timeout=seconds,
            max_rows=most,
            max_memory=memory,
        )
    _expect_effect(given, answer, question)
    _write(kg, answer, given.one("format"), _way_to_show(given))
    if isinstance(answer, bool):
        from glocal_kg._questions.ask import slips, why_nothing
        from glocal_kg._rdf.namespaces import using

        facts = kg.seen(inferred=inferred, interpreted=interpreted)
        with using(kg.prefixes):  # those that the query was read with
            notes = (slips if answer else why_nothing)(facts, sparql)
        for note in notes:
            tell(note)
    return 0


def _expect_effect(given: Given, answer: Answer, question: Question | None) -> None:
    """Raise ``GlocalError`` where an option has no effect on an answer of its kind."""
    from glocal_kg._questions.answers.table import Table

    if isinstance(answer, Table):
        shown = _way_to_show(given) or ("names" if _format(given) == "table" else "iris")
        if given.has("lang") and shown == "iris" and question is None:
            raise GlocalError(
                "--lang has no effect on IRIs.", remedy="Leave it out, or add --names or --both."
            )
        return
    what = "yes or no" if isinstance(answer, bool) else "triples"
    idle = ["names", "iris", "both", "lang", *(["max-rows"] if isinstance(answer, bool) else [])]
    for name in idle:
        if given.has(name):
            raise GlocalError(
                f"--{name} is for tables, and has no effect on {what}.", remedy="Leave it out."
            )


def _format(given: Given) -> str:
    return given.one("format") or ("table" if on_terminal() else "csv")


def _way_to_show(given: Given) -> str:
    wanted = [show for show in ("names", "iris", "both") if given.has(show)]
    if len(wanted) > 1:
        raise GlocalError(
            f"--{wanted[0]} and --{wanted[1]} do not go together.", remedy="Take one of them."
        )
    return wanted[0] if wanted else ""


def _asked(given: Given) -> tuple[Question | None, str]:
    """A question, or SPARQL: text with a space or brace is SPARQL, ``.rq`` ends a file name."""
    from glocal_kg._questions.question import Question, find

    text = given.arguments[0]
    if text == "-":
        if "-" in given.all("data"):
            raise GlocalError(
                "Standard input cannot be both the query and the data.",
                remedy="Give one of them as a file.",
            )
        return None, _standard_input()
    if not text or any(mark in text for mark in " {\n"):
        return None, as_utf8(text)
    if not text.endswith(".rq"):
        return find(text), ""
    try:
        with open(text, encoding="utf-8-sig") as file:
            content = file.read()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text in UTF-8"
        raise NotFoundError(
            f"{text}: the file cannot be read: {reason}.", remedy="Check the path."
        ) from None
    has_header = any(line.startswith("#+") for line in content.splitlines())
    return (Question(text, content, text), "") if has_header else (None, content)


def _standard_input() -> str:
    if sys.stdin is None:
        raise GlocalError("There is no standard input.", remedy="Give the query as text or file.")
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise GlocalError(
            "Standard input is not text in UTF-8.", remedy="Save the query in UTF-8."
        ) from None


def _parameters(given: Given) -> dict[str, object]:
    found: dict[str, object] = {}
    for text in given.all("param"):
        name, equals, value = as_utf8(text).partition("=")
        if not equals or not name:
            raise GlocalError(
                f"-p takes name=value; '{text}' is not that.", remedy="Write it as -p year=2002."
            )
        if name in found:
            raise GlocalError(f"The parameter '{name}' is given twice.", remedy="Leave one out.")
        # Several sources are one value; no other parameter takes several.
        found[name] = value.split(",") if name == "source" and "," in value else value
    return found


def _write(kg: KnowledgeGraph, answer: Answer, format: str, show: str) -> None:
    from glocal_kg._questions.answers.table import Triples

    if isinstance(answer, bool):
        write(_truth(answer, format))
    elif isinstance(answer, Triples):
        if format in ("table", "csv", "tsv", "json", "xml"):
            raise GlocalError(
                f"Triples cannot be written as {format}.", remedy=f"Use {_OF_TRIPLES}."
            )
        write(answer.serialize(format or "turtle"), data=True)
        tell_notes(answer)
    else:
        write_table(answer, format or ("table" if on_terminal() else "csv"), show)


def _truth(answer: bool, format: str) -> str:
    word = "true" if answer else "false"
    if format == "json":
        return '{"head": {}, "boolean": ' + word + "}"
    if format == "xml":
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
            f"<head/>\n<boolean>{word}</boolean>\n</sparql>"
        )
    if format in ("", "table", "csv", "tsv"):
        return word
    raise GlocalError(f"Yes or no cannot be written as {format}.", remedy="Use json or xml.")


def _list(given: Given) -> int:
    from pyoxigraph import Literal

    from glocal_kg._questions.answers.table import Table
    from glocal_kg._questions.question import find, names

    questions = [find(name) for name in names()]
    rows = [(Literal(q.name), Literal(q.summary), Literal(", ".join(q.tags))) for q in questions]
    format = given.one("format") or ("table" if on_terminal() else "csv")
    write_table(Table(["name", "summary", "tags"], rows), format)
    return 0


def _default(parameter: Parameter) -> str:
    """What is taken where nothing is given."""
    from glocal_kg._rdf.namespaces import prefixes

    if parameter.default is not None:
        return f" (default: {prefixes().shorten(str(parameter.default))})"
    return "" if parameter.required or parameter.type != "iri" else " (default: any)"


def _shown(question: Question) -> str:
    lines = [f"{question.name}: {question.summary}"]
    lines += [part for part in (question.description, question.empty) if part]
    if question.interpreted:
        read = "such rows say how sure, whose and why" if "confidence" in question.columns else ""
        read = read or "its rows count it apart"
        lines.append(f"Asks for what is read into the sources too; {read}.")
    lines.append("\nParameters:")
    source = ""
    for parameter in question.parameters.values():
        default = _default(parameter)
        if parameter.name == "source":
            source = default
            continue
        told = f". {parameter.description}" if parameter.description else ""
        lines.append(f"  {parameter.name}: {parameter.takes}{default}{told}")
    lines.append(
        f"  source: sources, graphs or files with commas between, or mine: rows from there{source}"
    )
    if question.columns:
        columns = ", ".join(f"{name} ({kind})" for name, kind in question.columns.items())
        beside = ", source (string)" if question.attested else ""
        lines.append(f"\nColumns: {columns}{beside}")
    if question.reason:
        lines.append(f"\nWhy the answer is right: {question.reason}")
    body = [line for line in question.text.splitlines() if not line.startswith("#+")]
    return "\n".join([*lines, "", *body])
