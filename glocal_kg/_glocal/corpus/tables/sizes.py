"""How large a spreadsheet may say it is: beyond that it is refused before it is built.

A file of a few hundred bytes can repeat a cell billions of times, merge all of a sheet, or
unpack to gigabytes. Rows and columns end where they end in spreadsheet programs.
"""

from __future__ import annotations

from glocal_kg._rdf.reading.packed import FREE, LARGER
from glocal_kg.errors import ReadError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from zipfile import ZipFile

ROWS = 1_048_576
COLUMNS = 16_384
REPEATED = 1 << 24  # cells that stand in the file once and are said to be many
COVERED = 1 << 22  # cells below merged areas, all areas together
BLANKS = 32_767  # in a row within a text: as many letters as a cell holds in other programs


def count(said: Mapping[str, str], name: str, most: int, what: str) -> int:
    """A number that an element says, 1 where it says none; ``ValueError`` beyond ``most``.

    >>> count({"times": "3"}, "times", 5, "columns"), count({}, "times", 5, "columns")
    (3, 1)
    """
    number = int(said.get(name, "1"))
    within(number, most, what)
    return number


def within(number: int, most: int, what: str) -> None:
    """Raise ``ValueError`` where there are more of something than ``most``."""
    if number > most:
        raise ValueError(f"it says that it has {number:,} {what}, more than {most:,}")


def expect_small(archive: ZipFile, packed: int, source: str) -> None:
    """Raise ``ReadError`` where more would come out of a workbook than a real one holds."""
    most = max(FREE, LARGER * packed)
    if sum(part.file_size for part in archive.infolist()) > most:
        raise ReadError(
            f"More than {most:,} bytes come out of the workbook.",
            source=source,
            remedy="Open it in a spreadsheet program and save it anew.",
        )
