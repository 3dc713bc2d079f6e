"""What a release says about itself is fit to be written: version, date and addresses."""

from __future__ import annotations

from datetime import date

from pyoxigraph import NamedNode

from glocal_kg._publish.facts import About
from glocal_kg._publish.steps import numbers
from glocal_kg.errors import GlocalError


def check_about(about: About) -> None:
    """Refuse what a catalog or a reader of RDF could not use.

    Raises ``GlocalError`` where the version is no semantic version, the date no calendar date
    as year-month-day, or an address no absolute IRI.
    """
    _check_version(about.version)
    _check_date(about.issued)
    addresses = {
        "--license": about.license,
        "--homepage": about.homepage,
        "--base-url": about.base,
        "--endpoint": about.endpoint,
    }
    for option, address in addresses.items():
        if address:
            _check_address(option, address)


def _check_version(version: str) -> None:
    if numbers(version) is None:
        raise GlocalError(
            f"The version of the release is {version!r}, which is no semantic version.",
            remedy="Give three numbers, as in --version 1.0.0.",
        )


def _check_date(text: str) -> None:
    try:
        fine = date.fromisoformat(text).isoformat() == text
    except ValueError:
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
