"""What a graph has read: the files and texts, and the graph to which each goes by its name."""

from __future__ import annotations

from glocal_kg._graph.naming import graph_name
from glocal_kg._study.vocab import IMPORT
from glocal_kg.errors import NotFoundError, ReadError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from glocal_kg._rdf.reading import Source


_SHOWN = 5
"""So many files are named."""


class ReadSources:
    """The files and texts that a graph has read since it is open.

    ``homes`` tells of a graph that is named after a file which file that is.
    """

    def __init__(self) -> None:
        self.homes: dict[NamedNode, str] = {}
        self._read: dict[str, tuple[Source, NamedNode]] = {}

    def home(self, source: Source) -> NamedNode:
        """The graph a source goes to by its name. ``ReadError`` where another file has it."""
        home = graph_name(IMPORT + source.slug)
        if source.address:
            known = (one for one, address in self.homes.items() if address == source.address)
            home = next(known, home)  # the file, under whatever path it is named
            holder = self.homes.setdefault(home, source.address)
            if holder != source.address:
                raise ReadError(
                    f"Its statements would go to <{home.value}>, as do those of {holder}.",
                    source=source.name,
                    remedy="Give the file another name, or name a graph in Python, graph=...",
                )
        return home

    def leave(self, source: Source, home: NamedNode) -> None:
        """Let others have the graph of a source that was not read after all."""
        if source.address not in self._read and self.homes.get(home) == source.address:
            del self.homes[home]

    def know(self, source: Source, target: NamedNode) -> None:
        """Remember a file or text, which has lines, and where what names no graph went."""
        if source.format is not None:
            self._read[source.address or source.name] = source, target

    def unknown(self, source: Source) -> NotFoundError | None:
        """The error about a file that was not read, under whatever path; None for any other."""
        if not source.address or source.address in self._read:
            return None
        from difflib import get_close_matches

        files = list(dict.fromkeys(one.name for one, _ in self._read.values()))
        near = get_close_matches(source.name, files, 3, 0.6)
        told = f"Did you mean {' or '.join(near)}? " if near else ""
        if files:
            more = f" and {len(files) - _SHOWN} more" if files[_SHOWN:] else ""
            told += f"Added are {', '.join(files[:_SHOWN])}{more}. "
        return NotFoundError(
            f"{source.name} was never added, so there is nothing to replace.",
            remedy=f"{told}A new file is added with kg.add.",
            name=source.name,
            suggestions=near,
        )

    def told(self) -> list[tuple[Source, NamedNode]]:
        """Each with the graph of what names none, in the order in which they came."""
        return list(self._read.values())

    def copy(self) -> ReadSources:
        """The same, for a graph that goes on by itself."""
        other = ReadSources()
        other.add(self)
        return other

    def add(self, others: ReadSources) -> None:
        """Know what another graph has read, too."""
        self.homes |= others.homes
        self._read |= others._read
