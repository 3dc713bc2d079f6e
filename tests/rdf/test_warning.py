"""A warning stands at the line of whoever called, so that each such line is told once."""

from __future__ import annotations

import inspect
import warnings

import glocal_kg as gk


def test_a_warning_points_at_the_line_of_the_caller():
    kg = gk.KnowledgeGraph()
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        line = inspect.currentframe().f_lineno + 1
        kg.map(world=True)
        gk.load(languages=["xx"])
        kg.report(language="xx", resamples=5)
    places = {(warning.filename, warning.lineno) for warning in told}
    assert places == {(__file__, line), (__file__, line + 1), (__file__, line + 2)}
