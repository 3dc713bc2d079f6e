"""A proof as text, JSON, a flow chart (Mermaid) or linked data (PROV)."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, serialize
from pyoxigraph import Triple as RdfTriple

from glocal_kg._engines.rl.proof import ASSERTED, OriginOf, Proof
from glocal_kg._engines.rl.rules import PREFIXES
from glocal_kg._rdf.store.term_text import Term
from glocal_kg._telling.phrasing import Phrasing
from glocal_kg._telling.prose import Prose
from glocal_kg._telling.term_names import Labels, code

Name: TypeAlias = Callable[[Term], str]


def to_text(
    proof: Proof,
    words: Phrasing | None = None,
    origin: OriginOf | None = None,
    rules: bool = False,
    width: int | None = None,
) -> str:
    """The proof for people: ``Rome is a place, because ...``, see :mod:`.prose`.

    ``words`` names terms, ``origin`` says where an asserted fact stands, ``rules`` adds
    the rules in words and by the names of the W3C, ``width`` breaks long lines.
    """
    return Prose(proof, words or phrasing(proof), origin, rules).text(width)


def phrasing(proof: Proof, labels: Labels | None = None) -> Phrasing:
    """Words for terms, where nothing is known of the ontology but what the proof says."""
    known: dict[tuple[Term, str], list[Term]] = {}
    for s, p, o in proof.asserted():
        known.setdefault((s, code(p)), []).append(o)
    return Phrasing(labels, lambda term, predicate: known.get((term, predicate), []))


def to_json(proof: Proof, label: Name | None = None, origin: OriginOf | None = None) -> str:
    """The proof as JSON: a list of steps, each naming its premises by place in the list.

    Facts are three N-Triples terms. The first step is the proved fact.
    """
    steps = [step for _, step in proof.root.steps()]
    places = {step.fact: place for place, step in enumerate(steps)}
    out: list[dict[str, Any]] = []
    for step in steps:
        terms = proof.fact(step.fact)
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
    whole = {"shortest": proof.shortest, "size": proof.size, "steps": out}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def to_mermaid(proof: Proof, words: Phrasing | None = None) -> str:
    """The proof as a Mermaid flow chart: premises above, what follows below."""
    words = words or phrasing(proof)
    steps = [step for _, step in proof.root.steps()]
    places = {step.fact: f"f{place}" for place, step in enumerate(steps)}
    lines = ["flowchart BT"]
    for step in steps:
        told = words.fact(*proof.fact(step.fact)).replace('"', "#quot;")
        opening, closing = ('(["', '"])') if step.rule == ASSERTED else ('["', '"]')
        lines.append(f"  {places[step.fact]}{opening}{told}{closing}")
    for step in steps:
        for premise in step.premises:
            lines.append(f"  {places[premise.fact]} -- {step.rule} --> {places[step.fact]}")
    return "\n".join(lines) + "\n"


def to_turtle(proof: Proof, origin: OriginOf | None = None) -> str:
    """The proof in PROV: each fact an entity, each step an activity that used its premises.

    A fact is described by rdf:subject, rdf:predicate and rdf:object; an activity names
    its rule by rdfs:label. Asserted facts point at graph and passage where ``origin`` is
    given.
    """
    triples: list[RdfTriple] = []
    for _, step in proof.root.steps():
        terms = proof.fact(step.fact)
        node = _node(terms)
        triples.append(RdfTriple(node, _TYPE, _prov("Entity")))
        for local, part in zip(("subject", "predicate", "object"), terms, strict=True):
            triples.append(RdfTriple(node, NamedNode(PREFIXES["rdf"] + local), part))
        if step.rule == ASSERTED:
            for one in origin(*terms) if origin else ():
                for iri in filter(None, (one.graph, one.passage)):
                    triples.append(RdfTriple(node, _prov("hadPrimarySource"), NamedNode(iri)))
            continue
        grounds = [_node(proof.fact(premise.fact)).value for premise in step.premises]
        told = " ".join([node.value, step.rule, *grounds])  # apart in each other proof
        activity = BlankNode("by" + sha256(told.encode()).hexdigest()[:16])
        triples.append(RdfTriple(activity, _TYPE, _prov("Activity")))
        rule = NamedNode(PREFIXES["rdfs"] + "label")
        triples.append(RdfTriple(activity, rule, Literal(step.rule)))
        triples.append(RdfTriple(node, _prov("wasGeneratedBy"), activity))
        for premise in step.premises:
            used = _node(proof.fact(premise.fact))
            triples.append(RdfTriple(activity, _prov("used"), used))
    prefixes = {"prov": _PROV, "rdf": PREFIXES["rdf"], "rdfs": PREFIXES["rdfs"]}
    data = serialize(dict.fromkeys(triples), format=RdfFormat.TURTLE, prefixes=prefixes)
    assert data is not None
    return data.decode()


def _node(fact: tuple[Term, Term, Term]) -> BlankNode:
    return BlankNode("f" + sha256(" ".join(map(str, fact)).encode()).hexdigest()[:16])


_PROV = "http://www.w3.org/ns/prov#"
_TYPE = NamedNode(PREFIXES["rdf"] + "type")


def _prov(name: str) -> NamedNode:
    return NamedNode(_PROV + name)
