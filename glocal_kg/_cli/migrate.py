"""``glocal migrate``: a file in first-edition names, in those of the second."""

from __future__ import annotations

import sys

from glocal_kg._cli.common import write
from glocal_kg._cli.options import Given, Option, Verb
from glocal_kg.errors import GlocalError, ReadError

VERB = Verb(
    "migrate FILE [options]",
    "Bring a Turtle or TriG file that uses the names of the first edition to those of the second.\n"
    "Statements without an old name stay as they are written. The result goes to standard output,\n"
    "what was done to standard error; a second run changes nothing.",
    "glocal migrate my-practices.ttl > new.ttl\n"
    "glocal migrate my-readings.trig --in-place --by https://orcid.org/0000-0002-1825-0097",
    [
        Option("--in-place", "write the result into the file itself"),
        Option("--by", "who made the interpretations in the file", value="IRI"),
    ],
    least=1,
    most=1,
)


def run(given: Given) -> int:
    """Migrate one file."""
    from pyoxigraph import NamedNode, parse

    from glocal_kg._glocal.migrate import migrate
    from glocal_kg._study import packaged

    (path,) = given.arguments
    if not path.endswith((".ttl", ".trig", ".nt")):
        raise GlocalError(
            f"{path} is no Turtle, TriG or N-Triples file by its name.",
            remedy="Write the file as Turtle first, with a name that ends in .ttl.",
        )
    try:
        with open(path, encoding="utf-8", newline="") as file:
            text = file.read()
    except OSError as error:
        raise ReadError(f"cannot be read: {error.strerror}.", source=path) from None
    except UnicodeDecodeError:
        raise ReadError("is not UTF-8.", source=path) from None
    beside = [
        quad
        for name in packaged.files("data", ".trig")
        for quad in parse(path=name, format=packaged.format_of(name))
    ]
    by = given.one("by")
    done = migrate(text, source=path, beside=beside, editor=NamedNode(by) if by else None)
    if given.has("in-place"):
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(done.text)
    else:
        write(done.text)
    told = f"{path}: {done.changed} fact{'s' * (done.changed != 1)} changed"
    for name, count in sorted(done.dropped.items()):
        told += f"; {count} of {name.rpartition('#')[2]} left out, they follow from others"
    print(f"{told}.", file=sys.stderr)
    return 0
