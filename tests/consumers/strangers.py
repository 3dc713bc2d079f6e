"""A validator of strangers' files: an exit code, and every finding as a row."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import TextIO

import glocal_kg as gk

FIELDS = ("file", "severity", "focus", "path", "value", "message", "remedy")


def rows(kg: gk.KnowledgeGraph, file: Path) -> list[dict[str, str]]:
    """The findings of one file; one that cannot be read is a finding with its line."""
    try:
        with kg.copy() as own:
            own.add(file)
            found = own.validate().to_dicts()
    except gk.ReadError as error:
        where = "" if error.line is None else f"line {error.line}"
        unread = {"severity": "unread", "path": where, "message": error.message}
        return [{"file": file.name, **unread, "remedy": error.remedy}]
    return [{**row, "file": file.name} for row in found]


def main(files: list[Path], out: TextIO) -> int:
    """0 where all is well, 1 with violations, 2 where a file could not be read."""
    kg = gk.load()
    writer: csv.DictWriter[str] = csv.DictWriter(out, FIELDS, extrasaction="ignore", restval="")
    writer.writeheader()
    kinds: set[str] = set()
    for file in files:
        found = rows(kg, file)
        kinds |= {row["severity"] for row in found}
        writer.writerows(found)
    return 2 if "unread" in kinds else 1 if "violation" in kinds else 0


if __name__ == "__main__":
    sys.exit(main([Path(name) for name in sys.argv[1:]], sys.stdout))
