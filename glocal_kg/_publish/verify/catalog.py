"""Check what VoID and DCAT say: fields, links to files, sizes, sums, hashes, and counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from glocal_kg._publish.descriptions.statements import SPDX, VOID_EXT
from glocal_kg._publish.gathering.counts import ANY, Counts, PropertyCount, count
from glocal_kg._publish.lines.canonical import hash_lines
from glocal_kg._publish.lines.sums import sha256
from glocal_kg._publish.verify.dumps import Dumps
from glocal_kg._publish.verify.finding import (
    ReleaseFinding,
    absent,
    number_in,
    other_size,
    other_sum,
)
from glocal_kg._rdf.namespaces import DCAT, DCTERMS, RDF, VOID

Node = NamedNode | BlankNode
_MANDATORY = {
    "title": DCTERMS.title,
    "description": DCTERMS.description,
    "license": DCTERMS.license,
    "publisher": DCTERMS.publisher,
}


class _CatalogFacts:
    """What descriptions say, by subject and property."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._values: dict[tuple[object, NamedNode], list[object]] = defaultdict(list)
        self._members: dict[object, list[Node]] = defaultdict(list)
        for quad in dict.fromkeys(quads):
            self._values[quad.subject, quad.predicate].append(quad.object)
            if quad.predicate == RDF.type and not isinstance(quad.subject, Literal):
                self._members[quad.object].append(quad.subject)  # type: ignore[arg-type]  # no triple term is said to be of a kind
        self.subjects = {subject for subject, _ in self._values}

    def all(self, subject: object, predicate: NamedNode) -> list[object]:
        return self._values.get((subject, predicate), [])

    def text(self, subject: object, predicate: NamedNode) -> str | None:
        found = self.all(subject, predicate)
        return str(getattr(found[0], "value", found[0])) if found else None

    def number(self, subject: object, predicate: NamedNode) -> int | None:
        return number_in(self.text(subject, predicate))

    def members(self, class_: NamedNode) -> list[Node]:
        return self._members.get(class_, [])


def check_catalog(dumps: Dumps) -> list[ReleaseFinding]:
    """What is wrong in the VoID and DCAT descriptions of a release."""
    said = _CatalogFacts(dumps.said)
    files = _CatalogFiles(said, dumps.names)
    findings = _check_fields(said)
    findings += _check_distributions(said, files, dumps)
    findings += _check_canonical(said, dumps)
    for dataset in said.members(VOID.Dataset):
        findings += _check_counts(dataset, said, files, dumps)
    return findings


class _CatalogFiles:
    """Which addresses are files of the release: those under the address that most lie under."""

    def __init__(self, said: _CatalogFacts, names: set[str]) -> None:
        self.names = names
        addresses = {
            node.value
            for subject in said.subjects
            for predicate in (DCAT.downloadURL, VOID.dataDump)
            for node in said.all(subject, predicate)
            if isinstance(node, NamedNode)
        }
        bases: dict[str, int] = defaultdict(int)
        for address in addresses:
            for name in names:
                if address.endswith("/" + name):
                    bases[address[: -len(name)]] += 1
        self.base = min(bases, key=lambda base: (-bases[base], base)) if bases else None

    def name(self, address: object) -> str | None:
        """The file an address stands for; None for addresses outside the release."""
        text = getattr(address, "value", "")
        if self.base is None or not text.startswith(self.base):
            return None
        return str(text[len(self.base) :])


def _check_fields(said: _CatalogFacts) -> list[ReleaseFinding]:
    findings = []
    for dataset in said.members(DCAT.Dataset):
        if dataset in said.members(DCAT.DatasetSeries):
            continue
        for name, predicate in _MANDATORY.items():
            if not said.all(dataset, predicate):
                text = f"the dataset {dataset} has no {name}"
                findings.append(ReleaseFinding("", "catalog", text))
    return findings


def _check_distributions(
    said: _CatalogFacts, files: _CatalogFiles, dumps: Dumps
) -> list[ReleaseFinding]:
    findings = []
    for subject in sorted(said.subjects, key=str):
        for predicate in (DCAT.downloadURL, VOID.dataDump):
            for address in said.all(subject, predicate):
                name = files.name(address)
                if name is not None and name not in files.names:
                    findings.append(absent(name, "the catalog"))
        addresses = said.all(subject, DCAT.downloadURL)
        name = files.name(addresses[0]) if addresses else None
        if name is None or name not in files.names:
            continue
        path = dumps.folder / name
        size = said.number(subject, DCAT.byteSize)
        if size is not None and size != path.stat().st_size:
            findings.append(other_size(name, "the catalog", "catalog", size, path.stat().st_size))
        for checksum in said.all(subject, SPDX.checksum):
            digest = str(said.text(checksum, SPDX.checksumValue)).lower()  # hexBinary: either case
            if "sha256" in str(said.text(checksum, SPDX.algorithm)) and digest != sha256(path):
                findings.append(other_sum(name, "the catalog", "catalog"))
    return findings


