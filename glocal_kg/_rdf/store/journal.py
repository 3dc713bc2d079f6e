"""The journal of a store on disk: one record for each change, kept before the change is seen.

A record is ``length crc32`` (two numbers of 32 bits) and its content: ``version first terms
added removed`` (five numbers of 64 bits), then the new terms as lines (``terms`` bytes; the
first has the number ``first``), then ``added`` and ``removed`` quads, four numbers of 32 bits
each. All numbers are little-endian.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from struct import Struct
from zlib import crc32

import numpy as np

from glocal_kg._rdf.store.pairs import Numbers
from glocal_kg.errors import GlocalError

_FRAME, _HEAD = Struct("<II"), Struct("<qqqqq")
_ROW = 16  # bytes of a quad


@dataclass(frozen=True, slots=True)
class JournalRecord:
    """One change: the new terms from the number ``first`` on, and quads that came and went."""

    version: int
    first: int
    texts: list[bytes]
    added: Numbers
    removed: Numbers

    def to_bytes(self) -> bytes:
        """The record with its frame."""
        lines = b"".join(text + b"\n" for text in self.texts)
        sides = [np.ascontiguousarray(side, "<i4").tobytes() for side in (self.added, self.removed)]
        counts = (len(self.added), len(self.removed))
        content = _HEAD.pack(self.version, self.first, len(lines), *counts)
        content += lines + sides[0] + sides[1]
        return _FRAME.pack(len(content), crc32(content)) + content

    @classmethod
    def of(cls, content: bytes) -> JournalRecord:
        """The record of a content; ``ValueError`` where the content is none."""
        if len(content) < _HEAD.size:
            raise ValueError("it is too short")
        version, first, terms, added, removed = _HEAD.unpack_from(content)
        place = _HEAD.size + terms
        if place + _ROW * (added + removed) != len(content):
            raise ValueError("its parts do not add up")
        quads = np.frombuffer(content, "<i4", 4 * (added + removed), place).reshape(-1, 4)
        texts = content[_HEAD.size : place].split(b"\n")[:-1]
        return cls(version, first, texts, quads[:added], quads[added:])


def records(data: bytes, name: str) -> Iterator[tuple[JournalRecord, int]]:
    """The whole records of a journal, each with the place where it ends.

    A last record that is not whole was never confirmed, and is left out; so are zeros, which a
    power cut leaves where a file had grown and was not written. ``GlocalError`` where something
    is wrong before the end: that is damage, not an interruption.
    """
    place = 0
    while place + _FRAME.size <= len(data):
        length, checksum = _FRAME.unpack_from(data, place)
        end = place + _FRAME.size + length
        content = data[place + _FRAME.size : end]
        if end > len(data) or (end == len(data) and crc32(content) != checksum):
            return
        if not length and not data[place:].strip(b"\0"):
            return
        try:
            if crc32(content) != checksum:
                raise ValueError("its checksum is wrong")
            yield JournalRecord.of(content), end
        except ValueError as error:
            raise GlocalError(
                f"{name}: the record at byte {place} is damaged: {error}.",
                remedy="Take the folder from a backup; glocal check tells what else is damaged.",
            ) from None
        place = end


class Journal:
    """The open journal of one writer."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)

    def append(self, place: int, record: JournalRecord) -> int:
        """Write a record at a place, where nothing confirmed may follow; returns its end.

        The record is on the disk when this returns. ``OSError`` where it cannot be written,
        and then the journal ends at ``place`` as before.
        """
        data = record.to_bytes()
        try:
            os.ftruncate(self._file, place)
            os.lseek(self._file, place, os.SEEK_SET)
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(self._file, rest) :]
            os.fsync(self._file)
        except OSError:
            os.ftruncate(self._file, place)
            raise
        return place + len(data)

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)
