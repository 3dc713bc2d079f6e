"""Random queries on random small data: the answer of another engine, or a known reason."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rdf.sparql.random_queries import judged


@settings(
    max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(st.integers(0, 2**32))
def test_another_engine_says_the_same(seed: int) -> None:
    word, query, data, answers = judged(seed)
    assert word != "differs", f"{query}\n{data}\n{answers}"
