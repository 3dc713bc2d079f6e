"""Queries that ask for more than there is time or memory end themselves, and soon."""

import gc
import signal
import threading
import tracemalloc
from itertools import pairwise
from time import perf_counter

import numpy as np
import pyoxigraph as ox
import pytest

from glocal_kg._rdf.deadline import LONGEST
from glocal_kg._rdf.sparql import answering, evaluating, query_terms, sorting
from glocal_kg._rdf.sparql.limits import Limits
from glocal_kg._rdf.sparql.parser import parse
from glocal_kg._rdf.store.moment import Moment
from glocal_kg._rdf.store.store import Store
from glocal_kg.errors import ArgumentError, QueryError, TooLargeError
from tests.rdf.sparql.ask import ask, read

SLACK = 10  # seconds beyond the limit on a busy machine; work that goes on would take minutes


@pytest.fixture(scope="module")
def crowd() -> Moment:
    """3,000 subjects with three numbers each, all of one type, and a chain through all."""
    store = Store()
    add = store.dictionary.add
    graph = add(ox.DefaultGraph())
    p, q, kind, a = (add(ox.NamedNode(f"http://ex.org/{x}")) for x in ("p", "q", "type", "A"))
    nodes = [add(ox.NamedNode(f"http://ex.org/n{n}")) for n in range(3000)]
    rows = [(s, kind, a, graph) for s in nodes]
    rows += [(s, p, add(ox.Literal(n * 7 % 1000)), graph) for n, s in enumerate(nodes)]
    rows += [(s, q, o, graph) for s, o in pairwise(nodes)]
    store.edit(added=np.array(rows, np.int32))
    return store.moment


