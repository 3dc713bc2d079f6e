"""Between two looks at the clock a query does little, however much there is to do."""

import re

import numpy as np
import pytest

from glocal_kg._rdf.sparql import aggregates, evaluating, linear, piecewise
from glocal_kg._rdf.sparql.constructing import DistinctTriples
from glocal_kg._rdf.sparql.functions import LONG
from glocal_kg._rdf.sparql.limits import LONGEST_TEXT, Limits
from glocal_kg._rdf.sparql.linear import ENDLESS, search, signs, slow_from
from glocal_kg._rdf.sparql.paths import SeenKeys
from glocal_kg._rdf.sparql.regexes import found_in
from glocal_kg.errors import TooLargeError
from tests.rdf.sparql.ask import ask, read

GRAPH = "".join(f"ex:n{n} ex:p {n % 7} ; ex:f {n}.5e0 ; ex:q ex:n{n // 2} . " for n in range(300))


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """Grows with each look at the clock."""
    found: list[None] = []
    check = Limits.check
    monkeypatch.setattr(Limits, "check", lambda self: found.append(None) or check(self))
    return found


PARTS = [f"?a = ex:n{n}" for n in range(200)]


@pytest.mark.parametrize(
    "step",
    [
        f"FILTER({' || '.join(PARTS)})",
        f"FILTER(!({' || '.join(PARTS)}))",
        f"BIND(COALESCE({', '.join(f'IF({part}, ?a, ?none)' for part in PARTS)}) AS ?y)",
    ],
    ids=["or", "not", "if"],
)
def test_each_part_of_an_expression_is_a_step(step: str, looks: list[None]) -> None:
    data, query = read(GRAPH), f"SELECT * {{ ?a ex:p ?x {step} }}"
    ask(query, data)  # which reads the terms
    del looks[:]
    ask(query, data)
    assert len(looks) >= 200


def test_columns_are_compared_in_pieces(looks: list[None], monkeypatch: pytest.MonkeyPatch) -> None:
    query = "SELECT * { ?a ex:p ?x ; ex:f ?y BIND(IF(?x < ?y || ?x = 3, ?x, ?a) AS ?z) }"
    whole = ask(query, GRAPH)
    few = len(looks)
    monkeypatch.setattr(evaluating, "_PIECE", 10)
    assert ask(query, GRAPH) == whole
    assert len(looks) - few > few + 30


