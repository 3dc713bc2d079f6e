"""Facts that note what is looked up in them, so that a result can travel with just these."""

from __future__ import annotations

from typing import Any

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad

    from glocal_kg._rdf.labels import Looked


class Noted:
    """Facts that note what is looked up in them."""

    def __init__(self, facts: Looked) -> None:
        self._facts = facts
        self.seen: dict[Quad, None] = {}

    def note(self, quads: Iterable[Quad]) -> None:
        """Note that some quads were needed."""
        self.seen.update(dict.fromkeys(quads))

    def quads_for_pattern(
        self, s: Any = None, p: Any = None, o: Any = None, g: Any = None
    ) -> Iterator[Quad]:
        """The facts with these parts; None stands for any."""
        found = list(self._facts.quads_for_pattern(s, p, o, g))
        self.note(found)
        return iter(found)