HOGS = [
    "SELECT * { ?a ex:p ?x . ?b ex:p ?y . ?c ex:p ?z . ?d ex:p ?w }",
    "SELECT (COUNT(*) AS ?n) { ?a ex:p ?x . ?b ex:p ?y . ?c ex:p ?z }",
    "SELECT * { ?a ex:p ?x . ?b ex:p ?y } ORDER BY ?x ?y",
    "SELECT DISTINCT ?a ?b ?c { ?a ex:type ?t . ?b ex:type ?t . ?c ex:type ?t }",
    "SELECT * { ?a ex:p ?x . ?b ex:p ?y . ?c ex:p ?z FILTER(?x + ?y + ?z = 1) }",
    "SELECT * { ?a ex:type ?t OPTIONAL { ?b ex:type ?t . ?c ex:type ?t } }",
    "SELECT * { ?a (ex:q|^ex:q)* ?b . ?c (ex:q|^ex:q)* ?d }",
    "CONSTRUCT { ?a ex:r ?b . ?b ex:r ?c } { ?a ex:p ?x . ?b ex:p ?y . ?c ex:p ?z }",
    "ASK { ?a ex:p ?x . ?b ex:p ?y . ?c ex:p ?z FILTER(?x + ?y > 5000) }",
    "SELECT (GROUP_CONCAT(?s) AS ?t) { ?a ex:p ?x . ?b ex:p ?y . BIND(STR(?b) AS ?s) }",
]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?a ex:p ?x . ?a ex:type ?t }",
        "SELECT * { ?a ex:p ?x . ?a ex:type ?t } ORDER BY DESC(?a)",
        "CONSTRUCT { ?a ex:r ?x } { ?a ex:p ?x . ?a ex:type ?t }",
        "DESCRIBE ?a { ?a ex:type ?t }",
    ],
)
def test_limits_hold_while_an_answer_is_made(
    crowd: Moment, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(ask(query, crowd, timeout=60, max_memory=10_000_000)) >= 3000
    with pytest.raises(QueryError, match="needs more than 300,000 bytes: its answer has"):
        ask(query, crowd, max_memory=300_000)
    asked: list[None] = []
    check = Limits.check
    monkeypatch.setattr(Limits, "check", lambda self: asked.append(None) or check(self))
    once = len(ask(query, crowd)) and len(asked)
    for module in (answering, query_terms, sorting):
        monkeypatch.setattr(module, "PART", 100)
    del asked[:]
    ask(query, crowd)
    assert len(asked) >= once + ("CONSTRUCT" not in query and "DESCRIBE" not in query) * 30


def test_long_columns_are_sorted_in_parts(crowd: Moment, monkeypatch: pytest.MonkeyPatch) -> None:
    query = "SELECT ?a { ?a ex:p ?x } ORDER BY DESC(STR(?x)) STR(?a)"
    whole = ask(query, crowd)
    monkeypatch.setattr(sorting, "PART", 7)
    assert ask(query, crowd) == whole


@pytest.mark.parametrize("query", HOGS)
def test_time_ends_the_work_itself(crowd: Moment, query: str) -> None:
    # Which of the limits comes first depends on the machine: here a long text may, too.
    ends = r"took longer than 0\.5 seconds|needs more than|Texts of up to"
    start = perf_counter()
    with pytest.raises(QueryError, match=ends):
        ask(query, crowd, timeout=0.5, max_memory=1_000_000_000)
    assert perf_counter() - start < 0.5 + SLACK


@pytest.mark.parametrize("query", HOGS[::2])
@pytest.mark.slow
def test_memory_is_asked_for_before_it_is_taken(crowd: Moment, query: str) -> None:
    limit = 30_000_000
    gc.collect()
    tracemalloc.start()
    try:
        with pytest.raises(QueryError, match=r"needs more than|took longer"):
            ask(query, crowd, timeout=20, max_memory=limit)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 3 * limit


def test_what_was_refused_is_given_back(crowd: Moment) -> None:
    def refused() -> None:
        with pytest.raises(QueryError, match="more than 10 rows"):
            ask("SELECT * { ?a ex:p ?x . ?a ex:type ?t }", crowd, max_rows=10)

    refused()
    gc.collect()
    tracemalloc.start()
    for _ in range(50):
        refused()
    gc.collect()
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert held < 1_000_000


LONG = {
    "values": f"ASK {{ VALUES ?v {{ {'<urn:v> ' * 20_000} }} }}",
    "list": f"ASK {{ ?s ?p ({'<urn:v> ' * 20_000}) }}",
    "sum": f"SELECT ({'1 + ' * 20_000} 1 AS ?x) {{}}",
    "comments": "# nothing\n" * 20_000 + "ASK {}",
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_reading_a_query_has_a_clock(text: str) -> None:
    looked: list[None] = []
    parse(text, check=lambda _: looked.append(None))
    assert len(looked) >= 4

    def stop(_: int) -> None:
        raise TimeoutError

    with pytest.raises(TimeoutError):
        parse(text, check=stop)


@pytest.mark.timeout(25)  # letter by letter it would take longer
def test_a_long_text_in_a_query_is_read_at_once() -> None:
    parse(f"ASK {{ BIND('{'a' * 30_000_000}' AS ?x) BIND('''{'b' * 30_000_000}''' AS ?y) }}")


def test_columns_without_end_are_refused(crowd: Moment) -> None:
    columns = " ".join(f"?v{n}" for n in range(5000))
    with pytest.raises(QueryError, match="needs more than 10,000,000 bytes"):
        ask(f"SELECT {columns} {{ ?a ex:p ?x }}", crowd, max_memory=10_000_000)
    branches = " UNION ".join(f"{{ ?a ex:p ?x{n} }}" for n in range(200))
    with pytest.raises(QueryError, match="needs more than 100,000,000 bytes"):
        ask(f"ASK {{ {branches} }}", crowd, max_memory=100_000_000)


def test_limits_hold_in_a_thread(crowd: Moment) -> None:
    errors: list[Exception] = []

    def work() -> None:
        try:
            ask(HOGS[0], crowd, timeout=0.3)
        except QueryError as error:
            errors.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(0.3 + SLACK)
    assert not thread.is_alive()
    assert len(errors) == 1


def test_an_interrupt_comes_through(crowd: Moment) -> None:
    import _thread

    timer = threading.Timer(0.3, _thread.interrupt_main)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in background jobs
    try:
        start = perf_counter()
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            ask(HOGS[4], crowd, timeout=60)
        assert perf_counter() - start < 0.3 + SLACK
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({"timeout": 0}, "timeout takes a number of seconds above zero; 0 is not one"),
        ({"timeout": "5"}, "timeout takes a number of seconds"),
        ({"max_rows": "5"}, "max_rows takes a whole number of rows"),
        ({"max_rows": True}, "max_rows takes a whole number of rows"),
        ({"max_memory": 0.5}, "max_memory takes a whole number of bytes"),
    ],
)
def test_limits_must_be_numbers(limits: dict[str, object], said: str) -> None:
    with pytest.raises(ArgumentError, match=said):
        ask("ASK {}", **limits)


