"""What follows from the facts: closure under OWL 2 RL, contradictions, proofs, and updates.

    closure = Closure(terms, triples)        # numbers, see glocal_kg._rdf.store.facts
    closure.inferred, closure.clashes        # what follows, what cannot be true together
    closure.explain(s, p, o).to_text()       # why
    closure.update(added, removed)           # the same after an edit, from the edit alone

The page docs/reasoning.md tells how it works and lists every rule. Everything here needs numpy
and is imported when it is first used.
"""

from __future__ import annotations

from typing import Any

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._engines.rl.clashes import NumberedClash
    from glocal_kg._engines.rl.closure import Closure, ClosureChange
    from glocal_kg._engines.rl.program import UnreadAxiom
    from glocal_kg._engines.rl.proof import Origin, Proof, ProofError, Step, check

_HOME = {
    "ClosureChange": "closure",
    "NumberedClash": "clashes",
    "Closure": "closure",
    "Origin": "proof",
    "UnreadAxiom": "program",
    "Proof": "proof",
    "ProofError": "proof",
    "Step": "proof",
    "check": "proof",
}

__all__ = [
    "Closure",
    "ClosureChange",
    "NumberedClash",
    "Origin",
    "Proof",
    "ProofError",
    "Step",
    "UnreadAxiom",
    "check",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        from importlib import import_module

        return getattr(import_module(f"glocal_kg._engines.rl.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
