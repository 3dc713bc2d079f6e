"""Random queries on random small data, and what three engines say to them.

    python -m tests.rdf.sparql.random_queries 0 100000

counts how many queries with these seeds agree with pyoxigraph, with rdflib, or with an evaluator
that follows the text of the standard (``by_the_text``), and shows those that agree with none.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from random import Random
from typing import Any

import pyoxigraph as ox

from glocal_kg._rdf.sparql import numbers
from glocal_kg._rdf.sparql.answering import Rows, answer
from glocal_kg._rdf.sparql.parser import parse
from glocal_kg._rdf.store.selection import Selection
from glocal_kg.errors import QueryError
from tests.rdf.sparql import by_the_text
from tests.rdf.sparql.ask import PREFIXES, default_graph, moment_of

PROPERTIES = ("ex:p", "ex:q", "ex:r")
LITERALS = ("1", "2", "3", '"a"', '"b"', '"a"@en', "1.5", "true", '"x"^^ex:t')
Answer = Any
_CONSTANT = re.compile(r'(?<![?\w])ex:\w+|"\w+"')


def data_of(random: Random) -> str:
    """Up to twelve facts in three graphs."""
    nodes = [f"ex:n{n}" for n in range(random.randint(2, 5))]
    graphs: dict[str, list[str]] = {"": [], "ex:g1": [], "ex:g2": []}
    for _ in range(random.randint(0, 12)):
        s = random.choice([*nodes, "_:b"] if random.random() < 0.2 else nodes)
        o = random.choice([*nodes, *nodes, *LITERALS])
        fact = f"{s} {random.choice(PROPERTIES)} {o} ."
        graphs[random.choice(["", "", "", "ex:g1", "ex:g2"])].append(fact)
    parts = [f"{name} {{ {' '.join(facts)} }}" if name else " ".join(facts)
             for name, facts in graphs.items()]  # fmt: skip
    return f"@prefix ex: <http://ex.org/> . {' '.join(parts)}"


class Writer:
    """Writes a random query."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.choice = random.choice
        self.bound = 0

    def query(self) -> str:
        kind = self.random.random()
        if kind < 0.7:
            columns = self.choice(["*", "DISTINCT *", "DISTINCT ?a ?b"])
            return f"SELECT {columns} {{ {self.group()} }}"
        if kind < 0.75:
            return f"ASK {{ {self.group()} }}"
        if kind > 0.95:
            return f"SELECT (COUNT(DISTINCT *) AS ?x) {{ {self.group()} }}"
        names = ("COUNT(*)", "COUNT(?b)", "COUNT(DISTINCT ?b)", "SUM(?b)", "MIN(?b)", "MAX(?b)")
        return f"SELECT ?a ({self.choice(names)} AS ?x) {{ {self.group()} }} GROUP BY ?a"

    def group(self, depth: int = 0) -> str:
        return " ".join(self.part(depth) for _ in range(self.choice([1, 1, 2, 2, 3])))

    def part(self, depth: int) -> str:
        kind = self.random.random()
        if depth >= 3 or kind < 0.45:
            return " ".join(self.triple() for _ in range(self.choice([1, 1, 2])))
        inner = self.group(depth + 1)
        if kind < 0.55:
            return f"OPTIONAL {{ {inner} }}"
        if kind < 0.63:
            return f"{{ {inner} }} UNION {{ {self.group(depth + 1)} }}"
        if kind < 0.69:
            return f"MINUS {{ {inner} }}"
        if kind < 0.77:
            return f"FILTER({self.expression()})"
        if kind < 0.82:
            return f"FILTER {self.choice(['EXISTS', 'NOT EXISTS'])} {{ {inner} }}"
        if kind < 0.86:
            self.bound += 1
            return f"BIND({self.expression()} AS ?v{self.bound})"
        if kind < 0.90:
            names = self.random.sample("abcd", 2)
            terms = ("UNDEF", "ex:n0", "ex:n1", "1", '"a"')
            rows = " ".join(
                f"({self.choice(terms)} {self.choice(terms)})" for _ in range(self.choice([1, 2]))
            )
            return f"VALUES (?{names[0]} ?{names[1]}) {{ {rows} }}"
        if kind < 0.95:
            return f"GRAPH {self.choice(['?a', '?g', 'ex:g1', 'ex:g2'])} {{ {inner} }}"
        if kind < 0.97:
            return f"{{ {inner} }}"
        return f"{{ SELECT {self.choice(['', 'DISTINCT'])} ?a ?b {{ {inner} }} }}"

    def triple(self) -> str:
        kind = self.random.random()
        verb = self.choice(PROPERTIES)
        if kind > 0.75:
            verb = self.path()
        elif kind > 0.6:
            verb = self.variable()
        o = self.choice(LITERALS) if self.random.random() < 0.12 else self.node()
        return f"{self.node()} {verb} {o} ."

    def variable(self) -> str:
        return f"?{self.choice('abcd')}"

    def node(self) -> str:
        if self.random.random() < 0.7:
            return self.variable()
        return self.choice(["ex:n0", "ex:n1", "ex:n2", "ex:absent"])

    def path(self, depth: int = 0) -> str:
        kind = self.random.random()
        if depth > 2 or kind < 0.4:
            return self.choice(PROPERTIES)
        one, other = self.step(depth), self.step(depth)
        if kind < 0.5:
            return f"^{one}"
        if kind < 0.65:
            return f"{one}/{other}"
        if kind < 0.7:
            return f"{one}|{other}"
        if kind < 0.9:
            return f"{one}{self.choice('*+?')}"
        return f"!{self.choice(['ex:p', '^ex:p', '(ex:p|ex:q)', 'a'])}"

    def step(self, depth: int) -> str:
        found = self.path(depth + 1)
        return found if found.startswith("ex:") else f"({found})"

    def expression(self, depth: int = 0) -> str:
        kind = self.random.random()
        if depth > 2 or kind < 0.3:
            terms = ("1", "2", '"a"', "ex:n0", "true", "1.5", '"b"')
            return self.choice((*terms, *(self.variable() for _ in range(3))))
        one, other = self.expression(depth + 1), self.expression(depth + 1)
        forms = (
            (0.50, f"({one} {self.choice(['=', '!=', '<', '>', '<=', '>='])} {other})"),
            (0.60, f"({one} {self.choice(['&&', '||'])} {other})"),
            (0.66, f"(!{one})"),
            (0.72, f"BOUND({self.variable()})"),
            (0.78, f"({one} {self.choice('+-*')} {other})"),
            (0.82, f"({one} {self.choice(['IN', 'NOT IN'])} ({other}, 2))"),
            (0.86, f"{self.choice(['isIRI', 'isLiteral', 'isBlank', 'isNumeric'])}({one})"),
            (0.90, f"COALESCE({one}, {other})"),
            (0.93, f"IF({self.variable()}, {one}, {other})"),
            (0.96, f"STR({one})"),
            (1.00, f"sameTerm({one}, {other})"),
        )
        return next(form for end, form in forms if kind < end)


