"""Pixels are read as in the tests of the pictures."""

from tests.glocal.conftest import pixels

__all__ = ["pixels"]
