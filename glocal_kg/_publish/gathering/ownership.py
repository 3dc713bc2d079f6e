"""Which terms are a graph's own, and which it only repeats from other vocabularies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from glocal_kg._publish.gathering.counts import namespace, space_of

# Hosts under which many lay their vocabularies side by side.
_SHARED = (
    "www.w3.org",
    "purl.obolibrary.org",
    "purl.org",
    "w3id.org",
    "vocab.org",
    "data.europa.eu",
)
_ENDS = (".owl", ".ttl", ".rdf", ".xml")


class Ownership:
    """Tells own terms from foreign ones.

    ``ontologies`` are the ontologies whose headers the graph has, ``declared`` the IRIs of the
    terms it declares, ``spaces`` the namespaces its headers name as theirs. Where there is no
    header, the namespace of most declared terms is the graph's own.

    >>> own = Ownership(["http://purl.obolibrary.org/obo/ro.owl"], [], [])
    >>> own("http://purl.obolibrary.org/obo/RO_0000052")
    True
    >>> own("http://purl.obolibrary.org/obo/OBI_0000011")
    False
    """

    def __init__(
        self, ontologies: Iterable[str], declared: Iterable[str], spaces: Iterable[str]
    ) -> None:
        found = {stem for name in ontologies for stem in _stems(name)} | set(spaces)
        names = list(declared)
        if not any(name.startswith(stem) for name in names for stem in found):
            counted = Counter(map(namespace, names))
            found |= {min(counted, key=lambda one: (-counted[one], one))} if counted else set()
        self._stems = tuple(sorted(found))

    def __call__(self, name: str) -> bool:
        """Whether a term is the graph's own; everything is where nothing is known."""
        return not self._stems or name.startswith(self._stems)


def _stems(ontology: str) -> list[str]:
    """What the IRIs of an ontology's terms begin with."""
    host = ontology.partition("://")[2].partition("/")[0]
    if host not in _SHARED:
        return [space_of(ontology) or ontology]
    stem = ontology.rstrip("#/")
    folder, _, last = stem.rpartition("/")
    bare = next((last.removesuffix(end) for end in _ENDS if last.endswith(end)), last)
    # On shared hosts the project's folder is its own, as in w3id.org/project/.
    project = [space_of(ontology)] if host == "w3id.org" else []
    return [*project, f"{stem}#", f"{stem}/", f"{folder}/{bare.upper()}_", f"{folder}/{bare}#"]