# Answers


def plain(term: Any) -> object:
    """A term to compare: blank nodes are alike, numbers by type and value."""
    if isinstance(term, ox.BlankNode):
        return "_:b"
    if isinstance(term, ox.Literal) and term.language is None:
        number = numbers.read(term.datatype.value, term.value)
        if number is not None:
            return term.datatype.value, round(float(number), 8)
    return str(term)


def with_others(query: str) -> str:
    """A query with another constant of the same kind in each place."""

    def other(found: re.Match[str]) -> str:
        return f'"s{found.start()}"' if found[0][0] == '"' else f"ex:k{found.start()}"

    return _CONSTANT.sub(other, query)


def ours(query: str, quads: list[ox.Quad]) -> Answer:
    moment = moment_of(quads)
    parse(with_others(query), PREFIXES)  # so that the query itself is made of its form
    found = answer(parse(query, PREFIXES), moment, default_graph(moment), Selection())
    if isinstance(found, bool):
        return found
    assert isinstance(found, Rows)
    return Counter(
        frozenset((n, plain(t)) for n, t in zip(found.names, row, strict=True) if t is not None)
        for row in found
    )


def of_oxigraph(query: str, quads: list[ox.Quad]) -> Answer:
    store = ox.Store()
    store.extend(quads)
    found = store.query(query, prefixes=PREFIXES)
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    return Counter(
        frozenset((name, plain(row[name])) for name in names if row[name] is not None)
        for row in found
    )


def of_rdflib(query: str, data: str) -> Answer:
    import rdflib

    def term(node: Any) -> Any:
        if isinstance(node, rdflib.URIRef):
            return ox.NamedNode(str(node))
        if isinstance(node, rdflib.BNode):
            return ox.BlankNode("b")
        if node.language:
            return ox.Literal(str(node), language=node.language)
        kind = None if node.datatype is None else ox.NamedNode(str(node.datatype))
        return ox.Literal(str(node), datatype=kind)

    dataset = rdflib.Dataset()
    dataset.parse(data=data, format="trig")
    found = dataset.query(query, initNs={"ex": PREFIXES["ex"]})
    if found.type == "ASK":
        return bool(found.askAnswer)
    names = set(map(str, found.vars or ()))
    rows = ({str(n): t for n, t in row.items() if t is not None} for row in found.bindings)
    return Counter(
        frozenset((name, plain(term(node))) for name, node in row.items() if name in names)
        for row in rows
    )


def of_the_text(query: str, quads: list[ox.Quad]) -> Answer:
    """What the text of the standard gives, without any engine."""
    parsed = parse(query, PREFIXES)
    try:
        rows = by_the_text.selected(parsed, by_the_text.Data.of(quads))
    except by_the_text.TooMuch:
        return None
    if parsed.form == "ASK":
        return bool(rows)
    return Counter(frozenset((name, plain(t)) for name, t in row.items()) for row in rows)


def judged(seed: int) -> tuple[str, str, str, list[Answer]]:
    """What comes of one seed: a word, the query, the data, the answers."""
    random = Random(seed)
    data, query = data_of(random), Writer(random).query()
    quads = list(ox.parse(data, ox.RdfFormat.TRIG))
    try:
        own = ours(query, quads)
    except QueryError:  # a name bound twice, a key that is none: no engine takes it
        return "not valid", query, data, []
    theirs = of_oxigraph(query, quads)
    if own == theirs:
        return "agrees with pyoxigraph", query, data, [own, theirs]
    try:
        third = of_rdflib(query, data)
    except Exception as error:  # rdflib raises many kinds
        third = repr(error)
    if own == third:
        return "agrees with rdflib", query, data, [own, theirs, third]
    right = of_the_text(query, quads)
    word = "is what the text gives" if own == right else "differs"
    return word, query, data, [own, theirs, third, right]


def main() -> None:
    first, count = int(sys.argv[1]), int(sys.argv[2])
    words: Counter[str] = Counter()
    for seed in range(first, first + count):
        word, query, data, answers = judged(seed)
        words[word] += 1
        if word == "differs":
            print(f"seed {seed}", query, data, *answers, sep="\n  ")
    for word, many in words.most_common():
        print(f"{many:8} {word}")


if __name__ == "__main__":
    main()
