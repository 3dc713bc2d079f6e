"""The page on reasoning lists every rule as it is in the code."""

from __future__ import annotations

from pathlib import Path

import pytest

from glocal_kg._engines.rl.engine import FUNCTIONAL, TRANSITIVE
from glocal_kg._engines.rl.rules import RULES, Rule, Tokens

PAGE = Path(__file__).parents[3] / "docs" / "reasoning.md"

REMARKS = {
    "eq-ref": "asked for only (`trivial`)",
    "eq-sym": "groups",
    "eq-trans": "groups",
    "eq-rep-s": "groups",
    "eq-rep-p": "groups",
    "eq-rep-o": "groups",
    "prp-ap": "a premise, not in the result",
    "cls-thing": "a premise, not in the result",
    "cls-nothing1": "a premise, not in the result",
    "cax-sco": "superclasses",
    "dt-type1": "a premise, not in the result",
    "dt-type2": "where a rule reads it; not in the result (literal as subject)",
    "dt-eq": "where a rule compares values; no facts of its own (literal as subject)",
    "dt-diff": "when clashes are looked for; no facts (literal as subject)",
    "dt-not-type": "clash",
    "scm-cls": "`C subClassOf C` and the like are premises, not in the result",
    "scm-op": "a premise, not in the result",
    "scm-dp": "a premise, not in the result",
}


def told(patterns: tuple[Tokens, ...]) -> str:
    return "; ".join(" ".join(tokens) for tokens in patterns).replace("rdf:type", "a")


def row(rule: Rule) -> str:
    premises = rule.built_in or told(rule.given + rule.when) or "none"
    quantity = {"all": " (all)", "any": " (any)", "pairs": " (each two)", "chain": " (chain)"}
    premises += quantity.get(rule.members, "")
    how = REMARKS.get(rule.name, "join")
    if rule.name in TRANSITIVE:
        how = "paths"
    elif rule.name in FUNCTIONAL:
        how = "neighbors"
    elif rule.covered:
        how = "not run: " + " and ".join(rule.covered.split()) + " give the same"
    conclusion = told(rule.then) or ("clash" if rule.clash else "")
    return f"| {rule.name} | {premises} | {conclusion} | {how} |"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_page_has_the_rule(rule: Rule) -> None:
    assert row(rule) in PAGE.read_text(encoding="utf-8").splitlines()
