"""Count a graph in one stream: what VoID says about classes, properties, values and links.

Everything is a count over sorted triples and two merges with the sorted list of types, so
memory holds one entry per class, property and pair of them, never one per thing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from pathlib import Path
from urllib.parse import urlsplit

from glocal_kg._publish.lines.external_sort import sort_lines
from glocal_kg._publish.lines.ntriples_text import RDF_TYPE, datatype, iri, split_triple
from glocal_kg._rdf.namespaces import OWL, RDF, RDFS, SH

ANY = ""
"""The class key under which the triples of all subjects are counted."""

_STRUCTURE = (str(RDF), str(RDFS), str(OWL), str(SH))
_ALIGNING = {
    str(term)[1:-1]
    for term in (OWL.sameAs, OWL.equivalentClass, OWL.equivalentProperty, RDFS.seeAlso)
}


@dataclass
class PropertyCount:
    """How a property is used: by the subjects of one class, or by all.

    ``classes`` counts triples by class of the object, ``datatypes`` by datatype of the literal.
    """

    triples: int = 0
    subjects: int = 0
    objects: int = 0
    classes: Counter[str] = field(default_factory=Counter)
    datatypes: Counter[str] = field(default_factory=Counter)


@dataclass
class Counts:
    """The numbers of a graph.

    ``entities`` are the IRIs that occur as subject. ``classes`` maps each class to the number
    of its members, ``properties`` maps class (or ``ANY``) to property to its use. ``links``
    counts triples by foreign space and property; ``namespaces`` are those of the classes and
    properties; ``languages`` counts language tags.
    """

    triples: int = 0
    subjects: int = 0
    objects: int = 0
    entities: int = 0
    classes: Counter[str] = field(default_factory=Counter)
    class_triples: Counter[str] = field(default_factory=Counter)
    properties: dict[str, dict[str, PropertyCount]] = field(
        default_factory=lambda: defaultdict(partial(defaultdict, PropertyCount))
    )
    links: Counter[tuple[str, str]] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    years: tuple[str, str] | None = None
    example: str = ""
    space: str = ""

    @property
    def namespaces(self) -> list[str]:
        """The vocabularies in use: the namespaces of classes and properties, sorted."""
        names = set(self.classes) | set(self.properties[ANY])
        return sorted({namespace(name) for name in names if not name.startswith("_:")})


def namespace(name: str) -> str:
    """The namespace of a term's IRI: up to the last # or /.

    >>> namespace("http://www.w3.org/2004/02/skos/core#prefLabel")
    'http://www.w3.org/2004/02/skos/core#'
    """
    return name[: max(name.rfind("#"), name.rfind("/")) + 1] or name


def space_of(name: str) -> str:
    """The web space an IRI lies in: its host, and at redirect services the first folder too.

    >>> space_of("https://w3id.org/glocal/id/place/rome")
    'https://w3id.org/glocal/'
    >>> space_of("http://www.wikidata.org/entity/Q220")
    'http://www.wikidata.org/'
    """
    parts = urlsplit(name)
    if not parts.netloc:
        return ""
    space = f"{parts.scheme}://{parts.netloc}/"
    if parts.netloc in ("w3id.org", "purl.org", "example.org"):
        space += parts.path.strip("/").partition("/")[0] + "/"
    return space


def count(triples: Iterable[str], folder: Path, *, space: str = "") -> Counts:
    """Count sorted, distinct N-Triples lines. ``folder`` is for temporary files.

    ``space`` is the web space of the graph's own things; where it is not given, it is the one
    that most subjects lie in.
    """
    counts = Counts()
    types = folder / "types.count"
    edges = folder / "edges.count"
    spaces = _split(triples, counts, types, edges)
    counts.space = space or (min(spaces, key=lambda one: (-spaces[one], one)) if spaces else "")
    _count_subjects(edges, types, counts)
    _count_objects(edges, types, counts, folder)
    types.unlink()
    edges.unlink()
    return counts


def _split(triples: Iterable[str], counts: Counts, types: Path, edges: Path) -> Counter[str]:
    """Write the triples as tab separated terms, and those that give a type apart as well."""
    spaces: Counter[str] = Counter()
    last = ""
    with (
        types.open("w", encoding="utf-8", newline="\n") as type_file,
        edges.open("w", encoding="utf-8", newline="\n") as edge_file,
    ):
        for line in triples:
            subject, predicate, object_ = split_triple(line)
            counts.triples += 1
            if subject != last:
                last = subject
                counts.subjects += 1
                if subject[0] == "<":
                    counts.entities += 1
                    spaces[space_of(subject[1:-1])] += 1
            if predicate == RDF_TYPE and object_[0] == "<":
                type_file.write(f"{subject}\t{object_}\n")
            edge_file.write(f"{subject}\t{predicate}\t{object_}\n")
    return spaces


def _count_subjects(edges: Path, types: Path, counts: Counts) -> None:
    """Classes with their members and triples, and subjects by class and property."""
    first = inside = ""
    for subject, classes, rows in _joined(_rows(edges), types):
        names = [iri(class_) for class_ in classes]
        if names and subject[0] == "<":
            first = first or iri(subject)
            inside = inside or (iri(subject) if subject.startswith(f"<{counts.space}") else "")
        for name in names:
            counts.classes[name] += 1
        if not counts.example and any(name.startswith(counts.space) for name in names):
            # A thing of the graph's own classes shows best what the graph is about.
            counts.example = iri(subject) if subject.startswith(f"<{counts.space}") else ""
        for predicate, group in groupby(rows, key=lambda row: row[1]):
            used = iri(predicate)
            for name in (ANY, *names):
                counts.properties[name][used].subjects += 1
            for row in group:
                _count_triple(row[2], used, names, counts)
    counts.example = counts.example or inside or first  # data may have no classes of its own


def _count_triple(object_: str, used: str, names: list[str], counts: Counts) -> None:
    for name in names:
        counts.class_triples[name] += 1
    for name in (ANY, *names):
        counts.properties[name][used].triples += 1
    if object_[0] == '"':
        kind = datatype(object_)
        for name in (ANY, *names):
            counts.properties[name][used].datatypes[kind] += 1
        _notice_text(object_, kind, counts)
    elif object_[0] == "<":
        if object_.startswith(counts.space, 1) or not counts.space:
            return
        if used not in _ALIGNING and used.startswith(_STRUCTURE):
            return
        foreign = space_of(iri(object_))
        if foreign:
            counts.links[foreign, used] += 1


def _notice_text(object_: str, kind: str, counts: Counts) -> None:
    if kind.endswith("angString"):
        counts.languages[object_[object_.rfind("@") + 1 :]] += 1
    elif kind.endswith(("#date", "#gYear", "#gYearMonth", "#dateTime")):
        year = object_[1:5]
        if year.isdigit():
            first, latest = counts.years or (year, year)
            counts.years = (min(first, year), max(latest, year))


def _count_objects(edges: Path, types: Path, counts: Counts, folder: Path) -> None:
    """Distinct objects, and triples by class of the object."""
    turned = sort_lines(_turned(edges, types), folder)
    rows = (line.split("\t") for line in turned)
    for _, classes, members in _joined(rows, types):
        counts.objects += 1
        names = [iri(class_) for class_ in classes]
        seen: set[tuple[str, str]] = set()
        for _, predicate, subject_classes, _ in members:
            used = iri(predicate)
            for owner in ("", *filter(None, subject_classes.split(" "))):
                owner = iri(owner) if owner else ANY
                record = counts.properties[owner][used]
                if (owner, used) not in seen:
                    seen.add((owner, used))
                    record.objects += 1
                for name in names:
                    record.classes[name] += 1


def _turned(edges: Path, types: Path) -> Iterator[str]:
    """Object, predicate, classes of the subject, subject: ready to be sorted by object."""
    for subject, classes, rows in _joined(_rows(edges), types):
        owners = " ".join(classes)
        for row in rows:
            yield f"{row[2]}\t{row[1]}\t{owners}\t{subject}"


def _joined(
    rows: Iterable[list[str]], types: Path
) -> Iterator[tuple[str, list[str], Iterator[list[str]]]]:
    """Rows by their first term with the classes of that term; both sides are sorted."""
    members = groupby(_rows(types), key=lambda row: row[0])
    head = next(members, None)
    for term, group in groupby(rows, key=lambda row: row[0]):
        while head is not None and _before(head[0], term):
            head = next(members, None)
        classes: list[str] = []
        if head is not None and head[0] == term:
            classes = [row[1] for row in head[1]]
            head = next(members, None)
        yield term, classes, group


def _before(one: str, other: str) -> bool:
    # The files are sorted as lines: a term ends with a space or tab, below any other sign.
    return one < other


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line[:-1].split("\t")
