"""A search for what is implied ends: after counted work, saying why, and when it is stopped."""

from __future__ import annotations

from itertools import chain, combinations, product

import pytest

from tests.engines.rl.test_entails import asked


def test_a_search_that_is_given_up_says_so(turtle, monkeypatch: pytest.MonkeyPatch) -> None:
    from glocal_kg._engines.rl import prover

    monkeypatch.setattr(prover, "MOST_STEPS", 3)
    many = ", ".join(f"ex:y{n}" for n in range(9))
    claim = "ex:x a [ owl:onProperty ex:p ; owl:minCardinality 3 ]"
    _, found = asked(turtle, f"ex:x ex:p {many}", claim)
    assert (found.answer, len(found.given_up)) == ("unknown", 1)


def test_a_claim_of_many_statements_ends_too(turtle, monkeypatch: pytest.MonkeyPatch) -> None:
    from glocal_kg._engines.rl import prover

    monkeypatch.setattr(prover, "MOST_IN_ALL", 3)
    many = " . ".join(f"ex:p{n} a owl:FunctionalProperty" for n in range(9))
    _, found = asked(turtle, "ex:a ex:p ex:b", f"{many} . ex:a ex:p ex:b")
    assert (found.answer, len(found.given_up), len(found.shown)) == ("unknown", 1, 1)


def test_a_claim_from_which_too_much_follows_is_given_up(turtle, monkeypatch) -> None:
    from glocal_kg._engines.rl import prover

    facts = f"ex:t ex:p {', '.join(named('t', 60).split())}"
    claim = "ex:p a owl:FunctionalProperty . ex:t ex:p ex:t1"
    assert not asked(turtle, facts, claim)[1].given_up
    monkeypatch.setattr(prover, "MOST_FACTS", 100)
    _, found = asked(turtle, facts, claim)
    assert (found.answer, len(found.shown)) == ("unknown", 1)
    assert ["too much follows" in why for why in found.given_up] == [True]
    described = f"ex:t0 a [ owl:oneOf ({named('t', 300)}) ]"  # its members are of it at once
    _, found = asked(turtle, facts, described)
    assert (found.answer, len(found.given_up)) == ("unknown", 1)


def test_a_supposition_from_which_too_much_follows_is_given_up(turtle, monkeypatch) -> None:
    from glocal_kg._engines.rl import prover

    facts = (
        "ex:r owl:propertyChainAxiom (ex:p ex:q) . ex:C owl:disjointWith ex:D . "
        + " . ".join(f"ex:t{n} ex:p ex:a . ex:b ex:q ex:u{n}" for n in range(60))
    )  # fmt: skip
    claim = "ex:a owl:differentFrom ex:b . ex:t1 ex:r ex:u1 . ex:D owl:disjointWith ex:C"
    assert not asked(turtle, facts, claim)[1].given_up
    monkeypatch.setattr(prover, "MOST_FACTS", 100)
    graph, found = asked(turtle, facts, claim)
    assert ["too much follows" in why for why in found.given_up] == [True]
    # What was supposed is taken back: nothing else is shown by it, and all else still is.
    assert [str(graph.terms[fact[1]]) for fact, _ in found.shown] == [
        "<http://www.w3.org/2002/07/owl#disjointWith>"
    ]


def test_looking_through_long_descriptions_is_counted(turtle, monkeypatch) -> None:
    from glocal_kg._engines.rl import prover

    monkeypatch.setattr(prover, "MOST_IN_ALL", 200)
    names = named("C", 100)
    few = f"ex:D{{0}} owl:unionOf ({names})"
    assert not asked(turtle, "ex:C1 a owl:Class", few.format(0))[1].given_up
    many = " . ".join(few.format(n) for n in range(20))
    _, found = asked(turtle, "ex:C1 a owl:Class", f"{many} . ex:C1 a owl:Class")
    assert (found.answer, len(found.given_up), len(found.shown)) == ("unknown", 1, 1)


def test_a_contradiction_is_found_without_all_of_them(turtle, monkeypatch) -> None:
    from glocal_kg._engines.rl.clashes import Clashes

    made = []
    one_clash = Clashes._clash
    monkeypatch.setattr(Clashes, "_clash", lambda *args: made.append(args) or one_clash(*args))
    many = " . ".join(f"{thing} a ex:C, ex:E" for thing in named("x", 500).split())
    _, found = asked(turtle, f"ex:C owl:disjointWith ex:D . {many}", "ex:E rdfs:subClassOf ex:D")
    assert (found.answer, found.contradiction.clash) == ("no", "cax-dw")
    assert len(made) < 10


def test_ctrl_c_ends_a_search_at_once(turtle, monkeypatch) -> None:
    from glocal_kg._engines.rl import closure

    calls, follow = [], closure.follow

    def interrupted(*args):
        within = bool(calls) and len(calls[-1][3]) > 0  # something was supposed, and is looked at
        calls.append(args)
        if within:
            raise KeyboardInterrupt
        return follow(*args)

    monkeypatch.setattr(closure, "follow", interrupted)
    with pytest.raises(KeyboardInterrupt):
        asked(turtle, "ex:D rdfs:subClassOf ex:E", "ex:C rdfs:subClassOf ex:E")
    assert len(calls[-2][3]) == 1


def named(kind: str, count: int) -> str:
    return " ".join(f"ex:{kind}{n}" for n in range(count))


GROUPS = [[f"ex:v{group}_{n}" for n in range(4)] for group in range(12)]
"""Of twelve groups each thing differs from all of the others: no thirteen differ."""
APART = " . ".join(
    f"{one} owl:differentFrom {other}"
    for group, others in combinations(GROUPS, 2)
    for one, other in product(group, others)
)
LINKS = " . ".join(
    f"ex:n{i} ex:p " + ", ".join(f"ex:n{j}" for j in range(60) if j != i and (i * 7 + j * 3) % 5)
    for i in range(60)
)
LARGE = {
    "a long list that is said": (
        f"[] a owl:AllDifferent ; owl:members ({named('a', 16_000)})",
        f"[] a owl:AllDifferent ; owl:distinctMembers ({named('a', 16_000)})",
        "yes",
    ),
    "a long list in a claim": (
        "ex:x a ex:a15999", f"ex:x a [ owl:unionOf ({named('a', 16_000)}) ]", "yes",
    ),
    "so many of which each two differ": (
        f"{APART} . ex:x ex:p {', '.join(chain(*GROUPS))}",
        "ex:x a [ owl:onProperty ex:p ; owl:minCardinality 13 ]",
        "unknown",
    ),
    "blank nodes that are all linked": (
        LINKS,
        " . ".join(f"_:k{i} ex:p _:k{j}" for i in range(12) for j in range(12) if i != j),
        "unknown",
    ),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.timeout(30)
@pytest.mark.parametrize("name", LARGE)
def test_no_claim_takes_long(name, turtle) -> None:
    premise, claim, answer = LARGE[name]
    assert asked(turtle, premise, claim)[1].answer == answer
