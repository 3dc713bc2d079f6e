"""Proofs: why a fact holds, as a tree of steps down to asserted facts, and its check.

A step is a fact, the rule that gives it and the steps of the rule's premises. A proof can be
read as text, JSON, a diagram (Mermaid) or linked data (PROV), and checked without the engine:
:func:`check` replays each step against the rules as they are written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, serialize
from pyoxigraph import Triple as RdfTriple

from glocal_kg._engines.rl.matching import Binding, Facts, unify
from glocal_kg._engines.rl.program import Vocabulary
from glocal_kg._engines.rl.rules import BY_NAME, PREFIXES, Tokens, premises
from glocal_kg._rdf.store.index import Triple
from glocal_kg._rdf.store.terms import Term, TermTable
from glocal_kg._telling.naming import Labels, code
from glocal_kg._telling.phrasing import Phrasing
from glocal_kg.errors import GlocalError

ASSERTED = "asserted"

Name: TypeAlias = Callable[[Term], str]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an asserted fact stands: filled in by whoever knows the graphs."""

    graph: str = ""
    """The IRI of its named graph."""
    passage: str = ""
    """The IRI of the passage it is taken from, or empty."""
    text: str = ""
    """The passage for people: ``stated in Glocal study, page 12: towns``."""
    brief: str = ""
    """The same in a few words: ``stated on page 12``."""
    source: str = ""
    """What ``brief`` leaves out, for a list of sources: ``Glocal study, page 12: towns``."""


OriginOf: TypeAlias = Callable[[Term, Term, Term], list[Origin]]


@dataclass(frozen=True, slots=True)
class Step:
    """One fact of a proof, with the rule and the steps it follows from."""

    fact: Triple
    rule: str
    premises: tuple[Step, ...]
    size: int = field(init=False, compare=False)
    """How many rules were applied to get here; 0 for an asserted fact."""

    def __post_init__(self) -> None:
        steps = 0 if self.rule == ASSERTED else 1 + sum(p.size for p in self.premises)
        object.__setattr__(self, "size", steps)

    def steps(self) -> Iterator[tuple[int, Step]]:
        """All different steps with their depth, this one first; a repeated fact comes once."""
        seen: set[Triple] = set()
        todo = [(0, self)]
        while todo:
            depth, step = todo.pop()
            if step.fact in seen:
                continue
            seen.add(step.fact)
            yield depth, step
            todo += [(depth + 1, premise) for premise in reversed(step.premises)]

    def leaves(self) -> set[Triple]:
        """The asserted facts it rests on."""
        return {step.fact for _, step in self.steps() if step.rule == ASSERTED}


class ProofError(GlocalError):
    """A proof does not hold: the message names the step."""


class Proof:
    """A proof of one fact."""

    def __init__(self, terms: TermTable, root: Step, shortest: bool = True) -> None:
        self._terms = terms
        self.root = root
        """The last step: the fact that is proved."""
        self.shortest = shortest
        """Whether no proof has fewer steps; False where looking for it would take too long."""

    @property
    def size(self) -> int:
        """How many rules are applied; 0 for an asserted fact."""
        return self.root.size

    def asserted(self) -> list[tuple[Term, Term, Term]]:
        """The asserted facts the proof rests on."""
        return [self.fact(fact) for fact in sorted(self.root.leaves())]

    def fact(self, fact: Triple) -> tuple[Term, Term, Term]:
        """A fact of numbers as terms."""
        s, p, o = (self._terms[part] for part in fact)
        return s, p, o  # type: ignore[return-value]

    def to_text(
        self,
        phrasing: Phrasing | None = None,
        origin: OriginOf | None = None,
        rules: bool = False,
        width: int | None = None,
    ) -> str:
        """The proof for people: ``Rome is a place, because ...``, see :mod:`.prose`.

        ``phrasing`` names terms, ``origin`` says where an asserted fact stands, ``rules`` adds
        the rules in words and by the names of the W3C, ``width`` breaks long lines.
        """
        from glocal_kg._telling.prose import Prose

        return Prose(self, phrasing or self.phrasing(), origin, rules).text(width)

    def phrasing(self, labels: Labels | None = None) -> Phrasing:
        """Words for terms, where nothing is known of the ontology but what the proof says."""
        known: dict[tuple[Term, str], list[Term]] = {}
        for s, p, o in self.asserted():
            known.setdefault((s, code(p)), []).append(o)
        return Phrasing(labels, lambda term, predicate: known.get((term, predicate), []))

    def to_json(self, label: Name | None = None, origin: OriginOf | None = None) -> str:
        """The proof as JSON: a list of steps, each naming its premises by place in the list.

        Facts are three N-Triples terms. The first step is the proved fact.
        """
        steps = [step for _, step in self.root.steps()]
        places = {step.fact: place for place, step in enumerate(steps)}
        out: list[dict[str, Any]] = []
        for step in steps:
            terms = self.fact(step.fact)
            entry: dict[str, Any] = {"fact": [str(term) for term in terms], "rule": step.rule}
            if label is not None:
                entry["labels"] = [label(term) for term in terms]
            if step.premises:
                entry["premises"] = [places[premise.fact] for premise in step.premises]
            if step.rule == ASSERTED and origin is not None:
                entry["origins"] = [
                    {"graph": one.graph, "passage": one.passage, "text": one.text}
                    for one in origin(*terms)
                ]
            out.append(entry)
        whole = {"shortest": self.shortest, "size": self.size, "steps": out}
        return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"

    def to_mermaid(self, phrasing: Phrasing | None = None) -> str:
        """The proof as a Mermaid flow chart: premises above, what follows below."""
        words = phrasing or self.phrasing()
        steps = [step for _, step in self.root.steps()]
        places = {step.fact: f"f{place}" for place, step in enumerate(steps)}
        lines = ["flowchart BT"]
        for step in steps:
            told = words.fact(*self.fact(step.fact)).replace('"', "#quot;")
            opening, closing = ('(["', '"])') if step.rule == ASSERTED else ('["', '"]')
            lines.append(f"  {places[step.fact]}{opening}{told}{closing}")
        for step in steps:
            for premise in step.premises:
                lines.append(f"  {places[premise.fact]} -- {step.rule} --> {places[step.fact]}")
        return "\n".join(lines) + "\n"

    def to_turtle(self, origin: OriginOf | None = None) -> str:
        """The proof in PROV: each fact an entity, each step an activity that used its premises.

        A fact is described by rdf:subject, rdf:predicate and rdf:object; an activity names
        its rule by rdfs:label. Asserted facts point at graph and passage where ``origin`` is
        given.
        """
        triples: list[RdfTriple] = []
        for _, step in self.root.steps():
            terms = self.fact(step.fact)
            node = _node(terms)
            triples.append(RdfTriple(node, _TYPE, _prov("Entity")))
            for local, part in zip(("subject", "predicate", "object"), terms, strict=True):
                triples.append(RdfTriple(node, NamedNode(PREFIXES["rdf"] + local), part))
            if step.rule == ASSERTED:
                for one in origin(*terms) if origin else ():
                    for iri in filter(None, (one.graph, one.passage)):
                        triples.append(RdfTriple(node, _prov("hadPrimarySource"), NamedNode(iri)))
                continue
            grounds = [_node(self.fact(premise.fact)).value for premise in step.premises]
            told = " ".join([node.value, step.rule, *grounds])  # apart in each other proof
            activity = BlankNode("by" + sha256(told.encode()).hexdigest()[:16])
            triples.append(RdfTriple(activity, _TYPE, _prov("Activity")))
            rule = NamedNode(PREFIXES["rdfs"] + "label")
            triples.append(RdfTriple(activity, rule, Literal(step.rule)))
            triples.append(RdfTriple(node, _prov("wasGeneratedBy"), activity))
            for premise in step.premises:
                used = _node(self.fact(premise.fact))
                triples.append(RdfTriple(activity, _prov("used"), used))
        prefixes = {"prov": _PROV, "rdf": PREFIXES["rdf"], "rdfs": PREFIXES["rdfs"]}
        data = serialize(dict.fromkeys(triples), format=RdfFormat.TURTLE, prefixes=prefixes)
        assert data is not None
        return data.decode()

    def __repr__(self) -> str:
        told = self.phrasing().fact(*self.fact(self.root.fact))
        return f"<Proof of {self.size} steps: {told}>"


