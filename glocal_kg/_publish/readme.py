"""The texts of a release that people read first: README.md and CHANGELOG.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glocal_kg._publish.cards import description, english
from glocal_kg._publish.facts import File, ReleaseFacts
from glocal_kg._study.vocab import BASE

if TYPE_CHECKING:
    from glocal_kg._publish.changes import Changes

_CHANGELOG = "# Changes\n"
_POLICY = (
    "Names are kept: the IRI of a term or thing is never given to something else, and a term is"
    " not dropped before a release has marked it as deprecated and named what replaces it."
    " Every release stays as it is; corrections make a new one."
)


def readme(facts: ReleaseFacts) -> str:
    """What the folder holds, for people."""
    about, counts = facts.about, facts.counts
    lines = [
        f"# {english(about.title)}, version {about.version}",
        "",
        description(facts),
        "",
        f"- Published on {about.issued} by {about.publisher}, <{about.homepage}>",
        f"- License: {about.license_name}, <{about.license}>",
        f"- Address of this release: <{about.base}>",
        f"- {counted(counts.triples, 'triple')} about {counted(counts.entities, 'thing')}"
        f" in {counted(len(facts.graphs), 'graph')}",
        f"- SHA-256 of the canonical N-Quads (RDFC-1.0): `{facts.whole.hash}`",
        "",
        "Check the folder with `sha256sum --check SHA256SUMS`, or everything in it, counts and",
        "hashes and links too, with `glocal publish --verify` and the name of the folder.",
        "",
    ]
    lines += ["## Graphs", "", "| graph | what | triples | files |", "|---|---|---:|---|"]
    for graph in facts.graphs:
        name = f"<{graph.name}>" if graph.name else "default graph"
        title = english(graph.title) if graph.title else graph.role
        part = facts.part_of(graph)
        file = f"`{part}.*`" if part else ""
        lines.append(f"| {name} | {_cell(title)} | {graph.counts.triples:,} | {file} |")
    lines += ["", "## Files", "", "| file | bytes | what |", "|---|---:|---|"]
    lines += [_row(file) for file in facts.files if not file.path.startswith("graphs/")]
    if facts.notes:
        lines += ["", "## Notes", "", *(f"- {note}" for note in facts.notes)]
    if about.space == BASE:
        lines += ["", "## Persistence", "", _POLICY]
    return "\n".join(lines) + "\n"


def changelog(facts: ReleaseFacts, changes: Changes | None, earlier: str) -> str:
    """The change log: a section for this release above the ones before."""
    about = facts.about
    if changes is None:
        section = f"## {about.version} - {about.issued}\n\nNo earlier release to compare with.\n"
    else:
        section = changes.changelog(about.version, about.issued)
    before = earlier.removeprefix(_CHANGELOG).strip()
    return f"{_CHANGELOG}\n{section}" + (f"\n{before}\n" if before else "")


def counted(number: int, what: str) -> str:
    """A number with its noun.

    >>> counted(1, "graph"), counted(22731, "triple")
    ('1 graph', '22,731 triples')
    """
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _row(file: File) -> str:
    return f"| `{file.path}` | {file.size:,} | {_cell(file.label)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
