"""Notes are the same however busy the machine is: their work ends them here, not the clock."""

from __future__ import annotations

import pytest

from glocal_kg._questions.notes import again


@pytest.fixture(autouse=True, scope="package")
def no_clock():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(again, "_SECONDS", 300.0)
        yield
