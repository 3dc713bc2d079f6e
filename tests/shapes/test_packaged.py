"""The packaged facts conform to the packaged shapes, as asserted and with all that follows."""

from __future__ import annotations

import glocal_kg as gk


def test_the_packaged_facts_conform_and_every_shape_has_something_to_look_at() -> None:
    report = gk.load().validate()
    assert report.conforms, report.to_text()
    # Kinds that users bring: the sources have no assessments.
    users = {"AssessmentShape", "ScaleShape"}
    idle = {shape.rsplit("#", 1)[-1] for shape, count in report.looked_at.items() if count == 0}
    assert idle <= users


def test_what_follows_breaks_no_shape() -> None:
    kg = gk.load()
    kg.infer()
    found = [one for one in kg.validate(facts="all").results if "/shapes#" in str(one.source_shape)]
    assert found == []