def _check_canonical(said: _CatalogFacts, dumps: Dumps) -> list[ReleaseFinding]:
    """The RDFC-1.0 hash of each part, worked out anew."""
    findings = []
    nquads = {dump.stem: dump.path for dump in dumps.dumps if dump.path.endswith((".nq", ".nq.gz"))}
    stems = {stem.replace("/", "-"): path for stem, path in nquads.items()}
    for subject in sorted(said.subjects, key=str):
        name = str(getattr(subject, "value", "")).partition("#canonical-")[2]
        if name.endswith("-checksum") or name not in stems:
            continue
        digest = said.text(next(iter(said.all(subject, SPDX.checksum)), None), SPDX.checksumValue)
        dumps.tick(f"hashing {stems[name]}")
        if digest is not None and digest != hash_lines(dumps.quad_lines(stems[name])):
            text = "its canonical hash (RDFC-1.0) is not the one in the catalog"
            findings.append(ReleaseFinding(stems[name], "graph", text))
    return findings


def _check_counts(
    dataset: Node, said: _CatalogFacts, files: _CatalogFiles, dumps: Dumps
) -> list[ReleaseFinding]:
    """The numbers of a dataset against a recount of its dump."""
    read = {dump.path for dump in dumps.dumps}
    names = [files.name(address) for address in said.all(dataset, VOID.dataDump)]
    local = sorted((name for name in names if name in read), key=_cheapest)
    if not local or local[0] is None:
        return []
    name = local[0]
    dumps.tick(f"recounting {name}")
    counts = count(dumps.lines(name), dumps.work)
    findings = _compare_counts(dataset, counts, said, name)
    for partition in said.all(dataset, VOID.classPartition):
        findings += _check_class(partition, counts, said, name)
    for partition in said.all(dataset, VOID.propertyPartition):
        used = counts.properties[ANY].get(said.text(partition, VOID.property) or "")
        findings += _check_property(partition, used or PropertyCount(), said, name, "")
    return findings


def _cheapest(name: str | None) -> tuple[bool, str]:
    return not (name or "").endswith(".nt"), name or ""


def _compare_counts(
    dataset: Node, counts: Counts, said: _CatalogFacts, name: str
) -> list[ReleaseFinding]:
    expected = {
        "triples": (VOID.triples, counts.triples),
        "entities": (VOID.entities, counts.entities),
        "classes": (VOID.classes, len(counts.classes)),
        "properties": (VOID.properties, len(counts.properties[ANY])),
        "distinct subjects": (VOID.distinctSubjects, counts.subjects),
        "distinct objects": (VOID.distinctObjects, counts.objects),
    }
    findings = []
    for what, (predicate, number) in expected.items():
        claimed = said.number(dataset, predicate)
        if claimed is not None and claimed != number:
            findings.append(_wrong(name, f"number of {what}", claimed, number))
    return findings


def _check_class(
    partition: object, counts: Counts, said: _CatalogFacts, name: str
) -> list[ReleaseFinding]:
    class_ = said.text(partition, VOID["class"]) or ""
    findings = []
    for what, predicate, number in (
        ("members", VOID.entities, counts.classes[class_]),
        ("triples", VOID.triples, counts.class_triples[class_]),
    ):
        claimed = said.number(partition, predicate)
        if claimed is not None and claimed != number:
            findings.append(_wrong(name, f"{what} of {class_}", claimed, number))
    used = counts.properties.get(class_, {})
    for inner in said.all(partition, VOID.propertyPartition):
        own = used.get(said.text(inner, VOID.property) or "") or PropertyCount()
        findings += _check_property(inner, own, said, name, f" of {class_}")
    return findings


def _check_property(
    partition: object, used: PropertyCount, said: _CatalogFacts, name: str, of: str
) -> list[ReleaseFinding]:
    property_ = said.text(partition, VOID.property) or ""
    checks = [
        ("triples", partition, VOID.triples, used.triples),
        ("distinct subjects", partition, VOID.distinctSubjects, used.subjects),
        ("distinct objects", partition, VOID.distinctObjects, used.objects),
    ]
    for inner in said.all(partition, VOID.classPartition):
        class_ = said.text(inner, VOID["class"]) or ""
        checks.append((f"links to {class_}", inner, VOID.triples, used.classes[class_]))
    for inner in said.all(partition, VOID_EXT.datatypePartition):
        datatype = said.text(inner, VOID_EXT.datatype) or ""
        checks.append((f"values of {datatype}", inner, VOID.triples, used.datatypes[datatype]))
    findings = []
    for what, subject, predicate, number in checks:
        claimed = said.number(subject, predicate)
        if claimed is not None and claimed != number:
            findings.append(_wrong(name, f"{what} with {property_}{of}", claimed, number))
    return findings


def _wrong(name: str, what: str, claimed: int, found: int) -> ReleaseFinding:
    told = f"the catalog says {claimed} for its {what}, found {found}"
    return ReleaseFinding(name, "count", told)