def test_numbers_of_any_kind_are_added_in_pieces(
    looks: list[None], monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "SELECT ?x (AVG(?y) AS ?n) { ?a ex:p ?x ; ex:f ?y } GROUP BY ?x"
    whole = sorted(ask(query, GRAPH))
    few = len(looks)
    monkeypatch.setattr(aggregates, "_PART", 10)
    assert sorted(ask(query, GRAPH)) == whole
    assert len(looks) - few >= few + 2 * 300 // 10 - 2


@pytest.mark.parametrize("pattern", ["?s ?p ?o", "?s !ex:p0 ?o", "?s (ex:p0|ex:p1)* ?o"])
def test_the_rows_of_each_predicate_are_put_together_by_themselves(
    pattern: str, looks: list[None]
) -> None:
    data = read(" ".join(f"ex:s ex:p{n} ex:o ." for n in range(60)))
    assert ask(f"SELECT * {{ {pattern} }}", data)
    assert len(looks) >= 60


def test_nodes_are_looked_for_predicate_by_predicate(looks: list[None]) -> None:
    said = [f"ex:s{n} ex:p{n} ex:o{n} ." for n in range(80)]
    values = " ".join(f"ex:o{n}" for n in range(80))
    query = f"SELECT * {{ VALUES ?s {{ {values} }} ?s ex:p0? ?o }}"
    assert len(ask(query, read(" ".join(said)))) == 80
    assert len(looks) >= 80


@pytest.mark.parametrize("size", [1, 60])
def test_what_a_path_has_met_is_looked_through_in_pieces(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(piecewise, "TOGETHER", size)
    asked: list[None] = []
    seen, known = SeenKeys(lambda: asked.append(None)), set[int]()
    random = np.random.default_rng(size)
    for many in (300, 200, 100, 50, 500):
        keys = random.integers(0, 700, many)
        new = sorted(set(keys.tolist()) - known)
        del asked[:]
        assert seen.add(keys).tolist() == new
        assert len(asked) >= len(new) // size or not known
        known.update(new)
    del asked[:]
    assert seen.all().tolist() == sorted(known)
    assert len(asked) >= len(known) // (2 * size) or len(seen._runs) == 1


def test_what_is_constructed_is_put_together_in_pieces(
    looks: list[None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(piecewise, "TOGETHER", 20)
    made = DistinctTriples(Limits())
    for start in (0, 50, 25):
        made.add(7, np.arange(start, start + 100))
    assert made.table().columns["o"].tolist() == list(range(150))
    assert len(looks) >= 300 // 40


# Patterns


@pytest.mark.parametrize(
    "pattern",
    ["(a{1,8}){1,8}b", "(aa?)*b", "(a|aa){20}b", "(a|aa)" * 20 + "b", "(a*){8}b", "a?" * 20 + "b"],
)
def test_a_pattern_that_has_many_ways_is_left_to_the_linear_engine(pattern: str) -> None:
    assert slow_from(pattern) == 0
    assert not search("a" * 200, pattern, "")
    assert search("a" * 200 + "b", pattern, "")


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [("abc", ENDLESS), ("[^a|(*]{2}", ENDLESS), ("\\(a\\*", ENDLESS), ("a{2}", ENDLESS),
     ("a?b", 500_000), ("(?:ab)+?c", 1000), ("(cat|dog) .*x", 707), ("a{x", ENDLESS)],
)  # fmt: skip
def test_others_are_looked_for_by_python_up_to_a_length(pattern: str, letters: int) -> None:
    assert slow_from(pattern) == letters


def test_signs_are_counted_with_all_repetitions() -> None:
    assert [signs(one) for one in ("a", "a{3}b", "(ab){3}", "[^a-c]{2,4}", "((a|b){2}c){2}")] == [
        1, 4, 12, 4, 26
    ]  # fmt: skip


def test_a_long_pattern_is_asked_of_few_texts_at_a_time() -> None:
    asked: list[None] = []
    texts = ["a" * 1000] * 29 + ["a" * 1000 + "y"]
    found = [*found_in(texts, "(a{1,50}){1,50}[yz]", "", lambda: asked.append(None))]
    assert found == [False] * 29 + [True]
    assert len(asked) >= 4  # of others two hundred and more are


def test_texts_that_may_take_long_are_looked_at_a_few_at_a_time() -> None:
    asked: list[None] = []
    texts = ["a" * 900] * 40
    assert not any(found_in(texts, "a*b", "", lambda: asked.append(None)))
    assert len(asked) >= 10


@pytest.mark.timeout(60)  # of which one look takes minutes
@pytest.mark.parametrize(
    "asked", ['REGEX(?t, "(a{1,50}){1,50}[yz]")', 'STRLEN(REPLACE(?t, "(a{1,50}){1,50}[yz]", "-"))']
)
def test_what_nothing_could_end_is_refused(asked: str) -> None:
    data = f'ex:s ex:t "{"a" * 1_000_000}" .'
    with pytest.raises(TooLargeError, match=r"of 1,000,000 letters .* for a pattern of 2,6"):
        ask(f"SELECT ({asked} AS ?x) {{ ?s ex:t ?t }}", data)
    with pytest.raises(TooLargeError, match="for a pattern of"):
        ask(f"SELECT * {{ ?s ex:t ?t FILTER({asked}) }}", data)


# Long texts


def test_a_long_text_is_replaced_with_looks_between(looks: list[None]) -> None:
    text = "abaca" * 20_000
    query = f'SELECT (REPLACE("{text}", "(a)([bc])?", "$2$1-") AS ?x) {{}}'
    wanted = re.sub("(a)([bc])?", lambda found: (found[2] or "") + "a-", text)
    few = len(looks)
    assert ask(query) == [(f'"{wanted}"',)]
    assert len(looks) - few >= 60_000 // 4096


@pytest.mark.parametrize("new", ["<$1$2>", "\\\\\\\\$1\\\\$2", "$0$3$0", "$2g<1>", "-", ""])
def test_a_long_text_is_replaced_as_a_short_one(new: str) -> None:
    """Above a length what is put at a place is made by us, not by Python's own replacing."""
    short = "ab a\u00e9 b c" * 3
    query = 'SELECT (REPLACE("{}", "(a)(.)|c", "{}") AS ?x) {{}}'
    ((found,),) = ask(query.format(short, new))
    many = LONG // len(short) + 1
    assert ask(query.format(short * many, new)) == [(f'"{found[1:-1] * many}"',)]


def test_a_text_that_grows_too_long_is_not_made() -> None:
    query = f'SELECT (REPLACE("{"a" * 1_000_000}", "a", "{"b" * 100}") AS ?x) {{}}'
    with pytest.raises(TooLargeError, match="a text of") as raised:
        ask(query)
    letters = re.search(r"a text of ([0-9,]+) letters", str(raised.value))
    assert letters is not None
    assert int(letters[1].replace(",", "")) < LONGEST_TEXT + 4096 * 100 + 1


def test_rows_are_computed_in_short_turns(looks: list[None]) -> None:
    data = read(" ".join(f'ex:s{n} ex:p "{"a" * 500}{n}" .' for n in range(200)))
    few = len(looks)
    query = 'SELECT * { ?s ex:p ?t FILTER(STRLEN(REPLACE(?t, "a*b", "-")) > 9) }'
    assert len(ask(query, data)) == 200
    assert len(looks) - few >= 200 // 16
    assert linear._WORK < linear._MOST_WORK
