"""``glocal terms``: the classes and properties of the graph."""

from __future__ import annotations

from glocal_kg._cli.common import LANG, OWN, graph, on_terminal, tell, write
from glocal_kg._cli.options import Option, Verb
from glocal_kg._rdf.counted import counted
from glocal_kg.errors import GlocalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._cli.options import Given

VERB = Verb(
    "terms [WORD] [options]",
    "The classes and properties of the graph: what they mean, from what to what, how often used.",
    "glocal terms participant",
    [
        Option("--json", "write JSON"),
        Option("--schema", "what has facts here, with its prefixes, in brief: for tools too"),
        *OWN,
        LANG,
    ],
    most=1,
)


def run(given: Given) -> int:
    """List terms."""
    from glocal_kg._lookup.vocabulary import near_terms, terms_json

    if given.has("schema") and given.arguments:
        raise GlocalError(
            f"'{given.arguments[0]}' has no effect beside --schema.",
            remedy="Leave one of them out.",
        )
    if given.has("schema"):
        found_here = graph(given).schema()
        write(found_here.to_json() if given.has("json") or not on_terminal() else str(found_here))
        return 0
    kg, word = graph(given), given.arguments[0] if given.arguments else ""
    found = kg.terms(word)
    if not found:
        near = near_terms(kg, word)
        meant = f" Did you mean {' or '.join(near)}?" if near else " glocal search finds things."
        tell(f"No class or property has '{word}' in its name or meaning.{meant}")
    if given.has("json"):
        write(terms_json(found))
        return 0
    if not on_terminal():
        write("\n".join(f"{one.name}\t{one.kind}\t{one.used}\t{one.meaning}" for one in found))
        return 0
    for one in found:
        span = f"  {', '.join(one.domain) or '?'} → {', '.join(one.range) or '?'}"
        lines = [str(one), f"  used {counted(one.used, 'time')}"]
        lines[1] += span if one.kind == "property" else ""
        if one.example:
            lines.append(f"  {one.example}")
        if one.questions:
            lines.append(f"  questions: {', '.join(one.questions)}")
        write("\n".join(lines))
    return 0
