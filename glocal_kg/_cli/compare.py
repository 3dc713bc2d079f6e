"""``glocal compare``: what changed between two graphs or releases."""

from __future__ import annotations

from glocal_kg._cli.common import on_terminal, write
from glocal_kg._cli.options import Given, Option, Verb

VERB = Verb(
    "compare OLD NEW [options]",
    "Say what was added, removed, changed, renamed or deprecated between two releases or files,\n"
    "terms apart from data, and which step of semantic versioning that is. Words on a terminal,\n"
    "CSV in a pipe. Exit code 1: a term vanished that was not deprecated before.",
    "glocal compare dist-0.1.0/ dist-0.2.0/\nglocal compare old.ttl new.ttl --format trig",
    [
        Option(
            "--format -f",
            "how to write it; trig is a change set that can be applied",
            choices=("text", "csv", "json", "trig"),
        ),
    ],
    least=2,
    most=2,
)


def run(given: Given) -> int:
    """Compare, and write what changed."""
    from glocal_kg._publish import compare

    old, new = given.arguments
    changes = compare(old, new)
    format = given.one("format") or ("text" if on_terminal() else "csv")
    write(getattr(changes, f"to_{format}")(), data=format != "text")
    return 1 if changes.vanished else 0
