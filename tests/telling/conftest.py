"""The graphs to reason over are those of the engine's own tests."""

from tests.engines.rl.conftest import graphs, turtle

__all__ = ["graphs", "turtle"]
