"""What is found in lines of many texts is what is found in each."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from glocal_kg._rdf.sparql.linear import can_explode
from glocal_kg._rdf.sparql.matching_lines import accepted, matcher
from glocal_kg._rdf.sparql.numbers import NoValue
from glocal_kg._rdf.sparql.regexes import compiled

PIECES = st.sampled_from([
    "a", "b", "-", "1", '"', ">", "<", " ", "é", "ſ", ".", "\\d", "\\D", "\\S", "\\s", "\\w", "\\W",
    "\\n", "\\\\", "\\.", "\\$", "\\^", "\\i", "\\c", "\\C", "\\p{IsGreek}", "\\P{IsBasicLatin}",
    "[a-c]", "[^a]",
    '[^"]', "[^\\d]", "[a-z-[b]]", "[\\s\\S]", "[^^]", "^", "$", "|", "(a|b)", "(^a|b$)", "(.)\\1",
    "(?:ab)", "\n", "k",
])  # fmt: skip
COUNTS = st.sampled_from(["", "", "", "?", "*", "+", "{2}", "{1,3}", "*?", "+?"])
PATTERNS = st.builds(
    lambda start, parts, end: start + "".join(a + b for a, b in parts) + end,
    st.sampled_from(["^", "^", ""]), st.lists(st.tuples(PIECES, COUNTS), max_size=5),
    st.sampled_from(["$", "$", ""]),
)  # fmt: skip
TEXTS = st.text(st.sampled_from('ab1-"> <\\\nékKſİı$^.@\r\u2028'), max_size=5)
TERMS = st.one_of(
    TEXTS.map(Literal),
    st.builds(lambda text: Literal(text, language="en"), TEXTS),
    st.builds(lambda text: Literal(text, datatype=NamedNode("urn:t")), TEXTS),
    st.text(st.sampled_from("ab1-ék"), max_size=4).map(lambda text: NamedNode(f"urn:{text}")),
)


@settings(deadline=None)
@given(PATTERNS, st.sampled_from(["", "", "i"]), st.lists(TERMS, min_size=1, max_size=9))
@example("^[^b]{5}", "", [Literal("ab"), Literal("cd")])
@example("a|^b$", "", [Literal("xa"), Literal("b"), Literal("xb")])
@example("^.*\\$", "", [Literal("a$"), Literal("a$b")])
def test_lines_are_accepted_that_match(
    pattern: str, flags: str, terms: list[Literal | NamedNode]
) -> None:
    together = matcher(pattern, flags)
    try:
        find = compiled(pattern, flags).search
    except NoValue:
        assert together is None
        return
    if together is None:
        assert can_explode(pattern) or "\\1" in pattern or "(" in pattern
        return
    lines = "".join(f"{term}\n" for term in terms)
    found = accepted(together, lines, len(terms)).tolist()
    for term, sure in zip(terms, found, strict=True):
        assert not sure or find(term.value), (pattern, term)


@given(st.lists(st.sampled_from(["AB-12", "XY-1", "A-1", "", "AB-1x"]), min_size=1))
def test_usual_texts_are_found_without_being_looked_at_alone(texts: list[str]) -> None:
    together = matcher("^[A-Z]{2}-[0-9]+$", "")
    assert together is not None
    lines = "".join(f"{Literal(text)}\n" for text in texts)
    wanted = [text in ("AB-12", "XY-1") for text in texts]
    assert accepted(together, lines, len(texts)).tolist() == wanted


def test_no_line_reaches_into_the_next() -> None:
    together = matcher("^[^x]*[^x]*[^x]*y$", "")
    assert together is not None
    lines = '"aaaa"\n' * 5_000
    assert not accepted(together, lines, 5_000).any()
