"""Groups in braces: triples, OPTIONAL, UNION, MINUS, GRAPH, FILTER, BIND, VALUES, subqueries."""

from __future__ import annotations

from pyoxigraph import NamedNode

from glocal_kg._rdf.sparql.algebra import (
    BasicPattern,
    Bind,
    GroupPattern,
    InlineData,
    Minus,
    NamedGraphPattern,
    Optional,
    Union,
    Var,
)
from glocal_kg._rdf.sparql.scope import visible
from glocal_kg._rdf.sparql.triples import TripleBlocks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._rdf.sparql.algebra import Expression, Select, Step, Term, TriplePattern


class GroupParser(TripleBlocks):
    """Parse groups of patterns."""

    def subquery(self) -> Select:
        """A SELECT in braces; the parser of whole queries gives it."""
        raise NotImplementedError

    def group(self) -> GroupPattern:
        """``{ ... }``."""
        self.open("{")
        if self.at("SELECT"):
            kept, self.aggregates = self.aggregates, None
            found = GroupPattern((self.subquery(),))
            self.aggregates = kept
        else:
            found = self._steps()
        if not self.at("}"):
            self.fail("a pattern or '}'")
        self.close("}")
        return found

    def _steps(self) -> GroupPattern:
        steps: list[Step] = []
        filters: list[Expression] = []
        patterns: list[TriplePattern] = []
        seen: dict[str, None] = {}  # the variables of the steps so far
        own = self.new_block()
        while self.token.text != "}":
            if self.at_node():
                self.block = own
                patterns += self.triples()
                if self.at_node():
                    self.fail("'.' between triples")
                continue
            if self.take("FILTER"):
                filters.append(self.constraint())
            else:
                if patterns and (self._at_step()):
                    steps.append(BasicPattern(_once(patterns)))
                    seen |= visible(steps[-1:])
                    patterns = []
                step = self._step(seen)
                if step is None:
                    break
                steps.append(step)
                seen |= visible(steps[-1:])
                own = self.new_block()
            self.take(".")
        if patterns:
            steps.append(BasicPattern(_once(patterns)))
        return GroupPattern(tuple(steps), tuple(filters))

    def _at_step(self) -> bool:
        return self.at("{", "OPTIONAL", "MINUS", "GRAPH", "BIND", "VALUES")

    def _step(self, seen: dict[str, None]) -> Step | None:
        if self.at("{"):
            branches = [self.group()]
            while self.take("UNION"):
                branches.append(self.group())
            return branches[0] if len(branches) == 1 else Union(tuple(branches))
        if self.take("OPTIONAL"):
            return Optional(self.group())
        if self.take("MINUS"):
            return Minus(self.group())
        if self.take("GRAPH"):
            if self.token.kind == "variable":
                return NamedGraphPattern(Var(self.variable()), self.group())
            if not self.at_iri():
                self.fail("the IRI of a graph or a variable")
            return NamedGraphPattern(self.iri(), self.group())
        if self.take("BIND"):
            return self._bind(seen)
        if self.take("VALUES"):
            return self.data_block()
        return None

    def _bind(self, seen: dict[str, None]) -> Step:
        self.open("(")
        expression = self.expression()
        self.need("AS")
        token = self.token
        name = self.variable()
        self.close(")")
        if name in seen:
            raise self.error(
                token,
                f"?{name} has a value already where BIND would give it one.",
                "Take another name.",
            )
        return Bind(expression, name)

    def data_block(self) -> InlineData:
        """What stands after VALUES."""
        names: list[str] = []
        rows: list[tuple[Term | None, ...]] = []
        single = not self.at("(")
        if single:
            names.append(self.variable())
        else:
            self.open("(")
            while self.token.kind == "variable":
                if self.token.text[1:] in names:
                    raise self.error(self.token, f"{self.token.text} stands twice in VALUES.")
                names.append(self.variable())
            if not self.at(")"):
                self.fail("a variable or ')'")
            self.close(")")
        self.open("{")
        while not self.at("}"):
            if single:
                rows.append((self._datum(),))
                continue
            token = self.token
            self.open("(")
            row: list[Term | None] = []
            while not self.at(")"):
                row.append(self._datum())
            if len(row) != len(names):
                raise self.error(token, f"values in this row: {len(row)}; variables: {len(names)}.")
            rows.append(tuple(row))
            self.close(")")
        self.close("}")
        return InlineData(tuple(names), tuple(rows))

    def _datum(self) -> Term | None:
        if self.take("UNDEF"):
            return None
        if self.at_iri():
            return self.iri()
        if self.at_literal():
            return self.literal()
        return self.fail("an IRI, a literal or UNDEF")


def _once(patterns: list[TriplePattern]) -> tuple[TriplePattern, ...]:
    """The same triple twice says nothing more; a path may lead to one end in two ways."""
    if len(patterns) < 2:
        return tuple(patterns)
    triples = [item for item in patterns if isinstance(item.p, (Var, NamedNode))]
    paths = [item for item in patterns if not isinstance(item.p, (Var, NamedNode))]
    return (*dict.fromkeys(triples), *paths)
