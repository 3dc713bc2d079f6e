"""Check: run the items over the material, set arguments against findings, and report."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from glocal_kg._quality.argued import PACKAGED, Argument, argument_for, read_arguments
from glocal_kg._quality.checklist import items
from glocal_kg._quality.extent import SCOPES
from glocal_kg._quality.item import LAST, Fault, Item, NotChecked
from glocal_kg._quality.locate import Places
from glocal_kg._quality.material import Material, folder_of, packaged_files, read_files
from glocal_kg._quality.outcomes import Outcome, QualityReport, State, found_of
from glocal_kg._rdf.arguments import LIST, PATH, WHOLE, every, path_of, takes
from glocal_kg._rdf.deadline import look, within
from glocal_kg.errors import NotFoundError, ReadError

LONGEST = 300
"""Characters of an evidence; some texts in it are as long as a chapter."""
_BLANK = re.compile(r"(?<![\w:'<])_:[0-9A-Za-z]+")


@takes(
    sources=LIST,
    release=PATH.or_none(),
    previous=PATH.or_none(),
    only=every(WHOLE, "the numbers of items"),
)
def check(
    sources: Iterable[object] = (),
    *,
    release: str | os.PathLike[str] | None = None,
    previous: str | os.PathLike[str] | None = None,
    arguments: str | os.PathLike[str] | None = None,
    only: Collection[int] = (),
    today: datetime.date | None = None,
    thorough: bool = False,
    timeout: float | None = None,
) -> QualityReport:
    """Check files, or without any the packaged ontology and data, against the checklist.

    ``sources`` are paths or ``Text``; nothing is read from the web and nothing is changed.
    ``release`` is the folder of a release made of them, ``previous`` a release or file of the
    version before, ``arguments`` a table of arguments, ``only`` the numbers of the items to look
    at. ``today`` is the day against which dates are judged. ``thorough`` asks a second engine
    where there is one and it is slow. ``timeout`` is in seconds.

    Raises ``ReadError`` where a file is not there, ``NotFoundError`` for a folder or an item
    that does not exist, ``TimeLimitError`` after more than ``timeout``. A file
    that cannot be read as RDF is a finding.

    >>> from glocal_kg import Text
    >>> report = check([Text("<urn:a> a <urn:City> .", "turtle")], only=[42])
    >>> report.outcome(42).open[0].evidence
    'It is used as class by urn:a, nothing declares it, and its vocabulary is not known here.'
    """
    with within(timeout, "The check"):
        return _checked(sources, release, previous, arguments, only, today, thorough)


def _checked(
    sources: Iterable[object],
    release: str | os.PathLike[str] | None,
    previous: str | os.PathLike[str] | None,
    arguments: str | os.PathLike[str] | None,
    only: Collection[int],
    today: datetime.date | None,
    thorough: bool,
) -> QualityReport:
    files = read_files(sources)
    packaged = not files
    unknown = sorted(set(only) - set(range(1, LAST + 1)))
    if unknown:
        raise NotFoundError(
            f"There is no item {unknown[0]}.", remedy=f"Items have numbers from 1 to {LAST}."
        )
    known = read_arguments(PACKAGED) if packaged and arguments is None else []
    if arguments is not None:
        known = read_arguments(path_of("arguments", arguments))
    material = Material(
        files or packaged_files(),
        packaged=packaged,
        release=folder_of(release, "folder"),
        previous=folder_of(previous, "release"),
        today=today,
        thorough=thorough,
    )
    return report_on(material, known, only)


def report_on(
    material: Material, arguments: Sequence[Argument], only: Collection[int] = ()
) -> QualityReport:
    """The report on a material."""
    places = Places(material)
    used: set[Argument] = set()
    outcomes = []
    for item in items():
        look()
        if not only or item.number in only:
            outcomes.append(_outcome(item, material, arguments, places, used))
    looked = {one.item.number for one in outcomes if one.state != "not checked"}
    stale = tuple(one for one in arguments if one.item in looked and one not in used)
    root = material.roles.root
    names = ", ".join(file.name for file in material.files[:3])
    more = f" and {len(material.files) - 3} more" if len(material.files) > 3 else ""
    return QualityReport(
        root.value if root is not None else names + more,
        len(material.files),
        len(material.quads),
        tuple(outcomes),
        stale,
    )


def _outcome(
    item: Item,
    material: Material,
    arguments: Sequence[Argument],
    places: Places,
    used: set[Argument],
) -> Outcome:
    if item.run is None:
        return Outcome(item, "not checked", reason=item.reason)
    scope = SCOPES[item.of]
    looked_at = scope.count(material)
    if not looked_at:
        return Outcome(item, "not checked", reason=scope.none)
    try:
        said = list(dict.fromkeys(item.run(material)))
    except (NotChecked, ReadError) as reason:  # item 1 tells of files that cannot be read
        return Outcome(item, "not checked", reason=str(reason))
    findings = [one for one in said if isinstance(one, Fault)]
    note = "; ".join(one for one in said if isinstance(one, str))
    found = []
    for finding in findings:
        finding = _named(finding, places)
        argument = argument_for(item.number, finding, arguments)
        if argument is not None:
            used.add(argument)
        found.append(found_of(item, finding, places.of(finding), argument))
    state: State = "passed"
    if found:
        state = "argued" if all(one.argument for one in found) else "failed"
    return Outcome(item, state, tuple(found), looked_at, scope.things, note)


def _named(finding: Fault, places: Places) -> Fault:
    """A finding that names things by their IRIs: labels of blank nodes tell nobody anything."""
    evidence = _BLANK.sub(lambda found: places.told(found[0]), _on_a_line(finding.evidence))
    owner = places.owner(finding.subject)
    if owner.startswith("_:"):
        evidence += f" (It is {places.told(owner)}.)"
    elif owner != finding.subject:
        evidence += " (A nameless thing that belongs to it.)"
    return replace(finding, subject=owner, evidence=evidence)


def _on_a_line(text: str) -> str:
    """A text for a message: its line breaks as signs, of a long one both ends."""
    text = text.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t")
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 80]} … {text[-80:]}"
