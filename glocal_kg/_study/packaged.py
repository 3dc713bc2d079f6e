"""Where the packaged ontology, data and questions are.

In a wheel they lie inside the package, in a checkout beside it; nothing else is looked at.
"""

from __future__ import annotations

import os
from functools import cache

from pyoxigraph import NamedNode, RdfFormat

from glocal_kg._study.vocab import BASE, IMPORT, ONTOLOGY
from glocal_kg.errors import NotFoundError

_HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # the package itself


def sources() -> list[str]:
    """All files that the packaged facts are read from, in their order.

    Raises ``NotFoundError`` where the installation is not complete.
    """
    return files("ontology", ".ttl") + files("data", ".trig", ".ttl")


_DATA = (
    "article", "catalog", "deck", "frameworks", "interpretation", "manifesto-2004", "places",
    "programs", "report-2003", "silences",
)  # fmt: skip


@cache
def graphs() -> frozenset[str]:
    """The IRIs of the graphs that come with the package: the modules, and those of the data.

    >>> "https://w3id.org/glocal/graph/deck" in graphs()
    True
    """
    modules = map(module_iri, files("ontology", ".ttl"))
    return frozenset([*modules, *(f"{BASE}graph/{name}" for name in _DATA)])


def is_packaged(graph: object) -> bool:
    """Whether a graph is one that comes with the package, and not somebody's own.

    A name that only looks like ours, such as that of a rival reading, is the user's.

    >>> is_packaged(NamedNode(BASE + "graph/deck"))
    True
    >>> is_packaged(NamedNode(BASE + "graph/interpretation/rossi"))
    False
    """
    return isinstance(graph, NamedNode) and graph.value in graphs()


def rules() -> list[str]:
    """The files that say what follows from facts."""
    home = os.path.join(_HERE, "_engines", "rl")
    return sorted(entry.path for entry in os.scandir(home) if entry.name.endswith(".py"))


def place(name: str) -> str:
    """The path of a folder beside ``data``, whether it is there or not."""
    return os.path.join(os.path.dirname(folder("data")), name)


def folder(name: str) -> str:
    """The path of a packaged folder: ``ontology``, ``data`` or ``queries``.

    Raises ``NotFoundError`` where the installation carries no such folder.

    >>> os.path.basename(folder("ontology"))
    'ontology'
    """
    for root in (os.path.join(_HERE, "_packaged"), os.path.dirname(_HERE)):
        path = os.path.join(root, name)
        if os.path.isdir(path):
            return path
    raise NotFoundError(
        f"The packaged folder '{name}' is missing from this installation of glocal-kg.",
        remedy="Install the package again.",
    )


def files(name: str, *suffixes: str) -> list[str]:
    """All files of a packaged folder with one of the suffixes, sorted by path.

    >>> any(path.endswith("glocal.ttl") for path in files("ontology", ".ttl"))
    True
    """
    found: list[str] = []
    waiting = [folder(name)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.name.endswith(suffixes):
                    found.append(entry.path)
                elif entry.is_dir():
                    waiting.append(entry.path)
    return sorted(found)


def part(name: str) -> list[str]:
    """The files of a part of the graph: a folder or file of ``data``, or an ontology module.

    ``deck`` stands for ``data/deck/*``, ``places`` for ``data/places.trig``, ``ontology/map``
    for that module. Raises ``NotFoundError`` where there is nothing of that name.

    >>> [os.path.basename(path) for path in part("ontology/map")]
    ['map.ttl']
    """
    if name.startswith("ontology/"):
        path = os.path.join(folder("ontology"), *name.split("/")[1:]) + ".ttl"
        found = [path] if os.path.isfile(path) else []
    else:
        inside = os.path.join(folder("data"), name)
        starts = (inside + os.sep, inside + ".")
        found = [path for path in files("data", ".trig", ".ttl") if path.startswith(starts)]
    if not found:
        raise NotFoundError(f"There is no packaged part '{name}'.")
    return found


def module_iri(path: str) -> str:
    """The IRI of an ontology module, which is also the name of its graph, from its path.

    ``ontology/glocal.ttl`` is the ontology itself, ``ontology/shapes/map.ttl`` is
    ``https://w3id.org/glocal/ontology/shapes/map``.

    >>> module_iri(os.path.join(folder("ontology"), "map.ttl"))
    'https://w3id.org/glocal/ontology/map'
    """
    name = os.path.relpath(path, folder("ontology")).replace(os.sep, "/")
    stem = name.removesuffix(".ttl").removesuffix(".shacl")
    return ONTOLOGY.value if stem == "glocal" else f"{ONTOLOGY.value}/{stem}"


def graph_of(path: str) -> NamedNode:
    """The graph for statements that a packaged file puts in none; TriG names its graphs."""
    if path.startswith(folder("ontology")):
        return NamedNode(module_iri(path))
    return NamedNode(IMPORT + stem(path))


def format_of(path: str) -> RdfFormat:
    """The format of a packaged file."""
    return RdfFormat.TRIG if path.endswith(".trig") else RdfFormat.TURTLE


def stem(path: str) -> str:
    """The name of a file without folders and suffixes.

    >>> stem("data/places.trig")
    'places'
    """
    return os.path.basename(path).split(".")[0]
