"""Queries as linked data, in the form of the SPARQL examples of SIB.

Each query is a resource with its question, its text, its keywords and the result it is
expected to give; editors that read ``.well-known/sparql-examples`` list them.
Source: https://github.com/sib-swiss/sparql-examples.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import copy
from pathlib import Path
from typing import Protocol

from pyoxigraph import BlankNode, Literal, NamedNode

from glocal_kg._publish.descriptions.statements import Statements
from glocal_kg._publish.gathering.parts import FOLLOWS
from glocal_kg._publish.gathering.release_facts import About
from glocal_kg._rdf.namespaces import DCTERMS, RDF, RDFS, SCHEMA, SH, XSD
from glocal_kg.errors import GlocalError, NotFoundError, ParameterError, QueryError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._questions import Question, Table

_FORM = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.I)
_NO_CODE = re.compile(r"#[^\n]*|<[^<>\s]*>|\"[^\"\n]*\"|'[^'\n]*'")
_PREFIX = re.compile(r"^\s*PREFIX\s+([\w-]*):\s*<([^>]*)>", re.I | re.M)
_EXECUTABLE = {
    "SELECT": (SH.SPARQLSelectExecutable, SH.select),
    "ASK": (SH.SPARQLAskExecutable, SH.ask),
    "CONSTRUCT": (SH.SPARQLConstructExecutable, SH.construct),
}


class Answerer(Protocol):
    """Something that answers questions, as a ``KnowledgeGraph`` does."""

    def answer(
        self, question: Question, parameters: Mapping[str, object], *, inferred: bool = True
    ) -> Table:
        """The answer to a question, with what follows or without."""
        ...


def read_questions(folder: Path) -> list[Question]:
    """All query files under a folder, by name.

    Raises ``NotFoundError`` where there is no such folder, ``QueryError`` that names the file
    where a header cannot be read or asks nothing.
    """
    from glocal_kg._questions import Question

    if not folder.is_dir():
        raise NotFoundError(f"There is no folder of queries {folder}.", remedy="Check the path.")
    found = []
    for path in sorted(folder.rglob("*.rq")):
        name = path.relative_to(folder).with_suffix("").as_posix()
        question = Question(name, path.read_text(encoding="utf-8"), str(path))
        if not question.summary:
            raise QueryError(
                f"{path}: the query has no question.",
                remedy="Begin it with a line: #+ summary: What the query asks.",
            )
        found.append(question)
    return found


def expected_result(question: Question, graph: Answerer, *, inferred: bool) -> str | None:
    """The answer to a question as CSV, for its first example or its defaults.

    None where it takes a parameter that has neither. It is the answer to the text as it is
    published, over the dumps: without the sources that ``run`` adds to each row, and with what
    follows only where that is published (``inferred``).
    """
    given = dict(question.examples[0]) if question.examples else {}
    bare = copy(question)
    bare.attested = ()
    try:
        return graph.answer(bare, given, inferred=inferred).to_csv()
    except ParameterError:
        return None


def query_text(question: Question, sources: Sequence[str] = ()) -> str:
    """The query as it stands: no header, and its parameters hold what the expected result is for.

    A parameter that has neither a default nor a value in the first example stays a variable.
    ``sources`` are the graphs it sees, unless it is about interpretations; none: all.
    """
    from glocal_kg._rdf.sparql.binding import bind, over

    lines = [line for line in question.text.splitlines() if not line.startswith("#+")]
    text = "\n".join(lines).strip() + "\n"
    given = question.examples[0] if question.examples else {}
    values = {}
    for name, parameter in question.parameters.items():
        content = given.get(name, parameter.default)
        if content is not None:
            values[name] = parameter.term(content)
    limit = values.pop("limit", None)
    text, named = bind(text, values)
    if not question.interpreted:
        text = over(text, sources)
    for name in sorted(named):  # the SELECT lists it, so it stays and gets its value beside
        text += f"VALUES ?{name} {{ {values[name]} }}\n"
    return text + f"LIMIT {limit.value}\n" if limit is not None else text


def describe_questions(
    questions: list[Question],
    about: About,
    results: Mapping[str, str],
    sources: Sequence[str] = (),
    inferred: Sequence[str] = (),
) -> Statements:
    """The questions as linked data. ``results`` maps names to the paths of expected results.

    ``sources`` are the graphs to see where a question is not about interpretations; none: all.
    ``inferred`` are the parts of what was inferred, over which the answers are too.
    """
    out = Statements()
    prefixes = BlankNode("sparql_examples_prefixes")
    for question in questions:
        me = f"{about.base}queries.ttl#{question.name.replace('/', '-')}"
        text = query_text(question, sources)
        found = _FORM.search(_NO_CODE.sub(" ", text))
        form = found[1].upper() if found else ""
        kind, says = _EXECUTABLE.get(form, (None, NamedNode(f"{SH}{form.lower() or 'select'}")))
        out.say(me, RDF.type, SH.SPARQLExecutable)
        if kind is not None:
            out.say(me, RDF.type, kind)
        out.say(me, RDFS.label, Literal(question.name))
        out.say(me, RDFS.comment, Literal(question.summary, language="en"))
        if question.description:
            out.say(me, DCTERMS.description, Literal(question.description, language="en"))
        out.say(me, SH.prefixes, prefixes)
        out.say(me, says, Literal(text))
        for tag in question.tags:
            out.say(me, SCHEMA.keywords, Literal(tag))
        if about.endpoint:
            out.say(me, SCHEMA.target, about.endpoint)
        out.say(me, DCTERMS.source, f"{about.base}queries/{question.name}.rq")
        if question.name in results:
            out.say(me, SCHEMA.result, about.base + results[question.name])
            for part in inferred:
                if question.interpreted or part == FOLLOWS:
                    out.say(me, DCTERMS.requires, f"{about.base}void.ttl#{part}")
    _say_prefixes(questions, prefixes, out)
    return out


def _say_prefixes(questions: list[Question], node: BlankNode, out: Statements) -> None:
    """Each prefix that the queries declare, once."""
    spaces: dict[str, str] = {}
    for question in questions:
        for prefix, space in _PREFIX.findall(question.text):
            if spaces.setdefault(prefix, space) != space:
                raise GlocalError(
                    f"{question.path} declares the prefix {prefix}: as <{space}>, "
                    f"another query as <{spaces[prefix]}>.",
                    remedy="Use one namespace for a prefix.",
                )
    for number, (prefix, space) in enumerate(sorted(spaces.items())):
        item = BlankNode(f"prefix{number}")
        out.say(node, SH.declare, item)
        out.say(item, SH.prefix, Literal(prefix))
        out.say(item, SH.namespace, Literal(space, datatype=XSD.anyURI))
