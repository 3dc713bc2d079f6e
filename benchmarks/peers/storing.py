"""The jobs on the store of glocal_kg: a file of any shape, without the packaged graph."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.peers.common import dispatch, import_engines, measured, tell


def load(corpus: str) -> None:
    """From a file to a graph that answers questions."""
    import glocal_kg as gk

    kg = gk.KnowledgeGraph()
    kg.query("ASK {}")  # what is imported once is not measured, nor is it of the peers
    with measured() as clock:
        count = kg.add(corpus)
    tell(**clock.told(), facts=count)


def disk(corpus: str) -> None:
    """A graph on disk, written before: opened and ready to be asked."""
    import glocal_kg as gk

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "corpus.glocal"
        written = gk.open(path, create=True)
        count = written.add(corpus)
        written.query("ASK {}")
        written.close()
        with measured() as clock:
            kg = gk.open(path, read_only=True)
        assert kg.ask("ASK { ?s ?p ?o }")
        kg.close()
    tell(**clock.told(), facts=count)


def after(corpus: str, shape: str, name: str) -> None:
    """Load, close, ask one query; ``more`` is what its first answer takes beyond a later one.

    Both by the processor; nothing was asked before, so what is made when first needed is in it.
    An answer has its rows as numbers; ``terms`` is what it takes then to have all of them as
    terms, ``terms_later`` the same of a later answer, which finds some of the terms made.
    """
    import glocal_kg as gk
    from benchmarks.queries import PREFIXES, SHAPES

    heads = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    text = heads + SHAPES[shape][1][name]
    kg = gk.KnowledgeGraph()
    kg.add(corpus)
    kg.infer()
    clocks, made = [], []
    for _ in range(4):
        with measured() as clock:
            answer = kg.query(text)
            rows = len(answer)
        clocks.append(clock)
        with measured() as clock:
            assert len(answer.terms if isinstance(answer, gk.Table) else list(answer)) == rows
        made.append(clock.processor)
        del answer
    first, *later = clocks
    least = min(clock.processor for clock in later)
    tell(
        **first.told(),
        later=least,
        more=first.processor - least,
        terms=made[0],
        terms_later=min(made[1:]),
        rows=rows,
    )


def closure(corpus: str) -> None:
    """From facts as numbers to inferred facts as numbers; reading is not measured."""
    import glocal_kg as gk
    from glocal_kg._engines.rl import Closure

    kg = gk.KnowledgeGraph()
    kg.add(corpus)
    triples = kg.facts.triples()
    with measured() as clock:
        found = Closure(kg.facts.terms, triples).inferred
    tell(**clock.told(), asserted=len(triples), inferred=len(found))


def validate(corpus: str, shapes: str) -> None:
    """A report on facts in memory by shapes of their own."""
    import glocal_kg as gk

    import_engines()
    kg = gk.KnowledgeGraph()
    kg.add(corpus)
    with measured() as clock:
        found = len(kg.validate(shapes=Path(shapes), checks=False).results)
    tell(**clock.told(), violations=found, comparable=found)


def constraint(corpus: str, kind: str) -> None:
    """One constraint on every item of a catalogue, in Core or in SPARQL."""
    import glocal_kg as gk
    from benchmarks import catalogue

    kg = gk.KnowledgeGraph()
    kg.add(corpus)
    text = {"core": catalogue.CORE_SHAPE, "sparql": catalogue.SPARQL_SHAPE}[kind]
    with tempfile.TemporaryDirectory() as folder:
        shapes = Path(folder) / "shapes.ttl"
        shapes.write_text(text, encoding="utf-8")
        kg.validate(shapes=shapes, checks=False)  # targets and columns that both use
        kg.add(gk.Text("<urn:x:1> a <urn:x:Thing> .", "turtle"))
        fresh = kg.copy()
        with measured() as clock:
            found = len(fresh.validate(shapes=shapes, checks=False).results)
    tell(**clock.told(), violations=found)


if __name__ == "__main__":
    dispatch(
        {
            "load": load,
            "disk": disk,
            "after": after,
            "closure": closure,
            "validate": validate,
            "constraint": constraint,
        }
    )
