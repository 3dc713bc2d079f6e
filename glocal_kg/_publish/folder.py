"""The folder of a release while it is written: every file is listed with size and SHA-256."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from glocal_kg._publish.dumps.context import Context
from glocal_kg._publish.dumps.dumps import compress, write_part
from glocal_kg._publish.dumps.parquet import write_parquet
from glocal_kg._publish.gathering.parts import GraphSet
from glocal_kg._publish.gathering.release_facts import ReleaseFile, TableFile
from glocal_kg._publish.lines.sums import sha256
from glocal_kg._rdf.formats import CSV, Format

_PARQUET_TYPE = "application/vnd.apache.parquet"
_NAMES = {
    "turtle": "Turtle",
    "ntriples": "N-Triples, sorted",
    "rdfxml": "RDF/XML",
    "trig": "TriG",
    "nquads": "N-Quads, canonical and sorted",
    "jsonld": "JSON-LD with a compact context",
}


class Folder:
    """Where a release is written, and the list of what is in it so far.

    ``out`` is the folder, ``work`` one for temporary files, ``compression`` is ``gzip``,
    ``zstd`` or ``none``; ``tick`` is told what is being written.
    """

    def __init__(
        self, out: Path, work: Path, compression: str, parquet: bool, tick: Callable[[str], None]
    ) -> None:
        self.out, self.work, self.tick = out, work, tick
        self.compression, self.parquet = compression, parquet
        self.files: list[ReleaseFile] = []
        self.notes: list[str] = []
        out.mkdir()

    def add(
        self, path: Path, media_type: str, label: str, *, packed: str = "", part: str = ""
    ) -> None:
        """List a file that has been written."""
        name = path.relative_to(self.out).as_posix()
        size = path.stat().st_size
        self.files.append(ReleaseFile(name, size, sha256(path), media_type, label, packed, part))

    def write(self, name: str, text: str, media_type: str, label: str) -> None:
        """Write a text file and list it."""
        self.tick(name)
        path = self.out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        self.add(path, media_type, label)

    def write_dumps(self, part: GraphSet, prefixes: dict[str, str], context: Context) -> None:
        """Write a part in every format; parts of several graphs are compressed as well."""
        files, notes = write_part(part, self.out, prefixes, context, self.tick)
        self.notes += notes
        for path, format_ in files:
            label = f"{part.name} as {_NAMES[format_.code]}"
            self.add(path, format_.media_type, label, part=part.name)
            if part.name.startswith("graphs/"):
                continue
            packed = compress(path, self.compression)
            if packed:
                self._add_packed(packed, format_, f"{label}, compressed", part.name)

    def add_tables(self, tables: list[TableFile]) -> None:
        """List tables that have been written as CSV, and write them as Parquet if asked for."""
        for table in tables:
            what = f"things of the class {table.class_iri}" if table.class_iri else "other things"
            self.add(self.out / table.path, CSV.media_type, f"table of {what}")
        if self.parquet:
            for table in tables:
                path = write_parquet(table, self.out)
                self.add(path, _PARQUET_TYPE, f"table {table.name} as Parquet")

    def _add_packed(self, path: Path, format_: Format, label: str, part: str) -> None:
        self.add(path, format_.media_type, label, packed=self.compression, part=part)
