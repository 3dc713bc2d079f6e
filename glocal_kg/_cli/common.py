"""What several verbs share: loading the graph, and writing to a terminal or a pipe."""

from __future__ import annotations

import os
import sys
from io import RawIOBase

from glocal_kg._cli.options import Option
from glocal_kg._rdf.formats import RDF_FORMATS
from glocal_kg.errors import GlocalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from glocal_kg._cli.options import Given
    from glocal_kg._glocal.things.things import Things
    from glocal_kg._kg import KnowledgeGraph
    from glocal_kg._questions.answers.noted_answer import NotedAnswer
    from glocal_kg._questions.answers.table import Table

DATA = Option(
    "--data -d", "add a file of your own, - for standard input (may be repeated)",
    value="FILE", many=True,
)  # fmt: skip
OWN = (
    Option("--graph", "a graph on disk in place of the packaged one", value="FOLDER"),
    DATA,
    Option(
        "--data-format",
        "what these files are written in, where their names do not tell",
        choices=[known.code for known in RDF_FORMATS],
    ),
    Option("--base", "what their relative IRIs start from (default: the file)", value="IRI"),
)
"""Options on files of one's own."""
LANG = Option("--lang", "languages of labels, in order (default: en)", value="it,en")
ASSERTED = Option("--asserted", "see only what was written, not what follows from it")
TIMEOUT = Option("--timeout", "give up after so many seconds", value="SECONDS")
INTERPRETED = Option("--interpreted", "see what is read into the sources, too")


def graph(
    given: Given,
    files: list[str] | None = None,
    *,
    packaged: bool = True,
) -> KnowledgeGraph:
    """The packaged graph with the user's own files.

    Without ``packaged`` it has the files alone; ``--graph`` is a graph on disk in its place,
    which stays as it is.
    """
    from glocal_kg._kg import KnowledgeGraph  # --help does not wait for it
    from glocal_kg._opening import open, packaged_graph

    languages = _languages(given)
    folder = given.one("graph", "")
    if folder:
        kg = open(folder, read_only=True, languages=languages)
    else:
        kg = packaged_graph(languages) if packaged else KnowledgeGraph(languages=languages)
    own = [*given.all("data"), *(files or [])]
    for name in ("data-format", "base") if not own else ():
        if given.has(name):
            raise GlocalError(
                f"--{name} has no effect without a file of your own.",
                remedy="Leave it out, or give a file: -d FILE.",
            )
    if own:
        kg = kg.copy() if folder else kg  # the folder is only read: files lie over it in memory
        from glocal_kg._cli.progress import Progress

        with Progress() as progress:
            for path in own:
                progress.tell(f"reading {path}")
                added = kg.add(
                    path, given.one("data-format", "") or None, base=given.one("base", "") or None
                )
                for note in added.notes:
                    tell(note)
    if given.one("lang", ""):
        from glocal_kg._rdf.labels import label_properties_of

        named = "|".join(map(str, label_properties_of(kg.facts)))
        for tag in languages:
            asked = f"ASK {{ ?x {named} ?l FILTER(LANGMATCHES(LANG(?l), '{tag}')) }}"
            if not kg.ask(asked, inferred=False, interpreted=True):
                tell(f"Nothing here has a label in {tag!r}; other labels or IRIs are shown.")
    return kg


def _languages(given: Given) -> list[str]:
    return [tag.strip() for tag in given.one("lang", "en").split(",") if tag.strip()]


def tongue(given: Given) -> str:
    """The language of our own words; where none that was asked for has any, it is said."""
    from glocal_kg._glocal.tongues import spoken, unspoken

    for remark in unspoken(_languages(given)):
        tell(remark)
    return spoken(_languages(given))


def as_utf8(argument: str) -> str:
    """A text from the command line as UTF-8, whatever the locale took it for.

    Raises ``GlocalError`` for what is no UTF-8.
    """
    try:
        return os.fsencode(argument).decode("utf-8")
    except UnicodeEncodeError:  # already read in full
        return argument
    except UnicodeDecodeError:
        raise GlocalError(
            "This text of the command line is not in UTF-8.",
            remedy="Set the terminal to UTF-8, or give the query in a file.",
        ) from None


def on_terminal() -> bool:
    """True where a person reads; in a pipe or file, output is plain data."""
    return sys.stdout.isatty()


def width() -> int:
    """How wide the terminal is, within reason."""
    from shutil import get_terminal_size

    return max(40, get_terminal_size((100, 24)).columns)


def write(text: str, *, data: bool = False) -> None:
    """Write to standard output in UTF-8, with a newline at the end.

    Nothing of a stranger acts on a terminal: signs that would are marked. ``data``, which a
    program reads, stays as it is in a pipe or file.
    """
    if sys.stdout.encoding.lower() not in ("utf-8", "utf8"):
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a stream of text on any console
    text = text if text.endswith("\n") else text + "\n"
    if not data or on_terminal():
        from glocal_kg._rdf.escaping import visible

        text = visible(text)
    raw = getattr(sys.stdout, "buffer", None)
    if isinstance(raw, RawIOBase):  # unbuffered, where Python drops what a full disk left over
        sys.stdout.flush()
        left = memoryview(text.encode())
        while left:
            left = left[raw.write(left) or 0 :]
    else:
        sys.stdout.write(text)


def tell(text: object) -> None:
    """Say something beside the answer, on standard error."""
    from glocal_kg._rdf.escaping import visible

    print(visible(f"glocal: {text}"), file=sys.stderr)


def listed(given: Given, found: Things[Any]) -> int:
    """Write things as a table or as data; the exit code is 1 where there are none."""
    shape = given.one("format") or ("text" if on_terminal() else "csv")
    if not found:
        tell("There are none; `glocal validate` says whether a class or theme is misspelt.")
    if shape == "json" or (shape == "csv" and found):
        write(found.to_csv() if shape == "csv" else found.to_json(), data=True)
    elif found:
        for one in found.to_dicts():
            told = [f"{key} {value}" for key, value in one.items() if value is not None]
            write(f"{one['name']}\n  " + "\n  ".join(told[1:]))
        write(f"{len(found):,} in all.")
    return 0 if found else 1


def tell_notes(answer: NotedAnswer) -> None:
    """Say on standard error what is to be said of an answer; the answer itself goes out first."""
    sys.stdout.flush()
    for note in answer.notes:
        tell(note)


def write_table(table: Table, format: str, show: str = "") -> None:
    """Write a table to read, or as data; its notes go beside it where it is data."""
    if format == "table":
        write(table.to_text(width(), show))
    elif format in ("csv", "tsv", "json", "xml"):
        table = table.named(show) if show else table
        write(getattr(table, f"to_{format}")(), data=True)
        if table.note and not len(table):
            tell(table.note)
        tell_notes(table)
    else:
        raise GlocalError(
            f"A table cannot be written as {format}.", remedy="Use table, csv, tsv, json or xml."
        )
