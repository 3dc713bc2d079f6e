"""Bring a file that uses the names of the first edition to those of the second.

Statements without an old name stay as they are written, comments and their order too; the
others are written anew. Turtle and TriG are read, and N-Triples as Turtle.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from glocal_kg._glocal.migrate.blocks import Block, blocks
from glocal_kg._glocal.migrate.known import Known
from glocal_kg._glocal.migrate.rewrite import Facts, Rewriter
from glocal_kg._glocal.migrate.turtle_layout import Fact, TurtleLayout
from glocal_kg._rdf.reading.term_depth import refuse_nested
from glocal_kg._study.migration import addresses
from glocal_kg._study.vocab import GLOCAL, PREFIXES
from glocal_kg.errors import ReadError

__all__ = ["Migration", "migrate"]


@dataclass(frozen=True, slots=True)
class Migration:
    """A file in new names: its text, how many facts changed, and which were left out as following.

    ``dropped`` has the old names and how many facts of each follow from others now.
    """

    text: str
    changed: int
    dropped: Mapping[str, int]


def migrate(
    text: str,
    *,
    source: str = "the text",
    beside: Iterable[Quad] = (),
    editor: NamedNode | None = None,
    since: Literal | None = None,
) -> Migration:
    """A Turtle or TriG text in the names of the second edition.

    ``beside`` are facts in old names that stand in other files and say what the things in this
    one are; ``editor`` is who made its interpretations, and ``since`` when. Raises ``ReadError``
    where the text is no Turtle or TriG.

    >>> old = '''@prefix glocal: <https://w3id.org/glocal/ontology#> .
    ... @prefix ex: <https://example.org/> .
    ... ex:page glocal:passageOf ex:report .  # the report
    ... '''
    >>> print(migrate(old).text, end="")
    @prefix ex: <https://example.org/> .
    @prefix glocal: <https://w3id.org/glocal/ontology#> .
    <BLANKLINE>
    ex:page glocal:fromSource ex:report .
    # the report
    """
    refuse_nested(source, lambda: BytesIO(text.encode()))
    try:
        facts = list(parse(text, format=RdfFormat.TRIG, base_iri=_BASE))
    except SyntaxError as error:
        line = error.lineno if isinstance(error.lineno, int) else None
        raise ReadError(str(error.msg), source=source, line=line) from None
    rewriter = Rewriter(Known([*facts, *beside]), editor, since)
    return _File(text, rewriter).migrated()


_BASE = "urn:x-here:"  # relative addresses stay as they are: this is taken off again


class _File:
    def __init__(self, text: str, rewriter: Rewriter) -> None:
        self.blocks = blocks(text)
        self.rewriter = rewriter
        declared = [block.text for block in self.blocks if block.kind == "directive"]
        self.head = "\n".join(declared) + "\n"
        own = _prefixes(self.head)
        taken = set(own.values())
        more = {p: i for p, i in PREFIXES.items() if p not in own and i not in taken}
        self.layout = TurtleLayout({**own, **more})
        self.own = own

    def migrated(self) -> Migration:
        pieces = [self._piece(block) for block in self.blocks if block.kind != "directive"]
        body = "\n".join(piece for piece in pieces if piece is not None)
        prefixes = self._prefixes(body)
        top = self._first_comment()
        gap = "" if body.startswith("\n") else "\n"
        text = top + prefixes + gap + body.rstrip("\n") + "\n"
        return Migration(text, self.rewriter.changed, self.rewriter.dropped)

    def _piece(self, block: Block) -> str | None:
        before = [*block.before]
        if block.kind == "open":
            lines = [*before, f"{block.text} {{".lstrip()]
        elif block.kind == "close":
            told = self._statement(block) if block.text else ""
            lines = [*before, told, "}"] if told else [*before, "}"]
        elif block.kind == "end":
            lines = [*before, block.text] if block.text else before
        else:
            told = self._statement(block)
            lines = [*before, told] if told else [x for x in before if x]
        return "\n".join(lines) if lines else None

    def _statement(self, block: Block) -> str:
        """One statement in new names; as it stands where it has no old one."""
        text = block.text
        whole = text if text.endswith(".") else text + "\n."
        quads = parse(self.head + whole, format=RdfFormat.TURTLE, base_iri=_BASE)
        facts = [quad.triple for quad in quads]
        out = self.rewriter.statement(facts)
        new = [Triple(s, p, o) for s, rows in out.items() for p, o in rows]
        if set(new) == set(facts):
            return text
        return "\n".join([*block.within, self._written(out, named="_:" in text)])

    def _written(self, out: Facts, *, named: bool) -> str:
        uses: dict[BlankNode, int] = {}
        for rows in out.values():
            for _, value in rows:
                if isinstance(value, BlankNode):
                    uses[value] = uses.get(value, 0) + 1
        once = {node for node, count in uses.items() if count == 1 and node in out}
        self.layout.nested = {node: list(out[node]) for node in once}
        told = []
        for subject, rows in sorted(out.items(), key=_is_assertion):
            if subject in once:
                continue
            statement = self.layout.statement(subject, rows)
            if isinstance(subject, BlankNode) and not named:
                statement = "[]" + statement[len(f"_:{subject.value}") :]
            told.append(statement.replace(f"<{_BASE}", "<"))
        return "\n\n".join(told)

    def _prefixes(self, body: str) -> str:
        ours = {*PREFIXES.values(), *(old for old, _ in addresses())}
        kept = {
            prefix: space
            for prefix, space in self.layout.prefixes.items()
            if re.search(rf"(?<![\w-]){re.escape(prefix)}:", body)
            or (prefix in self.own and space not in ours)
        }
        lines = [f"@prefix {p}: <{kept[p].removeprefix(_BASE)}> .\n" for p in sorted(kept)]
        bases = [
            b.text for b in self.blocks if b.kind == "directive" and "base" in b.text[:5].lower()
        ]
        return "".join(f"{base}\n" for base in bases) + "".join(lines)

    def _first_comment(self) -> str:
        """What stands before and between the prefixes."""
        lines = [
            line
            for block in self.blocks
            if block.kind == "directive"
            for line in block.before
            if line
        ]
        return "".join(f"{line}\n" for line in lines)


def _is_assertion(pair: tuple[object, list[Fact]]) -> bool:
    """Assertions come after the proposition they are about."""
    return any(value == GLOCAL.Assertion for _, value in pair[1])


def _prefixes(head: str) -> dict[str, str]:
    """The prefixes that directives declare."""
    found = re.findall(r"(?i)prefix\s+([^\s:]*):\s*<([^>]*)>", head)
    return {prefix: space for prefix, space in found}
