"""Findings in parts: what one shape or check found is the same tuple until that changes.

After an edit most parts are as they were. Whoever makes something of each finding compares the
parts, and looks at the findings of those alone that are others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TypeAlias, overload

from glocal_kg._engines.shacl.report import Finding

Part: TypeAlias = tuple[Finding, ...]


class LateFindings(Sequence[Finding]):
    """Findings that are put together when somebody looks at one."""

    def _all(self) -> Sequence[Finding]:
        raise NotImplementedError

    @overload
    def __getitem__(self, place: int) -> Finding: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Finding]: ...
    def __getitem__(self, place: int | slice) -> Finding | Sequence[Finding]:
        return self._all()[place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # as a list has none

    def __repr__(self) -> str:
        return repr(list(self))

    def __reduce__(self) -> tuple[type[list[Finding]], tuple[list[Finding]]]:
        return list, (list(self),)  # they travel as a plain list


class FindingParts(LateFindings):
    """All findings of some parts.

    >>> from pyoxigraph import Literal
    >>> one, two = (Finding(Literal(text), "") for text in "ab")
    >>> FindingParts([(one,), (), (two,)]) == [one, two]
    True
    """

    def __init__(self, parts: Iterable[Part]) -> None:
        self.parts = [part for part in parts if part]
        self._joined: list[Finding] | None = None

    def _all(self) -> list[Finding]:
        if self._joined is None:
            self._joined = list(chain.from_iterable(self.parts))
        return self._joined

    def __len__(self) -> int:
        return sum(map(len, self.parts))


def parts_of(findings: Sequence[Finding]) -> list[Part]:
    """The parts of findings; all are one where they have none."""
    return findings.parts if isinstance(findings, FindingParts) else [tuple(findings)]


class PartsOfNow:
    """The parts of the last report, compared with those of the next.

    A finding is known by the number of the very object that it is, of which the parts keep hold.

    >>> from pyoxigraph import Literal
    >>> one, two = (Finding(Literal(text), "") for text in "ab")
    >>> now = PartsOfNow()
    >>> now.change([(one,)]) == ([one], []), now.change([(one,), (two,)]) == ([two], [])
    (True, True)
    >>> now.with_any([id(two)]) == [(two,)]
    True
    """

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self._owners: dict[int, int] = {}

    def change(self, parts: list[Part]) -> tuple[list[Finding], list[Finding]]:
        """Take up other parts; gives the findings that have come, and those that have gone."""
        old, new = ({id(part): part for part in some} for some in (self.parts, parts))
        was = {id(one): one for number in old.keys() - new.keys() for one in old[number]}
        come: list[Finding] = []
        for number in new.keys() - old.keys():
            for one in new[number]:
                if was.pop(id(one), None) is None:
                    come.append(one)
                self._owners[id(one)] = number
        for gone in was:
            del self._owners[gone]
        self.parts = parts
        return come, list(was.values())

    def with_any(self, numbers: Iterable[int]) -> list[Part]:
        """The parts with any of some findings, by their numbers, in their order."""
        owners = {self._owners[number] for number in numbers}
        return [part for part in self.parts if id(part) in owners] if owners else []
