"""What a release says about itself is fit to be written, and does not contradict the graph."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from pyoxigraph import NamedNode

from glocal_kg._publish.gathering.licenses import license_of
from glocal_kg._publish.gathering.release_facts import About, Texts
from glocal_kg.errors import GlocalError

# Three numbers, one or two, or a date, as ontologies call their versions.
_VERSION = re.compile(r"\d+(\.\d+){0,3}([-+][0-9A-Za-z.+-]+)?|\d{4}-\d\d-\d\d", re.A)


def check_about(about: About) -> None:
    """Refuse what a catalog or a reader of RDF could not use.

    Raises ``GlocalError`` where the version is neither numbers nor a date, the date no calendar
    date as year-month-day, an address no absolute IRI, or the release the one before itself.
    """
    _check_version(about.version)
    _check_date(about.issued)
    addresses = {
        "--license": about.license,
        "--base-url": about.base,  # before the homepage, which it is where none is told
        "--homepage": about.homepage,
        "--spatial": about.spatial,
        "--endpoint": about.endpoint,
    }
    for option, address in addresses.items():
        if address:
            _check_address(option, address)
    if about.previous == about.dataset:
        raise GlocalError(
            f"The release would be its own previous version: both are <{about.dataset}>.",
            remedy="Give another --version or --base-url than the release before has.",
        )


def conflicts(
    given: Mapping[str, str],
    title: Texts,
    description: Texts,
    licenses: list[str],
    *,
    own: bool,
) -> list[str]:
    """A note for each text that was given and is another one in the header.

    Raises ``GlocalError`` for another license: the files would carry two. ``own`` is the graph
    of this project, whose ontology has a title of its own.
    """
    license = given.get("license", "")
    if license and licenses and not any(_same(license, one) for one in licenses):
        raise GlocalError(
            f"--license is {license}, and the graph itself says {' and '.join(licenses)}.",
            remedy="Leave --license out, or change dcterms:license in the graph.",
        )
    notes = []
    for name, said in (("title", title), ("description", description)):
        if name in given and said and not own and given[name] not in said.values():
            text = said.get("en") or said[min(said)]
            notes.append(f"The graph says its {name} is {text!r}, the cards {given[name]!r}.")
    if len(licenses) > 1 and not license:
        notes.append(f"The graph names {len(licenses)} licenses; the cards name {licenses[0]}.")
    return notes


def _same(one: str, other: str) -> bool:
    known = license_of(one)
    return one == other or (known is not None and known == license_of(other))


def _check_version(version: str) -> None:
    if not isinstance(version, str) or not _VERSION.fullmatch(version):
        raise GlocalError(
            f"The version of the release is {version!r}, which is neither numbers nor a date.",
            remedy="Give three numbers, as in --version 1.0.0, or a date, as in 2026-01-31.",
        )


def _check_date(text: str) -> None:
    try:
        fine = date.fromisoformat(text).isoformat() == text
    except (TypeError, ValueError):
        fine = False
    if not fine:
        raise GlocalError(
            f"The date of the release is {text!r}.",
            remedy="Write it as year-month-day, as in --date 2026-01-31.",
        )


def _check_address(option: str, address: str) -> None:
    try:
        NamedNode(address)
    except ValueError as error:
        raise GlocalError(
            f"{option} is {address!r}, which is no address: {error}.",
            remedy="Give an absolute IRI, as in https://example.org/data/.",
        ) from None
