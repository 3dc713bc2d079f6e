"""The W3C's evaluation tests of SPARQL 1.1, term by term; numbers by type and value.

Set W3C_RDF_TESTS to a copy of https://github.com/w3c/rdf-tests to run them.
"""

import os
from pathlib import Path

import pytest

from glocal_kg._rdf.sparql.answering import TripleRows, answer
from glocal_kg._rdf.sparql.parser import parse
from glocal_kg._rdf.store.selection import Selection
from glocal_kg.errors import QueryError
from tests.rdf.sparql.ask import default_graph, moment_of
from tests.rdf.sparql.w3c import Case, cases, expected, quads, same

_FOLDER = os.environ.get("W3C_RDF_TESTS", "")
_ROOT = Path(_FOLDER or "absent") / "sparql"

# Where SPARQL 1.1 itself says otherwise than a test, or leaves a choice.
_NOT_OURS = {
    # The approved test of the same query, "-not-simplified", has another answer.
    "optional-filter/dawg-optional-filter-005-simplified": "one of two answers to one query",
    "service/SERVICE-test-7": "SERVICE is refused, SILENT or not",
    # 17.2.2: the value of an ill-typed boolean is false; SPARQL 1.2 will make it an error.
    "expression/not-not": "SPARQL 1.2 changes 17.2.2",
    "expression/triple-on-literals": "triple terms are SPARQL 1.2",
    "expression/triple-on-string-literals": "triple terms are SPARQL 1.2",
    "expression/triple-on-triple-terms": "triple terms are SPARQL 1.2",
    "expression/triple-on-undefs": "triple terms are SPARQL 1.2",
}
_FOLDERS = [
    *sorted((_ROOT / "sparql10").glob("*/manifest.ttl")),
    *sorted((_ROOT / "sparql11").glob("*/manifest.ttl")),
    *(
        _ROOT / "sparql12" / name / "manifest.ttl"
        for name in ("codepoint-escapes", "expression", "grouping", "rdf11")
    ),
]
_CASES = [case for path in _FOLDERS if path.exists() for case in cases(path.parent)]


@pytest.mark.skipif(not _CASES, reason="W3C_RDF_TESTS names no copy of the W3C's tests")
def test_all_are_there() -> None:
    assert len(_CASES) > 500


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case.id)
def test_case(case: Case) -> None:
    if case.id in _NOT_OURS:
        pytest.skip(_NOT_OURS[case.id])
    if case.result.suffix == ".csv":
        pytest.skip("CSV has no terms to compare")
    query = parse(case.query.read_text(encoding="utf-8"), base=case.query.as_uri())
    named = dict.fromkeys((*(query.default or ()), *(query.named or ())))
    more = [(node.value, Path(node.value.removeprefix("file://"))) for node in named]
    moment = moment_of(quads(case, more if query.default is not None else ()))
    found = answer(query, moment, default_graph(moment), Selection())
    if isinstance(found, bool):
        assert same(found, expected(case))
    elif isinstance(found, TripleRows):
        assert same(set(found), expected(case))
    else:
        rows = [
            {name: term for name, term in zip(found.names, row, strict=True) if term is not None}
            for row in found
        ]
        assert same(rows, expected(case))


def _syntax_tests() -> list[tuple[Path, bool]]:
    import pyoxigraph as ox

    from tests.rdf.sparql.w3c import MF, RDF

    found = []
    for path in _FOLDERS:
        if not path.exists() or "sparql12" in str(path):
            continue
        about: dict[object, dict[str, str]] = {}
        for quad in ox.parse(path=str(path), base_iri=path.as_uri()):
            if isinstance(quad.object, ox.NamedNode):
                about.setdefault(quad.subject, {})[quad.predicate.value] = quad.object.value
        for entry in about.values():
            kind, action = entry.get(f"{RDF}type", ""), entry.get(f"{MF}action", "")
            if "SyntaxTest" in kind and action.endswith(".rq") and "syntax-fed" not in action:
                found.append((Path(action.removeprefix("file://")), "Positive" in kind))
    return found


@pytest.mark.parametrize(("path", "valid"), _syntax_tests(), ids=str)
def test_syntax(path: Path, valid: bool) -> None:
    text = path.read_bytes().decode()
    if valid:
        parse(text, base=path.as_uri(), any_function=True)
    else:
        with pytest.raises(QueryError, match=r"line \d+, column \d+"):
            parse(text, base=path.as_uri())
