"""Bring a closed graph up to date from a change: what falls, what stays, what is new.

A removed fact falls if it has no other proof (:mod:`.support`), and with it falls whatever
needed it, fact by fact. What is added goes through the rules one fact at a time. Only facts
that meet the change are looked at. Changes to axioms are not done here.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from glocal_kg._engines.rl.engine import Engine
from glocal_kg._engines.rl.incremental import Stepper
from glocal_kg._engines.rl.support import Support
from glocal_kg._rdf.deadline import look
from glocal_kg._rdf.store.index import Triple, TripleIndex


@dataclass(frozen=True, slots=True)
class NetChange:
    """What an edit did to the closed graph."""

    lost: set[Triple]
    """Facts that are no longer in it."""
    gained: set[Triple]
    """Facts that are new in it."""


def follow(
    engine: Engine,
    steps: Stepper,
    asserted: TripleIndex,
    new: set[Triple],
    gone: set[Triple],
    bare: set[int],
) -> NetChange | None:
    """Carry an edit out on ``asserted`` and on the engine's index.

    No fact of ``bare`` things has a proof: what a rule finds is about things of its premises.
    None where the edit touches axioms: then the indexes are as they were before.
    """
    if engine.concerns_rules(new) or engine.concerns_rules(gone) or not engine.steps_suffice():
        return None
    asserted.update(new, gone)
    lost = _fall(engine, steps, asserted, gone, bare)
    gained = None
    if not engine.concerns_rules(lost):
        engine.index.update(removed=lost)
        gained = _grow(engine, steps, new)
    else:
        lost = set()
    if gained is None:
        engine.index.update(added=lost)
        asserted.update(gone, new)
        return None
    both = lost & gained
    return NetChange(lost - both, gained - both)


def _fall(
    engine: Engine, steps: Stepper, asserted: TripleIndex, gone: set[Triple], bare: set[int]
) -> set[Triple]:
    index = engine.index
    support = Support(steps, index, asserted, axioms=not engine.axioms_stand)
    lost: set[Triple] = set()
    todo = deque(sorted(gone))
    seen = set(todo)
    while todo:
        look()
        fact = todo.popleft()
        if bare.isdisjoint(fact) and support.proves(fact):
            continue
        lost.add(fact)
        for then in steps.conclusions(index, fact):
            if then not in seen and index.contains(*then):
                seen.add(then)
                todo.append(then)
    return lost


def _grow(engine: Engine, steps: Stepper, new: set[Triple]) -> set[Triple] | None:
    """Add facts and what follows; None (and nothing done) where axioms would follow."""
    index = engine.index
    todo = deque(fact for fact in sorted(new) if index.add(*fact))
    gained: set[Triple] = set(todo)
    few = True
    while todo and few:
        look()
        fact = todo.popleft()
        fresh = [
            then
            for then in dict.fromkeys(steps.conclusions(index, fact))
            if then not in gained and engine.relevance.fact(then) and index.add(*then)
        ]
        gained.update(fresh)
        few = not fresh or len(gained) <= engine.limit
        todo += fresh
    if not few or engine.concerns_rules(gained - new):
        index.update(removed=gained)
        return None
    return gained
