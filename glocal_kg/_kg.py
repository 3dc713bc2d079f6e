"""The knowledge graph of glocalization: a graph, and the verbs of the study beside its own."""

from __future__ import annotations

from glocal_kg._graph.graph import Graph
from glocal_kg._study import packaged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike
    from typing import Literal

    from glocal_kg._publish import Release


class KnowledgeGraph(Graph):
    """A graph that also knows what is done with practices: to publish, import, rate, draw.

    Each of these verbs is a room of its own; here stands only its name.
    """

    def publish(
        self,
        folder: str | PathLike[str],
        *,
        version: str | None = None,
        date: str | None = None,
        previous: str | PathLike[str] | None = None,
        allow_removal: bool = False,
        replace: bool = False,
    ) -> Release:
        """Write a release of what is asserted and, apart, of what is inferred, into a folder.

        ``glocal_kg.publish`` tells what the arguments mean, has more of them, and says which
        ``GlocalError`` it raises.
        """
        from glocal_kg._publish import publish

        return publish(
            self,
            folder,
            version=version,
            date=date,
            previous=previous,
            allow_removal=allow_removal,
            replace=replace,
        )


def load(
    *, languages: Sequence[str] = ("en",), index: Literal["now", "later"] = "now"
) -> KnowledgeGraph:
    """The packaged ontology, shapes and data: asserted facts only, nothing from the network.

    ``languages`` and ``index`` are those of ``KnowledgeGraph``. The files are found now and
    read when the first answer needs them. Raises ``NotFoundError`` where the installation is
    not complete.

    >>> load().inference is None
    True
    """
    kg = KnowledgeGraph(languages=languages, index=index)
    ontology, data = packaged.files("ontology", ".ttl"), packaged.files("data", ".trig", ".ttl")
    kg._contents.expect(ontology + data)
    return kg