def check(proof: Proof, terms: TermTable, asserted: Facts) -> None:
    """Replay a proof: every leaf is asserted, every step an application of its rule.

    Uses the rules as written, not the engine. Raises :class:`ProofError` naming the first step
    that does not hold.
    """
    vocabulary = Vocabulary(terms)
    for _, step in proof.root.steps():
        if step.rule == ASSERTED:
            if not asserted.contains(*step.fact):
                raise ProofError(f"Not asserted: {proof.fact(step.fact)}")
        elif not _follows(step, terms, vocabulary):
            raise ProofError(f"{step.rule} does not give: {proof.fact(step.fact)}")


def _follows(step: Step, terms: TermTable, vocabulary: Vocabulary) -> bool:
    from glocal_kg._engines.rl.datatypes import holds
    from glocal_kg._engines.rl.program import AXIOMS

    rule = BY_NAME[step.rule]
    s, p, o = step.fact
    if rule.name == "dt-type2":
        literal, datatype = terms[s], terms[o]
        return (
            isinstance(literal, Literal)
            and isinstance(datatype, NamedNode)
            and p == vocabulary["rdf:type"]
            and bool(holds(datatype.value, literal))
        )
    if rule.name in AXIOMS:
        facts = [
            (vocabulary[a], vocabulary["rdf:type"], vocabulary[b]) for a, b in AXIOMS[rule.name]
        ]
        return step.fact in facts
    facts = [premise.fact for premise in step.premises]
    cells = sum(fact[1] == vocabulary["rdf:first"] for fact in facts) if rule.members else 0
    for before, after in premises(rule, cells):
        for then in after:
            if len(before) == len(facts) and _matches(
                [*before, then], [*facts, step.fact], terms, vocabulary
            ):
                return True
    return False


def _matches(
    patterns: list[Tokens], facts: list[Triple], terms: TermTable, vocabulary: Vocabulary
) -> bool:
    names: dict[str, int] = {}
    binding: Binding | None = {}
    for tokens, fact in zip(patterns, facts, strict=True):
        pattern = []
        for token in tokens:
            if token in "01":
                value = terms[fact[2]]
                if not isinstance(value, Literal) or int(value.value) != int(token):
                    return False
                pattern.append(fact[2])
            elif token[0] == "?":
                pattern.append(names.setdefault(token, -len(names) - 1))
            else:
                pattern.append(vocabulary[token])
        binding = unify((pattern[0], pattern[1], pattern[2]), fact, binding)
        if binding is None:
            return False
    return True


def _node(fact: tuple[Term, Term, Term]) -> BlankNode:
    return BlankNode("f" + sha256(" ".join(map(str, fact)).encode()).hexdigest()[:16])


_PROV = "http://www.w3.org/ns/prov#"
_TYPE = NamedNode(PREFIXES["rdf"] + "type")


def _prov(name: str) -> NamedNode:
    return NamedNode(_PROV + name)
