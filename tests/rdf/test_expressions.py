"""Regular expressions that mean the same in every Python that is supported."""

import subprocess
import sys

_LOOK = r'''
import importlib, pkgutil, re
from re import _compiler, _parser

found = set()
compiled = _compiler.compile
_compiler.compile = lambda p, flags=0: found.add((p, int(flags))) or compiled(p, flags)
re.purge()
import glocal_kg as gk
from glocal_kg._engines.shacl.literals import usual_lines
from glocal_kg._rdf.sparql.matching_lines import matcher

for module in pkgutil.walk_packages(gk.__path__, "glocal_kg."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
for name in ("gYear", "integer", "dateTime"):
    usual_lines(f"http://www.w3.org/2001/XMLSchema#{name}")
matcher("a.c", "")
kg = gk.load()
kg.query(r"SELECT * { ?s ?p 'a\'b', 'c%d', <urn:%20> . # more" "\n}")
kg.query("SELECT * { ?s ?p 'a', 1.5 }")
kg.query("SELECT * { ?s ?p 'b', 2.5 }")


def loose(tree):
    """Possessive repeats of more than one letter whose body may be gone back into."""
    for code, given in tree:
        if str(code) == "POSSESSIVE_REPEAT":
            (first, *more) = given[2]
            if more or str(first[0]) not in ("IN", "LITERAL", "NOT_LITERAL", "ANY", "ATOMIC_GROUP"):
                yield given
        parts = given if isinstance(given, (tuple, list)) else (given,)
        for part in parts:
            for inner in part if isinstance(part, list) else (part,):
                if isinstance(inner, _parser.SubPattern):
                    yield from loose(inner)


patterns = sorted(found, key=str)
assert sum("POSSESSIVE" in str(_parser.parse(p, flags).data) for p, flags in patterns) > 10
for pattern, flags in patterns:
    if any(loose(_parser.parse(pattern, flags))):
        print(pattern)
'''


def test_what_is_repeated_without_going_back_is_of_one_letter_or_atomic() -> None:
    # Before 3.11.5 Python leaves the right place where the body of a possessive repeat
    # remembers others to go back to: (?:a++|b)*+ fails where (?>a++|b)*+ does not.
    done = subprocess.run([sys.executable, "-c", _LOOK], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("", "")
