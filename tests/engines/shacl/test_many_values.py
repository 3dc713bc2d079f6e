"""What is worked out of many literals in columns is what is worked out of each."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from glocal_kg._engines.shacl import facets, literals
from glocal_kg._engines.shacl.facets import Facets
from glocal_kg._engines.shacl.rdf_terms import XSD
from glocal_kg._rdf.sparql import comparison
from glocal_kg._rdf.store.dictionary import Dictionary

TYPES = ["decimal", "integer", "nonNegativeInteger", "date", "gYear", "gYearMonth", "double"]
FORMS = [
    "1", "-1.5", "+.5", "5.", ".", "", "0.0000000", "0.0000001", "144115188075.855871",
    "144115188075855", "144115188075.855872", "9007199254740993", "99999999999999999999", "1e3",
    "1\n", '"1', "\\1", "2001-02-03", "2001-02-29", "2001-02-03Z", "1999", "19999", "2001-07",
    "2001-13", "INF", "x" * 80,
]  # fmt: skip


@pytest.mark.parametrize("part", [8, 1 << 13])
def test_forms_and_order_of_many_are_those_of_each(
    part: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facets, "_PART", part)
    chance, terms = Random(part), Dictionary()
    dates = [f"{year}-0{month}-11" for year in range(1900, 1920) for month in range(1, 10)]
    some = {Literal(form, datatype=NamedNode(XSD + name)) for form in FORMS for name in TYPES}
    some |= {Literal(form, datatype=NamedNode(XSD + "date")) for form in dates}
    digits = (f"{chance.choice('+- ')}{chance.random() * 10**power}" for power in range(-6, 18))
    some |= {Literal(one.strip(), datatype=NamedNode(XSD + "decimal")) for one in digits}
    every = sorted(some, key=str)
    numbers = np.array([terms.add(term) for term in every], np.int32)
    found = Facets(terms)
    for name in TYPES:
        wanted = [
            term.datatype.value == XSD + name and literals.is_legal(term.value, XSD + name)
            for term in every
        ]
        assert found.has_datatype(numbers, XSD + name).tolist() == wanted
        assert any(wanted)
    for bound in ("144115188075855", "2001-02-03", "0.0000001"):
        for one in (term for term in every if term.value == bound):
            wanted = [comparison.order(term, one) in (-1, 0) for term in every]
            column = np.full(len(numbers), terms.find(one), np.int32)
            assert found.compare("<=", numbers, column).tolist() == wanted


def test_a_pattern_fits_many_as_it_fits_each() -> None:
    terms = Dictionary()
    every = [
        kind(f"{letter}{number}")
        for kind in (lambda text: NamedNode(f"urn:{text}"), BlankNode, Literal)
        for letter in "ab"
        for number in range(40)
    ]
    numbers = np.array([terms.add(term) for term in every], np.int32)
    found = Facets(terms)
    wanted = [type(term) is not BlankNode and "b" in term.value for term in every]
    assert found.matches(numbers, "b", "").tolist() == wanted


def test_usual_forms_and_texts_that_match_are_not_asked_for_their_type(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What a text ends with is read with its form, so that each text is looked at once."""
    monkeypatch.setattr(Facets, "_profiles_of", None)
    for name, form in (("decimal", "{}.5"), ("integer", "{}"), ("date", "{}-02-03")):
        terms, datatype = Dictionary(), NamedNode(XSD + name)
        every = [Literal(form.format(n), datatype=datatype) for n in range(1900, 2000)]
        numbers = np.array([terms.add(term) for term in every], np.int32)
        assert Facets(terms).has_datatype(numbers, XSD + name).all()
        assert Facets(terms).matches(numbers, "^[0-9]+", "").all()
