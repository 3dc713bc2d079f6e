"""Compressed files as the bytes that are in them: gzip, zstd, bzip2, xz, and zip with one file.

What comes out has a limit, as a few megabytes can stand for terabytes.
"""

from __future__ import annotations

import os
from io import BufferedReader, RawIOBase

from glocal_kg._rdf.formats import PACKINGS, packing_of
from glocal_kg.errors import ReadError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

LARGER = 200
"""So many times its size may come out of a packed file, beyond ``FREE`` bytes."""
FREE = 64 << 20
_SIGNS = {
    ".gz": b"\x1f\x8b", ".zst": b"\x28\xb5\x2f\xfd", ".bz2": b"BZh", ".xz": b"\xfd7zXZ",
    ".zip": b"PK\x03\x04",
}  # fmt: skip


def packing_in(content: bytes) -> str:
    """The suffix for how bytes are packed, by the first of them; empty where they are plain.

    >>> packing_in(b"BZh9..."), packing_in(b"<urn:a> <urn:b> <urn:c> .")
    ('.bz2', '')
    """
    return next((kind for kind, sign in _SIGNS.items() if content.startswith(sign)), "")


def unpack(name: str, packed: IO[bytes], size: int, kind: str = "") -> IO[bytes]:
    """The bytes in a packed file of ``size`` bytes; ``name`` or ``kind`` tells how it is packed.

    Raises ``ReadError`` for a zip of several files, where the package for zstd is missing, and,
    while reading, where more comes out than ``LARGER`` times the size.
    """
    kind = kind or packing_of(name)
    if kind == ".gz":
        from gzip import GzipFile

        plain: IO[bytes] = GzipFile(fileobj=packed)  # type: ignore[assignment]  # as good as one
    elif kind == ".bz2":
        from bz2 import BZ2File

        plain = BZ2File(packed)
    elif kind == ".xz":
        from lzma import LZMAFile

        plain = LZMAFile(packed)  # noqa: SIM115 - the caller closes it
    elif kind == ".zst":
        plain = _zstd(name, packed)
    else:
        plain = _only_file(name, packed)
    return BufferedReader(_Bounded(name, plain, packed, max(FREE, LARGER * size)), 1 << 16)


def inner_name(name: str) -> str:
    """The name of what is in a packed file: without its suffix, or that of a zip's only file.

    Raises ``ReadError`` where that is packed again.
    """
    inner = _inside(name)
    if packing_of(inner):
        raise ReadError(
            f"The file is packed twice: it holds {os.path.basename(inner)}.",
            source=name,
            remedy="Unpack it once.",
        )
    return inner


def _inside(name: str) -> str:
    if packing_of(name) == ".zip" and os.path.isfile(name):
        from zipfile import BadZipFile, ZipFile

        try:
            with ZipFile(name) as archive:
                return _member(name, archive.namelist())
        except BadZipFile:
            return name.removesuffix(".zip")
    return name[: -len(packing_of(name))] if packing_of(name) else name


def _zstd(name: str, packed: IO[bytes]) -> IO[bytes]:
    try:
        import zstandard
    except ImportError:
        raise ReadError(
            "To read files packed with zstd, the package zstandard is needed.",
            source=name,
            remedy="Install it with: pip install 'glocal-kg[zstd]', or unpack the file first.",
        ) from None
    return zstandard.ZstdDecompressor().stream_reader(packed, read_across_frames=True)


def _only_file(name: str, packed: IO[bytes]) -> IO[bytes]:
    from zipfile import BadZipFile, ZipFile

    try:
        archive = ZipFile(packed)
        return archive.open(_member(name, archive.namelist()))
    except BadZipFile as error:
        raise ReadError(
            f"The file cannot be read: {error}.", source=name, remedy="Copy or download it again."
        ) from None
    except RuntimeError as error:  # a password, or a way of packing that Python does not know
        raise ReadError(
            f"The zip cannot be unpacked here: {error}.", source=name, remedy="Unpack it first."
        ) from None


def _member(name: str, members: list[str]) -> str:
    files = [m for m in members if not m.endswith("/") and not m.startswith("__MACOSX/")]
    if len(files) != 1:
        raise ReadError(
            f"The zip holds {len(files)} files, not one.",
            source=name,
            remedy="Unpack it and add its files one by one.",
        )
    return files[0]


def _errors() -> tuple[type[Exception], ...]:
    """What the packages raise for bytes that are not packed as they should be."""
    from lzma import LZMAError
    from sys import modules
    from zlib import error as zlib_error

    zstd = modules.get("zstandard")
    found = OSError, ValueError, RuntimeError, LZMAError, zlib_error
    return (*found, zstd.ZstdError) if zstd is not None else found


class _Bounded(RawIOBase):
    """A stream that refuses to give more bytes than ``most``."""

    def __init__(self, name: str, plain: IO[bytes], packed: IO[bytes], most: int) -> None:
        self._name, self._plain, self._packed, self._most = name, plain, packed, most
        self._given = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def close(self) -> None:
        """Close the packed file too."""
        if not self.closed:
            self._plain.close()
            self._packed.close()
        super().close()

    def readinto(self, buffer: object) -> int:
        """Fill a buffer. Raises ``ReadError`` beyond the limit and where the file is cut."""
        view = memoryview(buffer)  # type: ignore[arg-type]  # any buffer, by the protocol
        data = self._read(len(view))
        view[: len(data)] = data
        self._given += len(data)
        if self._given > self._most:
            raise ReadError(
                f"More than {self._most:,} bytes come out of the compressed file.",
                source=self._name,
                remedy="If you trust it, unpack it and read the plain file.",
            )
        return len(data)

    def _read(self, size: int) -> bytes:
        try:
            return self._plain.read(size)
        except EOFError:
            raise ReadError(
                "The compressed file ends too early.",
                source=self._name,
                remedy="Copy or download it again.",
            ) from None
        except _errors() as error:
            said = getattr(error, "strerror", None) or error
            raise ReadError(
                f"The file cannot be read: {said}.",
                source=self._name,
                remedy=f"Check that it is whole, and packed as its suffix says"
                f" ({', '.join(PACKINGS)}).",
            ) from None
