"""What type checkers know of the library; this file is read by them and never run."""

from __future__ import annotations

from typing import assert_type

import glocal_kg as gk


def answers(kg: gk.KnowledgeGraph) -> None:
    """The type of an answer follows from the verb."""
    assert_type(kg.select("SELECT * {}"), gk.Table)
    assert_type(kg.ask("ASK {}"), bool)
    assert_type(kg.construct("CONSTRUCT {} {}"), gk.Triples)
    assert_type(kg.validate(), gk.Report)
    assert_type(kg.infer().clashes, list[gk.Clash])
    assert_type(kg.explain("a:b", "a:c", "a:d").sources(), list[gk.Origin])
    assert_type(kg.network().number_of_nodes(), int)


def words(kg: gk.KnowledgeGraph) -> None:
    """A word that does not exist is an error before the program runs: mypy wants each ignore."""
    gk.GLOCAL.Practise  # type: ignore[attr-defined]  # noqa: B018 - as a user has it
    kg.network("friends")  # type: ignore[arg-type]
    kg.validate(facts="some")  # type: ignore[arg-type]
    kg.validate().at_least("bad")  # type: ignore[arg-type]
    kg.add(3)  # type: ignore[arg-type]
    for term in kg.terms():
        if term.kind == "klass":  # type: ignore[comparison-overlap]
            print(term)
