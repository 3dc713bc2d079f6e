"""Packaged questions: one file each, with a header that says what it asks and takes."""

from __future__ import annotations

import os

from glocal_kg._questions.answers.table import Table
from glocal_kg._questions.ask import ask
from glocal_kg._questions.parameters import Parameter, bind_all
from glocal_kg._rdf.formats import QUERY_SUFFIX
from glocal_kg._rdf.sparql.header import read_header
from glocal_kg._rdf.sparql.tokens import variables
from glocal_kg._study import packaged
from glocal_kg.errors import NotFoundError, QueryError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pyoxigraph import NamedNode

    from glocal_kg._rdf.labels import Labels
    from glocal_kg._rdf.sparql.header import HeaderValue
    from glocal_kg._rdf.store.facts import Facts

_KEYS = frozenset(
    {
        "summary",
        "description",
        "tags",
        "params",
        "columns",
        "attested",
        "examples",
        "interpreted",
        "reason",
        "empty",
        "endpoint",
        "pagination",
        "method",
        "defaults",
        "enumerate",
    }
)


class Question:
    """A named query: summary, typed parameters, typed columns, and what its answer means.

    ``reason`` says why the expected answer is right, ``empty`` what no rows mean, and
    ``interpreted`` whether it is about what is read into the sources. ``attested`` names the
    column whose sources are those of a row, the two columns that a fact links, or a class of
    which all is counted. A parameter called ``limit`` is the number of rows to stop after.
    """

    def __init__(self, name: str, text: str, path: str = "") -> None:
        """Raises ``QueryError`` where header and query do not fit together."""
        self.name = name
        self.text = text
        self.path = path
        header = read_header(text, path or name)
        strange = [key for key in header if key not in _KEYS]
        if strange:
            raise QueryError(
                f"{path or name}: the header has the unknown key '{strange[0]}'.",
                remedy=f"Keys are {', '.join(sorted(_KEYS))}.",
            )
        self.summary = _words(header.get("summary"))
        self.description = _words(header.get("description"))
        self.reason = _words(header.get("reason"))
        self.empty = _words(header.get("empty"))
        tags, examples = header.get("tags"), header.get("examples")
        self.tags = [str(tag) for tag in tags] if isinstance(tags, list) else []
        self.examples = (
            [dict(example) for example in examples or [] if isinstance(example, dict)]
            if isinstance(examples, list)
            else []
        )
        self.interpreted = header.get("interpreted") is True
        columns = header.get("columns")
        self.columns = (
            {key: str(kind) for key, kind in columns.items()} if isinstance(columns, dict) else {}
        )
        params = header.get("params")
        self.parameters = {
            key: Parameter(key, spec, name)
            for key, spec in (params.items() if isinstance(params, dict) else ())
        }
        attested = header.get("attested")
        self.attested = (
            tuple(map(str, attested)) if isinstance(attested, list) else (_words(attested),)
        )[: None if attested else 0]
        self._check()

    def _check(self) -> None:
        used = variables(self.text)
        for name in used - self.parameters.keys():
            raise QueryError(
                f"Question '{self.name}' uses ${name}, which its header does not declare.",
                remedy="Declare it under params, or write ?name for a variable.",
            )
        for name in self.parameters.keys() - used - {"limit"}:
            raise QueryError(
                f"Question '{self.name}' declares the parameter '{name}' and does not use it.",
                remedy=f"Write ${name} in the query, or remove it from the header.",
            )

    def run(
        self,
        facts: Facts,
        given: Mapping[str, object],
        *,
        is_a: Callable[[NamedNode, NamedNode], bool],
        named: Callable[[str], list[NamedNode]] = lambda _: [],
        timeout: float | None = None,
        labels: Labels | None = None,
    ) -> Table:
        """The answer for the given parameters; ``ParameterError`` and ``QueryError``.

        ``is_a(node, class)`` tells whether a node that was given is of its parameter's class,
        ``named`` which things have a name.
        """
        values = bind_all(self.parameters, given, self.name, is_a, named)
        limit = values.pop("limit", None)
        answer = ask(
            facts,
            self.text,
            values=values,
            timeout=timeout,
            first=int(limit.value) if limit is not None else None,
            labels=labels,
        )
        if not isinstance(answer, Table):
            raise QueryError(
                f"Question '{self.name}' is no SELECT query.",
                remedy="Ask it with kg.query(), or as a file without a header.",
            )
        answer.title = self.summary
        answer.note = self.empty
        answer.types = self.columns
        return answer

    def __repr__(self) -> str:
        return f"<Question {self.name}: {self.summary}>"


def names() -> list[str]:
    """The names of all packaged questions, ``topic/name``, sorted."""
    root = packaged.folder("queries")
    return [
        os.path.relpath(path, root).replace(os.sep, "/").removesuffix(QUERY_SUFFIX)
        for path in packaged.files("queries", QUERY_SUFFIX)
    ]


def listed() -> Table:
    """All packaged questions, one a row."""
    from pyoxigraph import Literal

    rows = []
    for question in map(find, names()):
        takes = ", ".join([*question.parameters, *({"source"} - question.parameters.keys())])
        rows.append(tuple(map(Literal, (question.name, question.summary, takes))))
    return Table(("name", "summary", "takes"), rows)


def find(name: str) -> Question:
    """The packaged question ``topic/name``, or just ``name`` where only one topic has it.

    Raises ``NotFoundError`` with close names.

    >>> find("no/such-question")
    Traceback (most recent call last):
        ...
    glocal_kg.errors.NotFoundError: There is no question 'no/such-question'. ...
    """
    if not isinstance(name, str):
        raise NotFoundError(f"A question has a name, not {name!r}.", remedy="Give topic/name.")
    if all(part.replace("-", "").isalnum() for part in name.split("/")):
        path = os.path.join(packaged.folder("queries"), *name.split("/")) + QUERY_SUFFIX
        if os.path.isfile(path):  # the full name: no need to look at all files
            return _read(name, path)
    known = names()
    found = [full for full in known if name == full.rpartition("/")[2]]
    if len(found) == 1:
        return find(found[0])
    if found:
        raise NotFoundError(
            f"More than one question is called '{name}'.", remedy=f"Say {' or '.join(found)}."
        )
    from difflib import get_close_matches

    short = {full.rpartition("/")[2]: full for full in known}
    if any(sign in name for sign in "{?"):
        raise NotFoundError(
            "This is SPARQL, and run takes the name of a packaged question.",
            remedy="Ask it with kg.query(text) or kg.select(text).",
            name=name,
        )
    close = [short.get(match, match) for match in get_close_matches(name, [*known, *short], 3)]
    meant = f"Did you mean {' or '.join(dict.fromkeys(close))}? " if close else ""
    raise NotFoundError(
        f"There is no question '{name}'.",
        remedy=f"{meant}`glocal query --list` and kg.questions() list all {len(known)}.",
        name=name,
        suggestions=tuple(dict.fromkeys(close)),
    )


def _read(name: str, path: str) -> Question:
    with open(path, encoding="utf-8") as file:
        return Question(name, file.read(), path)


def _words(value: HeaderValue) -> str:
    return " ".join(str(value).split()) if value is not None else ""
