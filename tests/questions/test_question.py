"""Questions from files: how they are found, checked and run."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad

import glocal_kg as gk
from glocal_kg._questions import question as module
from glocal_kg._questions.question import Question, find, names
from glocal_kg._rdf.namespaces import XSD
from glocal_kg._rdf.sparql.tokens import QueryText
from glocal_kg._rdf.store.facts import Facts
from glocal_kg.errors import NotFoundError, ParameterError, QueryError

TEXT = """\
#+ summary: Numbers above a number
#+ params:
#+   least: {type: integer, default: 1}
#+   limit: {type: integer, default: 2, min: 1}
#+ columns: {n: integer}
#+ empty: No number is so large.
SELECT ?n { ?s <urn:n> ?n FILTER(?n >= $least) } ORDER BY ?n
"""


@pytest.fixture
def index() -> Facts:
    s, n = NamedNode("urn:s"), NamedNode("urn:n")
    return Facts.of(Quad(s, n, Literal(str(value), datatype=XSD.integer)) for value in range(5))


def run(index, **given):
    return Question("numbers", TEXT).run(index, given, is_a=lambda node, kind: True)


def test_defaults_parameters_and_limit(index):
    assert run(index).column("n") == [1, 2]
    assert run(index, least=3).column("n") == [3, 4]
    assert run(index, least="0", limit="4").column("n") == [0, 1, 2, 3]
    table = run(index, least=9)
    assert (len(table), table.note, table.title) == (
        0,
        "No number is so large.",
        "Numbers above a number",
    )
    assert table.types == {"n": "integer"}
    with pytest.raises(ParameterError, match=r"'limit'.*at least 1"):
        run(index, limit=0)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("$least", "$most"), r"uses \$most, which its header does not declare"),
        (("$least", "1"), r"declares the parameter 'least' and does not use it"),
        (("#+ empty:", "#+ emtpy:"), r"unknown key 'emtpy'"),
        (("integer, default: 1", "number, default: 1"), r"'least'.*no type"),
    ],
)
def test_header_and_query_must_fit(change, said):
    with pytest.raises(QueryError, match=said):
        Question("numbers", TEXT.replace(*change))


def test_only_select_queries_are_questions(index):
    with pytest.raises(QueryError, match="no SELECT"):
        Question("x", "ASK {}").run(index, {}, is_a=lambda node, kind: True)


def test_finding_by_name(tmp_path, monkeypatch):
    for name in ("map/principles", "map/trends", "study/trends"):
        path = tmp_path / "queries" / f"{name}.rq"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("#+ summary: x\nSELECT ?x { ?x ?y ?z } ORDER BY ?x\n")
    monkeypatch.setattr(module.packaged, "folder", lambda name: str(tmp_path / name))
    assert names() == ["map/principles", "map/trends", "study/trends"]
    assert find("map/principles").name == find("principles").name == "map/principles"
    with pytest.raises(NotFoundError, match="Say map/trends or study/trends"):
        find("trends")
    with pytest.raises(NotFoundError, match=r"Did you mean map/principles\?"):
        find("principels")
    with pytest.raises(NotFoundError, match=r"no question '\.\./\.\./etc/passwd'"):
        find("../../etc/passwd")


def test_no_file_of_the_room_hides_a_name_of_its_door() -> None:
    import glocal_kg._questions as room
    from glocal_kg import load

    str(load().run("map/principles"))  # brings in what shows a table
    assert callable(room.names)
    assert callable(room.find)


def test_the_text_of_a_question_is_cut_into_tokens_once(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "#+ summary: Cut once\nSELECT ?x { ?x a glocal:City } ORDER BY ?x LIMIT 3"
    cut: list[str] = []
    made = QueryText.__init__

    def noted(self: QueryText, text: str) -> None:
        cut.append(text)
        made(self, text)

    monkeypatch.setattr(QueryText, "__init__", noted)
    assert len(gk.load().answer(gk.Question("mine/once", text), {})) == 3
    assert cut.count(text) == 1
