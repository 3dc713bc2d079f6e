"""Random queries of more kinds: terms, functions, groups, templates, datasets, odd spellings.

    python -m tests.rdf.sparql.wider_queries 0 20000

holds each answer against an evaluation by the text of the standard (``by_the_text``), term by
term, and shows those that differ.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from contextlib import suppress
from itertools import pairwise
from random import Random
from typing import Any

import pyoxigraph as ox

from glocal_kg._rdf.sparql import algebra
from glocal_kg._rdf.sparql.answering import Rows, TripleRows, answer
from glocal_kg._rdf.sparql.comparison import less
from glocal_kg._rdf.sparql.numbers import NoValue
from glocal_kg._rdf.sparql.parser import parse
from glocal_kg._rdf.store.selection import Selection
from glocal_kg.errors import QueryError
from tests.rdf.sparql import by_the_text
from tests.rdf.sparql.ask import PREFIXES, default_graph, moment_of
from tests.rdf.sparql.random_queries import PROPERTIES, Writer, with_others
from tests.rdf.sparql.terms_put_in import with_given
from tests.rdf.sparql.w3c import same

LITERALS = (
    "1", "01", "+1", "1.0", "1.50", "1.5", "-2", "0", "1e0", "-0e0", '"NaN"^^xsd:double',
    '"INF"^^xsd:float', "12345678901234567890123456789012345678901234567890.10",
    "123456789012345678901234567890", '"7"^^xsd:byte', '"300"^^xsd:byte', '"x"^^xsd:integer',
    '"a"', '"b c"', '""', '"a"@en', '"a"@en-GB', '"B"@fr', '"1"', '"é\\n"', '"x"^^ex:t', "true",
    '"0"^^xsd:boolean', '"2024-02-29"^^xsd:date', '"2024-02-29Z"^^xsd:date',
    '"2024-03-01T00:30:00+01:00"^^xsd:dateTime', '"2024-02-29T23:30:00Z"^^xsd:dateTime',
    '"2024-02-29T24:00:00"^^xsd:dateTime', '"2024-02-30T00:00:00Z"^^xsd:dateTime',
    '"PT1H"^^xsd:dayTimeDuration', '"2024"^^xsd:gYear',
)  # fmt: skip
_ONE = (
    "STR", "LANG", "DATATYPE", "STRLEN", "UCASE", "LCASE", "ABS", "CEIL", "FLOOR", "ROUND",
    "ENCODE_FOR_URI", "YEAR", "MONTH", "DAY", "HOURS", "MINUTES", "SECONDS", "TIMEZONE", "TZ",
    "isNumeric", "isLiteral", "isIRI", "isBlank", "MD5", "IRI", "xsd:integer", "xsd:decimal",
    "xsd:double", "xsd:float", "xsd:boolean", "xsd:string", "xsd:dateTime", "xsd:date", "-", "+",
    "!",
)  # fmt: skip
_TWO = (
    "STRSTARTS", "STRENDS", "CONTAINS", "STRBEFORE", "STRAFTER", "CONCAT", "STRLANG", "STRDT",
    "LANGMATCHES", "REGEX", "SUBSTR", "sameTerm", "COALESCE",
)  # fmt: skip
_SIGNS = ("=", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "&&", "||")


def data_of(random: Random) -> str:
    """Up to fourteen facts in three graphs, mostly about literals of many kinds."""
    nodes = ["ex:n0", "ex:n1", "ex:n2", "_:b"]
    graphs: dict[str, list[str]] = {"": [], "ex:g1": [], "ex:g2": []}
    for _ in range(random.randint(0, 14)):
        o = random.choice([*nodes, "ex:g1", *random.sample(LITERALS, 6)])
        fact = f"{random.choice(nodes)} {random.choice(PROPERTIES)} {o} ."
        graphs[random.choice(["", "", "ex:g1", "ex:g2"])].append(fact)
    head = "".join(f"@prefix {name}: <{iri}> . " for name, iri in PREFIXES.items())
    graphs["ex:g1"].append("ex:g1 ex:p ex:n1 .")  # so that FROM finds it
    graphs["ex:g2"].append("_:b ex:r 1.50 .")
    return head + " ".join(f"{n} {{ {' '.join(facts)} }}" for n, facts in graphs.items())


class WideWriter(Writer):
    """Writes what its base does not: functions, groups, lists, templates, datasets."""

    depth = 0

    def query(self) -> str:
        kind, choice = self.random.random(), self.choice
        dataset = choice(["", "", "", "FROM ex:g1", "FROM NAMED ex:g1",
                          "FROM ex:g1 FROM ex:g2 FROM NAMED ex:g2"])  # fmt: skip
        where = f"{dataset} {choice(['', 'WHERE'])} {{ {self.group()} }}"
        if kind < 0.1:
            template = " ".join(self.template() for _ in range(choice([1, 2])))
            text = f"CONSTRUCT {{ {template} }} {where}"
        elif kind < 0.15:
            text = f"ASK {where}"
        elif kind < 0.45:
            text = self.grouped(where)
        else:
            text = self.plain(where)
        return self.spelled(text)

    def plain(self, where: str) -> str:
        columns = self.choice([
            "*", "DISTINCT *", "?a ?b", "DISTINCT ?b", "REDUCED ?a",
            f"?a ({self.expression()} AS ?x)", f"({self.expression()} AS ?x) (STR(?x) AS ?y)",
            f"DISTINCT ({self.expression()} AS ?x)",
        ])  # fmt: skip
        values = self.choice(["", "", "", f"VALUES ?{self.choice('abc')} {{ {self.terms()} }}"])
        return f"SELECT {columns} {where} {self.order()} {self.part_of_rows()} {values}"

    def grouped(self, where: str) -> str:
        key = self.choice(
            ["", "?a", "?a ?b", f"({self.expression(2)} AS ?k)", f"STR({self.variable()})"]
        )
        names = {"?a": ["?a"], "?a ?b": ["?a", "?b"]}.get(key, ["?k"] if "AS ?k" in key else [])
        total = self.aggregate()
        having = self.choice([
            "", "", "", f"HAVING ({self.aggregate()} {self.choice('<=>')} 1)",
            f"HAVING NOT EXISTS {{ {self.triple()} }}",
        ])  # fmt: skip
        more = self.choice(["", f"({self.aggregate()} AS ?y)", f"({total} + 1 AS ?y)",
                            f"(COALESCE({total}, 0) AS ?y)"])  # fmt: skip
        by = f"GROUP BY {key}" if key else ""
        values = (
            f"VALUES {names[0]} {{ {self.terms()} }}" if names and self.choice([0, 0, 0, 1]) else ""
        )
        return f"SELECT {' '.join(names)} ({total} AS ?x) {more} {where} {by} {having} {values}"

    def aggregate(self) -> str:
        name = self.choice(["COUNT", "SUM", "AVG", "COUNT", "MIN", "MAX"])
        if name == "COUNT" and self.random.random() < 0.4:
            return self.choice(["COUNT(*)", "COUNT(DISTINCT *)"])
        value = self.variable() if self.random.random() < 0.7 else self.expression(2)
        if self.random.random() < 0.1:
            value = f"IF(EXISTS {{ {self.triple()} }}, {value}, 0)"
        return f"{name}({self.choice(['', '', 'DISTINCT '])}{value})"

    def order(self) -> str:
        if self.random.random() < 0.7:
            return ""
        return "ORDER BY " + self.choice(["?b", "DESC(?b)", "ASC(?a)"])

    def part_of_rows(self) -> str:
        return self.choice(["", "", "", "LIMIT 2", "OFFSET 1", "OFFSET 1 LIMIT 1"])

    def template(self) -> str:
        s = self.choice(["?a", "_:x", "ex:n0", "[]", "?b"])
        p = self.choice(["ex:p", "?c", "a", "?b"])
        o = self.choice(["?b", "?a", "_:x", "1.50", "?d", "( ?a 1 )", "[ ex:q ?b ]"])
        return f"{s} {p} {o} ."

    def terms(self) -> str:
        return " ".join(self.choice(["UNDEF", "ex:n0", *LITERALS]) for _ in range(3))

    def part(self, depth: int) -> str:
        kind = self.random.random()
        if depth >= 2 or kind < 0.75:
            return super().part(depth + 1)
        inner = self.group(depth + 1)
        self.bound += 1
        return self.choice([
            f"{{ SELECT ?a ({self.aggregate()} AS ?v{self.bound}) {{ {inner} }} GROUP BY ?a }}",
            f"{{ SELECT ({self.aggregate()} AS ?v{self.bound}) {{ {inner} }} }}",
            f"{{ SELECT ?b ({self.expression()} AS ?v{self.bound}) {{ {inner} }} "
            f"VALUES ?b {{ {self.terms()} }} }}",
            f"{{ SELECT * {{ {inner} }} LIMIT {self.choice([0, 1000])} }}",
            f"{{ SELECT (COUNT(?b) AS ?v{self.bound}) {{ {inner} }} OFFSET {self.choice('01')} }}",
            f"{{ SELECT ?a ?b {{ {inner} }} ORDER BY ?c OFFSET 0 LIMIT 1000 }}",
            f"{{ SELECT DISTINCT ?b {{ {inner} }} HAVING(EXISTS {{ {self.triple()} }}) }}",
            f"BIND(EXISTS {{ {inner} }} AS ?v{self.bound})",
            f"FILTER(EXISTS {{ {inner} }} {self.choice(['||', '&&', '='])} {self.expression()})",
            f"VALUES ?{self.choice('abcd')} {{ {self.terms()} }}",
            f"GRAPH {self.choice(['?g', '?a', 'ex:g1'])} {{ {self.triple()} "
            f"{{ SELECT ?a (COUNT(*) AS ?v{self.bound}) {{ {inner} }} GROUP BY ?a }} }}",
            f"OPTIONAL {{ {inner} FILTER({self.expression()}) }}",
        ])  # fmt: skip

    def triple(self) -> str:
        kind = self.random.random()
        if kind < 0.7:
            return super().triple()
        one, other = self.choice(PROPERTIES), self.choice(["ex:q", self.path(), "?c"])
        return self.choice([
            f"{self.node()} {one} {self.node()} , {self.node()} ; {other} {self.node()} ; .",
            f"[ {one} {self.node()} ] {other} {self.node()} .",
            f"{self.node()} {other} [ {one} {self.node()} ; ] .",
            f"[] {one} ?b .",
            f"{self.node()} {one} {self.choice(LITERALS)} .",
        ])  # fmt: skip

    def path(self, depth: int = 0) -> str:
        if self.random.random() < 0.12:
            return self.choice(["!(ex:p|^ex:q)", "!(^ex:p|^a)", "!()", "^!ex:p", "(ex:p|ex:p)"])
        return super().path(depth)

    def step(self, depth: int) -> str:
        return f"({self.path(depth + 1)})"

    def expression(self, depth: int = 0) -> str:
        kind = self.random.random()
        if depth > 2 or kind < 0.3:
            return self.choice(
                [*(self.variable() for _ in range(4)), self.choice(LITERALS), "ex:n0"]
            )
        one, other = self.expression(depth + 1), self.expression(depth + 1)
        if kind < 0.5:
            name = self.choice(_ONE)
            return f"({name} {one})" if name in "-+!" else f"{name}({one})"
        if kind < 0.62:
            return f"{self.choice(_TWO)}({one}, {other})"
        if kind < 0.85:
            return f"({one} {self.choice(_SIGNS)} {other})"
        return self.choice([
            f"IF({one}, {other}, {self.variable()})", f"BOUND({self.variable()})",
            f"({one} {self.choice(['IN', 'NOT IN'])} ({other}, {self.choice(LITERALS)}))",
            f"SUBSTR({one}, {other}, 2)", f'REPLACE({one}, "a|1", "[$0]")',
            f"COALESCE({one}, {other}, 1.50)", f"({one} - 1 * {other})", f"{one} IN ()",
        ])  # fmt: skip

    def spelled(self, text: str) -> str:
        """The same with keywords in small letters, comments and breaks in some places."""
        random = self.random.random

        def other(found: re.Match[str]) -> str:
            word = found[0]
            if word == " ":
                return (
                    " " if random() < 0.95 else self.choice(["\n", "\t", ' # SELECT } "\n', "\r\n"])
                )
            return word.lower() if word.isupper() and random() < 0.1 else word

        return re.sub(r'"[^"]*"(?:[@^][\w^:-]+)?|[?_:\w]+| ', other, text)


def shown(term: Any) -> str:
    return "_:b" if isinstance(term, ox.BlankNode) else str(term)


def counted(rows: Any) -> Counter[frozenset[tuple[str, str]]]:
    return Counter(frozenset((name, shown(t)) for name, t in row.items()) for row in rows)


def difference(query: algebra.Query, quads: list[ox.Quad], given: dict[str, Any]) -> str:
    """What our answer has that the text of the standard does not give; empty where nothing."""
    moment = moment_of(quads)
    found = answer(query, moment, default_graph(moment), Selection(), given=given)
    data = by_the_text.Data.of(quads)
    if query.default is not None or query.named is not None:
        data = by_the_text.chosen(data, query.default or (), query.named or ())
    right = by_the_text.selected(with_given(query, given), data)
    if isinstance(found, bool):
        return "" if found is bool(right) else f"{found}"
    if isinstance(found, TripleRows):
        triples = by_the_text.constructed(query.template, [row | given for row in right])
        return "" if same(set(found), triples) else f"{set(found)} for {triples}"
    assert isinstance(found, Rows)
    rows = [{n: t for n, t in zip(found.names, r, strict=True) if t is not None} for r in found]
    ours, theirs = counted(rows), counted(right)
    select = query.select
    if select.limit is not None or select.offset:
        many = max(0, len(right) - select.offset)
        many = many if select.limit is None else min(many, select.limit)
        wrong = ours - theirs
        if wrong or len(rows) != many:
            return f"{len(rows)} rows for {many}: {wrong}"
    elif ours != theirs:
        return f"{ours - theirs} for {theirs - ours}"
    return _out_of_order(select, rows)


def _out_of_order(select: algebra.Select, rows: list[dict[str, Any]]) -> str:
    for key in select.order:
        assert isinstance(key.expression, algebra.Var)
        name = key.expression.name
        if name not in [column.name for column in select.columns]:
            continue
        terms = [row.get(name) for row in rows]
        terms = terms[::-1] if key.descending else terms
        for one, other in pairwise(terms):
            try:
                if (other is None and one is not None) or (one and other and less(other, one)):
                    return f"{one} before {other}"
            except NoValue:
                pass
    return ""


def judged(seed: int) -> tuple[str, str, str, str]:
    """What comes of one seed: a word, the query, the data, the difference."""
    random = Random(seed)
    data = data_of(random)
    text = WideWriter(random).query()
    given: dict[str, Any] = {}
    if random.random() < 0.3:
        given["a"] = random.choice([ox.NamedNode("http://ex.org/n0"), ox.Literal(5), ox.Literal(1)])
        text = text.replace("?a", "$a")
    with suppress(QueryError):
        parse(with_others(text), PREFIXES)  # so that the query itself is made of its form
    try:
        query = parse(text, PREFIXES)
        found = difference(query, list(ox.parse(data, ox.RdfFormat.TRIG)), given)
    except QueryError as error:  # two comparisons in a row: the writer puts no brackets
        return "not valid", text, data, str(error)
    except by_the_text.TooMuch:
        return "too much", text, data, ""
    text += f" with {given}" if given else ""
    return "differs" if found else "the same", text, data, found


def main() -> None:
    first, count = int(sys.argv[1]), int(sys.argv[2])
    words: Counter[str] = Counter()
    for seed in range(first, first + count):
        word, text, data, found = judged(seed)
        words[word] += 1
        if word == "differs":
            print(f"seed {seed}", text, data.split("XMLSchema#> . ")[1], found, sep="\n  ")
    for word, many in words.most_common():
        print(f"{many:8} {word}")


if __name__ == "__main__":
    main()
