"""The knowledge graph of glocalization: a graph, and the verbs of the study beside its own."""

from __future__ import annotations

from glocal_kg._graph.contents import Contents, layer_of
from glocal_kg._graph.graph import Graph
from glocal_kg._study import packaged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike

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


def load(*, languages: Sequence[str] = ("en",)) -> KnowledgeGraph:
    """The packaged ontology, shapes and data: asserted facts only, nothing from the network.

    ``languages`` are those of ``KnowledgeGraph``. The files are found now and read when the
    first answer needs them. Raises ``NotFoundError`` where the installation is
    not complete.

    >>> load().inference is None
    True
    """
    kg = KnowledgeGraph(languages=languages)
    ontology, data = packaged.files("ontology", ".ttl"), packaged.files("data", ".trig", ".ttl")
    kg._contents.expect(ontology + data)
    return kg


def open(
    path: str | PathLike[str],
    *,
    create: bool = False,
    read_only: bool = False,
    languages: Sequence[str] = ("en",),
) -> KnowledgeGraph:
    """The knowledge graph in a folder such as ``my.glocal``, opened at once at any size.

    What a change returns from is on the disk, whatever ends the process afterwards. One may
    write, until ``close``; others open it with ``read_only`` and see what was there then. What
    ``infer`` found is kept by ``close`` where no fact has changed since. Raises
    ``NotFoundError`` where there is no graph (unless ``create``), ``GlocalError`` where another
    writer has it open, or the folder is damaged.

    >>> import tempfile
    >>> from glocal_kg import Text
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with open(folder + "/my.glocal", create=True) as kg:
    ...         _ = kg.add(Text("<urn:rome> a <urn:City> .", "turtle"))
    ...     len(open(folder + "/my.glocal", read_only=True))
    1
    """
    from glocal_kg._rdf.store.disk import open_folder

    kg = KnowledgeGraph(languages=languages)
    kg._contents = Contents(
        open_folder(path, write=not read_only, create=create, layer_of=layer_of)
    )
    return kg
