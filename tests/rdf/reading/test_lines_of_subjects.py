"""Lines about some subjects are found whatever their length, and where pieces end."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glocal_kg._rdf.reading import lines_of_subjects
from glocal_kg._rdf.reading.lines_of_subjects import lines_about

iris = st.text(st.sampled_from("ab:"), max_size=12).map(lambda text: b"a:" + text.encode())
lines = st.one_of(
    st.sampled_from((b"", b"# a:b>", b"   ", b'_:x <a:b> "<a:>" .')),
    st.builds(lambda s, o: b"%s<%s> <a:p> <%s> ." % (b" " * (len(o) % 3 // 2), s, o), iris, iris),
)


@pytest.mark.parametrize("size", [1, 40, 1 << 17])
@given(subjects=st.sets(iris, max_size=5), some=st.lists(lines), end=st.sampled_from((b"", b"\n")))
@settings(max_examples=30)
def test_lines_are_those_that_begin_with_a_subject(size, subjects, some, end):
    text = b"\n".join(some) + end
    wanted = [
        (number, line)
        for number, line in enumerate(text.split(b"\n"), 1)
        if line.lstrip()[:1] == b"<" and line[line.find(b"<") + 1 : line.find(b">")] in subjects
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines_of_subjects, "PIECE", size)
        assert list(lines_about(subjects, BytesIO(text))) == wanted