def test_rows_are_counted(crowd: Moment) -> None:
    assert len(ask("SELECT * { ?a ex:p ?x } LIMIT 10", crowd, max_rows=10)) == 10
    with pytest.raises(QueryError, match="more than 9 triples"):
        ask("CONSTRUCT WHERE { ?a ex:p ?x }", crowd, max_rows=9)


@pytest.mark.timeout(60)
def test_long_chains_are_walked(crowd: Moment) -> None:
    assert len(ask("SELECT ?b { ex:n0 ex:q+ ?b }", crowd)) == 2999
    assert len(ask("SELECT ?a { ?a ex:q* ex:n2999 }", crowd)) == 3000


def test_repeated_patterns_do_not_grow(crowd: Moment) -> None:
    query = "SELECT ?a { " + "?a ex:type ex:A . " * 3000 + "?a ex:p 7 }"
    assert len(ask(query, read("ex:a ex:type ex:A ; ex:p 7 ."))) == 1


@pytest.mark.timeout(60)  # backtracking would take years
@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "(.*a){12,}$", ".*a.*a.*a.*a.*b"])
def test_no_pattern_takes_without_end(pattern: str) -> None:
    text = "a" * 60 + "!"
    assert ask(f"SELECT (REGEX('{text}', '{pattern}') AS ?x) {{}}") == [
        ('"false"^^<http://www.w3.org/2001/XMLSchema#boolean>',)
    ]
    replaced = ask(f"SELECT (REPLACE('{text}', '{pattern}', '-') AS ?x) {{}}")
    assert replaced == [(f'"{text}"',)]


def test_computed_terms_count_as_memory(crowd: Moment) -> None:
    query = "SELECT (CONCAT(STR(?a), STR(?b)) AS ?x) { ?a ex:p 7 . ?b ex:p ?y . ?c ex:p 14 }"
    with pytest.raises(QueryError, match=r"it computes .* terms"):
        ask(query, crowd, max_memory=2_000_000)
    query = "SELECT (GROUP_CONCAT(?x) AS ?all) { ?a ex:p ?x . ?b ex:p ?y }"
    with pytest.raises(QueryError, match="needs more than"):
        ask(query, crowd, max_memory=30_000_000)


def test_without_a_limit_the_machine_is_one(crowd: Moment) -> None:
    with pytest.raises(QueryError, match="more than half of the memory of this machine"):
        ask("SELECT * { ?a ex:p ?x . ?b ex:p ?y . ?c ex:p ?z . ?d ex:p ?w }", crowd)


@pytest.mark.parametrize(
    ("grow", "names"),
    [
        ("CONCAT(?a, ?a, ?a, ?a, ?a, ?a, ?a, ?a, ?a, ?a)", "abcdefghij"),
        (f'REPLACE(?a, "x", "{"x" * 1000}")', "abcj"),  # so few places take no time to find
    ],
    ids=["CONCAT", "REPLACE"],
)
def test_a_text_that_grows_manifold_each_time_is_ended(grow: str, names: str) -> None:
    # Seven million letters are made, and what follows is refused.
    steps = "".join(
        f" BIND({grow.replace('?a', '?' + one)} AS ?{two})" for one, two in pairwise(names)
    )
    with pytest.raises(TooLargeError, match="a text of"):
        ask(f'SELECT (STRLEN(?j) AS ?n) {{ BIND("xxxxxxx" AS ?a){steps} }}', Store().moment)


