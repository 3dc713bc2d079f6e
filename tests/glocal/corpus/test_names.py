"""Names of vocabularies in a mapping: a misspelt one is told, with the nearest right one."""

import pytest

from glocal_kg._glocal.corpus.importing import import_table
from glocal_kg._glocal.corpus.mapping.from_yaml import mapping_of
from glocal_kg.errors import ReadError

MAPPING = """
prefixes: {s: "https://schema.org/", ex: "https://example.org/terms#"}
things:
  city:
    class: glocal:City
    key: id
    columns: {id: NAME}
"""


def _mapping(name):
    return mapping_of(MAPPING.replace("NAME", name), "m.yaml", "m")


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("schema:telephon", "schema:telephone"),
        ("s:telephon", "s:telephone"),
        ("https://schema.org/telephon", "https://schema.org/telephone"),
        ("org:memberof", "org:memberOf"),
        ("foaf:homepge", "foaf:homepage"),
        ("prov:wasDerivdFrom", "prov:wasDerivedFrom"),
        ("gn:populaton", "gn:population"),
        ("glocal:particpant", "glocal:participant"),
        ("dcterms:descripton", "dcterms:description"),
    ],
)
def test_a_misspelt_name_is_told_with_the_right_one(name, right):
    with pytest.raises(ReadError) as told:
        _mapping(name)
    assert f"Did you mean '{right}'?" in str(told.value)
    assert told.value.line == 7
    _mapping(right)


@pytest.mark.parametrize(
    ("name", "unknown"),
    [
        ("ex:size", ["https://example.org/terms#"]),
        ("<http://www.cidoc-crm.org/cidoc-crm/P1_is>", ["http://www.cidoc-crm.org/cidoc-crm/"]),
        ("schema:size", []),
    ],
)
def test_vocabularies_that_are_not_known_are_named_once(tmp_path, name, unknown):
    path = tmp_path / "a.csv"
    path.write_text("id\n1\n2\n")
    result = import_table(None, path, _mapping(name))
    assert [finding.value for finding in result.findings.of("names-unchecked")] == unknown
