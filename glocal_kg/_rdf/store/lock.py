"""One writer at a time: a lock that ends with its process, however that ends."""

from __future__ import annotations

import json
import os
import socket
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from glocal_kg.errors import GlocalError


class Lock:
    """The right to write in a folder. ``GlocalError`` where somebody else has it."""

    NAME: ClassVar[str] = "lock"

    def __init__(self, folder: Path) -> None:
        path = folder / self.NAME
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise GlocalError(
                f"{folder} cannot be written: {error.strerror}.",
                remedy="Open it to read only, or check its permissions.",
            ) from None
        try:
            _take(self._file)
        except OSError:
            held = os.read(self._file, 1000)
            os.close(self._file)
            raise GlocalError(
                f"{folder} is open to another writer{_whose(held)}.",
                remedy="Close it there, or open it here to read only.",
            ) from None
        since = datetime.now(UTC).isoformat(timespec="seconds")
        said = {"pid": os.getpid(), "host": socket.gethostname(), "since": since}
        os.ftruncate(self._file, 0)
        os.write(self._file, json.dumps(said).encode())

    def release(self) -> None:
        """Let others write."""
        if self._file >= 0:
            os.ftruncate(self._file, 0)
            os.close(self._file)  # which ends the lock
            self._file = -1


def _take(file: int) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        os.lseek(file, 1 << 30, os.SEEK_SET)  # behind what is said, which others may then read
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]  # on Windows alone
        finally:
            os.lseek(file, 0, os.SEEK_SET)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _whose(held: bytes) -> str:
    try:
        said = json.loads(held)
        return f": process {said['pid']} on {said['host']}, since {said['since']}"
    except (ValueError, KeyError, TypeError):
        return ""