@pytest.mark.timeout(60)  # going back would take the square of the letters, or more
@pytest.mark.parametrize("pattern", ["a*a*a*b", "a*b", "(a|b)*c?c?c?d", "a?" * 25 + "a" * 25 + "b"])
def test_no_pattern_takes_without_end_in_a_long_text(pattern: str) -> None:
    text = f'CONCAT("{"a" * 200_000}", STR(?x))'
    data = "ex:a ex:p 1 . ex:b ex:p 2 ."
    assert ask(f'SELECT ?x {{ ?s ex:p ?x FILTER(REGEX({text}, "{pattern}")) }}', data) == []
    replaced = f'SELECT (STRLEN(REPLACE({text}, "{pattern}", "-")) AS ?n) {{ ?s ex:p ?x }}'
    assert len(ask(replaced, data)) == 2


def test_slow_patterns_are_asked_of_many_texts_together(crowd: Moment) -> None:
    test = 'REGEX(STR(?a), "^(.*)(.*)(.*)(.*)n1[0-9]*5$")'
    plain = 'REGEX(STR(?a), "n1[0-9]*5$")'
    slow, quick = (ask(f"SELECT ?a {{ ?a ex:p ?x FILTER({one}) }}", crowd) for one in (test, plain))
    assert sorted(slow) == sorted(quick)
    assert len(slow) == 111


@pytest.mark.parametrize("factor", ["99999999999999999999", "1.000000000000000001"])
def test_a_number_that_doubles_its_digits_is_ended(factor: str) -> None:
    steps = " ".join(f"BIND(?a{n} * ?a{n} AS ?a{n + 1})" for n in range(30))
    with pytest.raises(TooLargeError, match="a number of more than 20,000 digits"):
        ask(f"SELECT ?a30 {{ BIND({factor} AS ?a0) {steps} }}")


def test_the_text_of_a_query_counts_as_memory() -> None:
    text = f"ASK {{ VALUES ?v {{ {'<urn:v> ' * 20_000} }} }}"
    with pytest.raises(TooLargeError, match="its own text is too long"):
        parse(text, check=Limits(max_memory=2_000_000).read)
    parse(text, check=Limits(max_memory=20_000_000).read)


def test_letters_of_computed_texts_count_as_memory(crowd: Moment) -> None:
    query = f'SELECT ?y {{ ?a ex:p ?x BIND(CONCAT("{"x" * 20_000}", STR(?a)) AS ?y) }}'
    with pytest.raises(TooLargeError, match="it computes"):
        ask(query, crowd, max_memory=20_000_000)  # it needs sixty


def test_filters_are_asked_piece_by_piece(crowd: Moment, monkeypatch: pytest.MonkeyPatch) -> None:
    query = "SELECT ?a { ?a ex:p ?x FILTER(?x > 500) FILTER EXISTS { ?a ex:q ?b } }"
    whole = ask(query, crowd)
    monkeypatch.setattr(evaluating, "_PIECE", 100)
    assert ask(query, crowd) == whole


def test_the_rest_of_a_long_walk_is_looked_at_piece_by_piece(monkeypatch) -> None:
    from glocal_kg._rdf.sparql import paths

    looks = 0
    check = Limits.check

    def counted(self: Limits) -> None:
        nonlocal looks
        looks += 1
        check(self)

    chain = " ".join(f"ex:n{i} ex:p ex:n{i + 1} ." for i in range(90))
    query = "SELECT * { ?a ex:p* ?b }"
    whole = sorted(map(str, ask(query, chain)))
    assert len(whole) == 91 * 92 // 2
    monkeypatch.setattr(Limits, "check", counted)
    ask(query, chain)
    before, looks = looks, 0
    monkeypatch.setattr(paths, "PART", 64)
    assert sorted(map(str, ask(query, chain))) == whole
    assert looks - before > len(whole) // 64  # each pair at least once


def test_a_timeout_beyond_all_numbers_is_a_long_one() -> None:
    assert Limits(timeout=10**400).timeout == LONGEST
