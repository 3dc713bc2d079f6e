"""The whole checklist, in the order of its numbers."""

from __future__ import annotations

from functools import cache

from glocal_kg._quality.item import Item


@cache
def items() -> tuple[Item, ...]:
    """All 157 items.

    >>> [item.number for item in items()] == list(range(1, 158))
    True
    """
    from glocal_kg._quality import (
        axioms,
        data_values,
        description,
        instances,
        iri_items,
        ontology_header,
        out_of_reach,
        pages,
        plain_files,
        profile,
        releases,
        reuse,
        term_words,
    )
    from glocal_kg._quality.select_items import query_items

    modules = (
        axioms, data_values, description, instances, iri_items, ontology_header, out_of_reach,
        pages, plain_files, profile, releases, reuse, term_words,
    )  # fmt: skip
    found = [*query_items(), *(item for module in modules for item in module.ITEMS)]
    return tuple(sorted(found, key=lambda item: item.number))
