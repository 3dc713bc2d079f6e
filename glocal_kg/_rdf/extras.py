"""Packages that only an extra of the installation brings."""

from __future__ import annotations

from importlib import import_module

from glocal_kg.errors import GlocalError


def need(package: str, extra: str, what: str, otherwise: str = "") -> None:
    """Raise ``GlocalError`` that names the extra where a package is not installed.

    ``what`` needs it; ``otherwise`` says what would do without it. Call it before the import.

    >>> need("no_such_package", "parquet", "Parquet", "leave Parquet out")
    Traceback (most recent call last):
        ...
    glocal_kg.errors.GlocalError: Parquet needs no_such_package, which is not installed. \
Run pip install 'glocal-kg[parquet]', or leave Parquet out.
    """
    try:
        import_module(package)
    except ImportError:
        remedy = f"Run pip install 'glocal-kg[{extra}]'{otherwise and f', or {otherwise}'}."
        message = f"{what} needs {package}, which is not installed."
        raise GlocalError(message, remedy=remedy) from None
