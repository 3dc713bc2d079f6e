"""Files that are packed as they are written: the same data give the same bytes."""

from __future__ import annotations

from contextlib import contextmanager

from glocal_kg._rdf.extras import need

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO


@contextmanager
def packed(file: BinaryIO, packing: str, inner: str) -> Iterator[BinaryIO]:
    """What to write to so that a file is packed, as one of ``formats.PACKINGS`` or not at all.

    ``inner`` is the name of the file within a zip. Raises ``GlocalError`` for zstd where its
    package is not installed.

    >>> from bz2 import decompress
    >>> from io import BytesIO
    >>> with packed(stream := BytesIO(), ".bz2", "") as out:
    ...     out.write(b"<urn:a> <urn:b> <urn:c> .")
    25
    >>> decompress(stream.getvalue())
    b'<urn:a> <urn:b> <urn:c> .'
    """
    match packing:
        case ".gz":
            from gzip import GzipFile

            with GzipFile("", "wb", fileobj=file, mtime=0) as out:
                yield out  # type: ignore[misc]  # it takes bytes, which is all that is asked of it
        case ".bz2":
            from bz2 import BZ2File

            with BZ2File(file, "wb") as out:
                yield out  # type: ignore[misc]  # it takes bytes, which is all that is asked of it
        case ".xz":
            from lzma import LZMAFile

            with LZMAFile(file, "wb") as out:
                yield out  # type: ignore[misc]  # it takes bytes, which is all that is asked of it
        case ".zst":
            need("zstandard", "zstd", "Packing with zstd", "take .gz")
            from zstandard import ZstdCompressor

            with ZstdCompressor(level=10).stream_writer(file, closefd=False) as out:
                yield out
        case ".zip":
            from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

            entry = ZipInfo(inner)  # dated 1980, on any system
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 3
            with ZipFile(file, "w") as archive, archive.open(entry, "w", force_zip64=True) as out:
                yield out  # type: ignore[misc]  # it takes bytes, which is all that is asked of it
        case _:
            yield file
