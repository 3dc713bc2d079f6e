"""Random queries on random small data: the answer of another engine, or of the standard's text."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rdf.sparql import wider_queries
from tests.rdf.sparql.random_queries import judged


@settings(
    max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(st.integers(0, 2**32))
def test_another_engine_says_the_same(seed: int) -> None:
    word, query, data, answers = judged(seed)
    assert word != "differs", f"{query}\n{data}\n{answers}"


@settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(st.integers(0, 2**32))
def test_terms_functions_groups_and_templates_are_as_the_text_says(seed: int) -> None:
    word, query, data, difference = wider_queries.judged(seed)
    assert word != "differs", f"{query}\n{data}\n{difference}"
