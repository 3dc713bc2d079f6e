"""The command ``glocal``: one small module for every verb, brought in when it is called.

A verb module has ``VERB`` (an ``options.Verb``: usage, summary, example, options) and
``run(given) -> int``, the exit code: 0 fine, 1 findings, 2 cannot run. To add a verb, write the
module and name it in ``VERBS``.
"""

from __future__ import annotations

import gc
import os
import sys

from glocal_kg.errors import GlocalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, NoReturn

# Verb, module, and what the overview says of it.
VERBS = {
    "demo": ("glocal_kg._cli.demo", "everything at work, once, into one folder"),
    "info": ("glocal_kg._cli.info", "what is in the graph"),
    "query": ("glocal_kg._cli.query", "ask a packaged question or a query of your own"),
    "terms": ("glocal_kg._cli.terms", "classes and properties: meaning, use, an example"),
    "describe": ("glocal_kg._cli.describe", "all that is said of a thing"),
    "practices": ("glocal_kg._cli.practices", "the practices as a table"),
    "cities": ("glocal_kg._cli.cities", "the cities as a table"),
    "search": ("glocal_kg._cli.search", "find things by words"),
    "infer": ("glocal_kg._cli.infer", "what follows from the facts, and contradictions"),
    "validate": ("glocal_kg._cli.validate", "check the facts, or your files, against the shapes"),
    "import": ("glocal_kg._cli.import_", "a table of your own to a graph one can trust"),
    "template": ("glocal_kg._cli.template", "sheets to fill in with practices of your own"),
    "match": ("glocal_kg._cli.match", "look the places of a list up in a gazetteer"),
    "rate": ("glocal_kg._cli.rate", "how far raters agree"),
    "network": ("glocal_kg._cli.network", "who is linked with whom, measured or as a file"),
    "report": ("glocal_kg._cli.report", "one page on a corpus"),
    "map": ("glocal_kg._cli.map", "draw the ideal map as a butterfly, or a map of the world"),
    "explain": ("glocal_kg._cli.explain", "why a fact holds, down to its sources"),
    "migrate": ("glocal_kg._cli.migrate", "bring a file with old names to those of today"),
    "compare": ("glocal_kg._cli.compare", "what changed between two releases or files"),
    "check": ("glocal_kg._cli.check", "the quality of ontology and data, item by item"),
    "publish": ("glocal_kg._cli.publish", "write a release as linked data, or verify one"),
}

OVERVIEW = """\
The knowledge graph of glocalization.

Usage: glocal VERB [arguments] [options]

{verbs}

  glocal VERB --help    how to use a verb, with an example
  glocal --version      the version

Example: glocal query map/principles
"""


def main(argv: Sequence[str] | None = None) -> NoReturn:
    """The console command: runs a verb, shows errors as one message, and ends the process.

    The process ends without tearing its objects down: that is quicker, and a query that was
    given up after its time need not be waited for.
    """
    # numpy's library for matrices would start a thread for each core: a seventh of the time to
    # the first answer on two cores. Only `rate` has matrices, small ones.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.set_threshold(100_000)  # modules are no garbage: looking through them costs as they come
    if sys.stdout is None:  # closed by whoever started us
        sys.stderr.write("glocal: there is no standard output to write to.\n")
        os._exit(2)
    try:
        code = run(sys.argv[1:] if argv is None else argv)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of a pipe has enough
        code = 0
    except OSError as error:  # a full disk, most often under standard output
        where = error.filename or "the output"
        print(f"glocal: {where} cannot be written: {error.strerror or error}.", file=sys.stderr)
        code = 2
    except KeyboardInterrupt:
        print("glocal: interrupted", file=sys.stderr)
        code = 130
    except Exception:  # a fault of ours: it must not look like a finding (1)
        from traceback import print_exc

        print_exc()
        print("glocal: this is a fault in glocal-kg; please report it.", file=sys.stderr)
        code = 2
    sys.stderr.flush()
    os._exit(code)


def run(argv: Sequence[str]) -> int:
    """Run one verb and return its exit code; errors of ours go to stderr, as code 2."""
    name = argv[0] if argv else "--help"
    if name in ("--help", "-h", "help"):
        verbs = "\n".join(f"  {verb:<10}{told}" for verb, (_, told) in VERBS.items())
        print(OVERVIEW.format(verbs=verbs), end="")
        return 0 if argv else 2
    if name == "--version":
        from glocal_kg._version import version

        print(f"glocal {version()}")
        return 0
    try:
        return _run_verb(name, argv[1:])
    except GlocalError as error:
        from glocal_kg._rdf.escaping import visible

        print(visible(f"glocal: {error}"), file=sys.stderr)
        return 2


def _run_verb(name: str, argv: Sequence[str]) -> int:
    if name not in VERBS:
        from difflib import get_close_matches

        close = get_close_matches(name, VERBS, 1)
        raise GlocalError(
            f"There is no verb '{name}'.",
            remedy=f"Did you mean '{close[0]}'?" if close else f"Verbs are {', '.join(VERBS)}.",
        )
    from glocal_kg._cli.options import read

    # What importlib.import_module does, without its import.
    module: Any = __import__(VERBS[name][0], fromlist=["run"])
    if "--help" in argv or "-h" in argv:
        print(module.VERB.help(), end="")
        return 0
    given = read(module.VERB, argv)
    if not given.has("timeout") or name == "query":  # whose limits are those of its answer
        return int(module.run(given))
    from glocal_kg._rdf.deadline import within

    remedy = "Nothing was changed. Allow more time with --timeout."
    with within(given.number("timeout", 0), f"glocal {name}", remedy=remedy):
        return int(module.run(given))
