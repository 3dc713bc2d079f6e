"""The two ways to a knowledge graph: the packaged one, and one in a folder."""

from __future__ import annotations

from glocal_kg._glocal.tongues import SPOKEN, unspoken
from glocal_kg._kg import KnowledgeGraph
from glocal_kg._rdf.arguments import PATH, expect, takes
from glocal_kg._rdf.warning import warn_caller
from glocal_kg._study import packaged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike


def load(*, languages: Sequence[str] = ("en",)) -> KnowledgeGraph:
    """The packaged ontology, shapes and data: asserted facts only, nothing from the network.

    ``languages`` are those of ``KnowledgeGraph``. The files are found now and read when the
    first answer needs them. A warning says where none of the languages has packaged names. Raises
    ``NotFoundError`` where the installation is not complete.

    >>> load().inference is None
    True
    """
    kg = packaged_graph(languages)
    if unspoken(kg.languages):
        warn_caller(
            f"The packaged graph has no names in {' or '.join(map(repr, kg.languages))}, so they "
            f"are English. It has {', '.join(SPOKEN)}; to want what comes next, name it last.",
        )
    return kg


def packaged_graph(languages: Sequence[str]) -> KnowledgeGraph:
    """What ``load`` gives, without a warning."""
    kg = KnowledgeGraph(languages=languages)
    packaged.sources()
    kg._contents.expect_packaged()
    return kg


@takes()
def open(
    path: str | PathLike[str],
    *,
    create: bool = False,
    read_only: bool = False,
    languages: Sequence[str] = ("en",),
) -> KnowledgeGraph:
    """The knowledge graph in a folder such as ``my.glocal``, opened at once at any size.

    What a change returns from is on the disk, whatever ends the process afterwards; so are the
    prefixes that are known beside those that everybody has. One may write, until ``close``;
    others open it with ``read_only`` and see what was there then. What ``infer`` found is kept by
    ``close`` where no fact has changed since. Raises ``NotFoundError`` where there is no graph
    (unless ``create``), ``GlocalError`` where another writer has it open, or the folder is
    damaged; ``create`` puts nothing in the place of what is damaged.

    >>> import tempfile
    >>> from glocal_kg import Text
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with open(folder + "/my.glocal", create=True) as kg:
    ...         _ = kg.add(Text("<urn:rome> a <urn:City> .", "turtle"))
    ...     len(open(folder + "/my.glocal", read_only=True))
    1
    """
    from glocal_kg._graph.contents import Contents, layer_of
    from glocal_kg._rdf.store.disk import open_folder

    expect("path", path, PATH)
    kg = KnowledgeGraph(languages=languages)
    store = open_folder(path, write=not read_only, create=create, layer_of=layer_of)
    kg._contents = Contents(store)
    kg.prefixes = kg.prefixes.and_also(store.prefixes)
    return kg
