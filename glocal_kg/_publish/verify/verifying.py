"""Verify a release, ours or another's: files, sums, dumps, catalog, counts, links, cards."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from glocal_kg._publish.verify.cards import check_cards
from glocal_kg._publish.verify.catalog import check_catalog
from glocal_kg._publish.verify.dumps import Dumps, check_dumps
from glocal_kg._publish.verify.files import check_files
from glocal_kg._publish.verify.finding import ReleaseFinding, together
from glocal_kg._publish.verify.tables import check_tables
from glocal_kg._rdf.arguments import CALL, path_of, takes
from glocal_kg.errors import NotFoundError

__all__ = ["ReleaseFinding", "verify"]


@takes(progress=CALL.or_none())
def verify(
    folder: str | os.PathLike[str], *, progress: Callable[[str], None] | None = None
) -> list[ReleaseFinding]:
    """All that is wrong with the release in a folder; nothing is changed.

    Every file has to be there, listed in ``SHA256SUMS`` with its sum, and nothing else. Every
    RDF file has to be read, all formats of a dump have to hold the same graph, and what VoID,
    DCAT, RO-Crate, the data package, Croissant and the other cards say has to be true: sizes,
    sums, hashes, counts, links within the release, and the same title, version, date, license
    everywhere. What a release does not have is not looked for, except for the sums.

    Raises ``NotFoundError`` where there is no such folder.
    """
    place = path_of("folder", folder)
    if not place.is_dir():
        raise NotFoundError(f"There is no folder {place}.", remedy="Check the path.")
    tick = progress or (lambda _: None)
    with TemporaryDirectory(prefix="glocal-") as work:
        names, findings = check_files(place, tick)
        dumps = Dumps(place, names, Path(work), tick)
        findings += check_dumps(dumps)
        findings += check_catalog(dumps)
        findings += check_cards(place, names)
        findings += check_tables(place, names, dumps)
    return together(findings)
