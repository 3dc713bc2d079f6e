"""A query text as tokens: enough to put terms for variables and to tell errors well.

SPARQL itself is parsed by the store. What is done here needs no grammar, only to know what is
a name, a variable, an IRI, a string or a comment.
"""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from glocal_kg._study.vocab import PREFIXES
from glocal_kg.errors import QueryError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

UPDATES = frozenset(
    {
        "INSERT",
        "DELETE",
        "LOAD",
        "CLEAR",
        "DROP",
        "CREATE",
        "ADD",
        "MOVE",
        "COPY",
        "WITH",
    }
)
_NOT_IN_IRI = frozenset('<"{}|^`\\ \n\r\t')
_ENDS_HEAD = frozenset(
    {
        "WHERE",
        "HAVING",
        "LIMIT",
        "OFFSET",
        "VALUES",
        "FROM",
        "ORDER",
    }
)

# Where the parser expects no more than these, it says nothing of what is meant.
_NO_HELP = frozenset({"CONSTRUCT", "LATERAL", "OPTIONAL", "SERVICE"})

# A token: its kind ("iri", "string", "variable", "word" or a punctuation mark), start, end.
Token = tuple[str, int, int]


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a query, without spaces and comments.

    >>> [text[a:b] for text in ["?x a ex:y # note"] for _, a, b in tokens(text)]
    ['?x', 'a', 'ex:y']
    """
    place, size = 0, len(text)
    while place < size:
        start, letter = place, text[place]
        place += 1
        if letter.isspace():
            continue
        if letter == "#":
            place = _until(text, "\n", place)
        elif letter in "\"'":
            place = _string_end(text, start)
            yield "string", start, place
        elif letter == "<":
            end = place
            while end < size and text[end] != ">" and text[end] not in _NOT_IN_IRI:
                end += 1
            if end < size and text[end] == ">":
                place = end + 1
                yield "iri", start, place
            else:
                yield letter, start, place
        elif letter in "?$" and place < size and (text[place].isalnum() or text[place] == "_"):
            while place < size and (text[place].isalnum() or text[place] == "_"):
                place += 1
            yield "variable", start, place
        elif letter.isalnum() or letter in "_:@":
            while place < size and (text[place].isalnum() or text[place] in "_-.:%\\"):
                place += 2 if text[place] == "\\" else 1
            while text[place - 1] == "." and place - 1 > start:
                place -= 1  # a dot at the end closes the triple
            yield "word", start, place
        else:
            yield letter, start, place


def bind(text: str, values: Mapping[str, NamedNode | Literal]) -> tuple[str, set[str]]:
    """Put terms for variables; returns the text and the variables its own SELECT still names.

    A value takes the place of its variable as a complete term, written by the store's own
    serializer, wherever a term may stand. Where SPARQL wants a variable (SELECT, GROUP BY,
    AS) the variable stays, for the store to substitute in the result.

    >>> bind('SELECT ?x { ?x a $c }', {"c": NamedNode("urn:c")})
    ('SELECT ?x { ?x a <urn:c> }', set())
    """
    pieces: list[str] = []
    named: set[str] = set()
    done, braces, parens = 0, 0, 0
    head = ""  # the clause that lists variables we are in: SELECT, GROUP or ORDER
    last = ""
    for kind, start, end in tokens(text):
        word = text[start:end].upper()
        if kind == "word":
            if word in ("SELECT", "GROUP", "ORDER"):
                head, parens = word, 0
            elif word in _ENDS_HEAD:
                head = ""
        elif kind in "{}":
            head, braces = "", braces + (1 if kind == "{" else -1)
        elif kind in "()":
            parens += 1 if kind == "(" else -1
        elif kind == "variable" and text[start + 1 : end] in values:
            name = text[start + 1 : end]
            if last == "AS" or (head and parens == 0):
                if head == "SELECT" and braces == 0 and last != "AS":
                    named.add(name)
            else:
                pieces += [text[done:start], str(values[name])]
                done = end
        last = word
    return "".join(pieces) + text[done:], named


def variables(text: str) -> set[str]:
    """The names of all variables written with a dollar sign: the parameters of a question."""
    return {
        text[start + 1 : end]
        for kind, start, end in tokens(text)
        if kind == "variable" and text[start] == "$"
    }


def written_order(text: str, names: list[str]) -> list[int]:
    """The places of a result's columns: for ``SELECT *`` in the order in which they are written.

    The store gives the columns of ``*`` by their letters.

    >>> written_order("SELECT * { ?s ?p ?o }", ["o", "p", "s"])
    [2, 1, 0]
    """
    found = list(range(len(names)))
    if "*" not in text:
        return found
    words = ((kind, text[a:b]) for kind, a, b in tokens(text))
    for _, word in words:
        if word.upper() == "SELECT":
            break
    _, first = next(words, ("", ""))
    if first.upper() in ("DISTINCT", "REDUCED"):
        _, first = next(words, ("", ""))
    if first != "*":
        return found
    seen = {word[1:]: None for kind, word in words if kind == "variable"}
    ranks = {name: rank for rank, name in enumerate(seen)}
    return sorted(found, key=lambda place: ranks.get(names[place], len(ranks)))


def syntax_error(error: SyntaxError, text: str) -> QueryError:
    """The store's error as ``QueryError`` with place, line and what was expected."""
    update = next((text[a:b].upper() for k, a, b in tokens(text) if k == "word"), "")
    words = [text[a:b].upper() for k, a, b in tokens(text) if k == "word" and ":" not in text[a:b]]
    leading = next((word for word in words if word not in ("PREFIX", "BASE")), update)
    if leading in UPDATES:
        return QueryError(
            f"This is an update ({leading}), not a query.",
            remedy="Queries never change data: use kg.add() and kg.remove().",
        )
    unknown = _unknown_prefix(text)
    if unknown is not None:
        return unknown
    if not text.strip():
        return QueryError("The query is empty.", remedy="Write a SELECT, ASK or CONSTRUCT query.")
    said = (error.msg or str(error)).removeprefix("error at ")
    where, _, expected = said.partition(": ")
    line, _, column = where.partition(":")
    if not (line.isdigit() and column.isdigit()):
        return QueryError(f"The query is not valid SPARQL: {said[:200]}.", remedy="Correct it.")
    is_open = sum(1 if k in "([{" else -1 for k, _, _ in tokens(text) if k in "([{}])") > 0
    said = "the query ends before all brackets are closed" if is_open else _expected(expected)
    return QueryError(
        f"Query, line {line}, column {column}: {said}.\n{_pointed(text, int(line), int(column))}\n",
        remedy="Correct the query at this place.",
    )


def place(text: str, at: int) -> str:
    """Line and column of a place in a text, as words.

    >>> place("a\\nbc", 3)
    'line 2, column 2'
    """
    line = text.count("\n", 0, at) + 1
    return f"line {line}, column {at - text.rfind(chr(10), 0, at)}"


def _expected(said: str) -> str:
    """What the parser wanted: its own words if it has any, else the first few tokens."""
    options = said.removeprefix("expected ").removeprefix("one of ").replace("\n", " ").split(", ")
    plain = [option for option in options if "['" not in option and "'\\u" not in option]
    sentences = [option for option in plain if option[:1].isalpha() and " " in option]
    if sentences:
        return sentences[0][0].lower() + sentences[0][1:]
    tokens_ = [option for option in plain if not option.startswith(("[", "<"))]
    if len(tokens_) > 6 or not tokens_ or _NO_HELP.issuperset(tokens_):
        return "this is not valid here"
    return "expected " + " or ".join(tokens_)


def _pointed(text: str, line: int, column: int) -> str:
    lines = text.splitlines() or [""]
    shown = lines[min(line, len(lines)) - 1]
    start = max(0, column - 50)
    return f"  {shown[start : start + 80]}\n  {' ' * (column - 1 - start)}^"


def _unknown_prefix(text: str) -> QueryError | None:
    declared = set(PREFIXES)
    words = list(tokens(text))
    for number, (kind, start, end) in enumerate(words):
        name = text[start:end]
        if kind != "word" or ":" not in name or name.startswith(("_:", "@")):
            continue
        prefix = name.partition(":")[0]
        before = words[number - 1] if number else ("", 0, 0)
        if text[before[1] : before[2]].upper() == "PREFIX":
            declared.add(prefix)
        elif prefix not in declared:
            from difflib import get_close_matches

            close = get_close_matches(prefix, sorted(declared), 1)
            known = f" Known ones are {', '.join(sorted(declared))}."
            meant = f" Did you mean '{close[0]}:'?" if close else known
            return QueryError(
                f"Query, {place(text, start)}: the prefix '{prefix}:' is not declared.",
                remedy=f"Declare it with PREFIX.{meant}",
            )
    return None


def _until(text: str, mark: str, start: int) -> int:
    found = text.find(mark, start)
    return len(text) if found < 0 else found


def _string_end(text: str, start: int) -> int:
    quote = text[start]
    mark = quote * 3 if text.startswith(quote * 3, start) else quote
    place = start + len(mark)
    while place < len(text):
        if text[place] == "\\":
            place += 2
        elif text.startswith(mark, place):
            return place + len(mark)
        elif len(mark) == 1 and text[place] in "\n\r":
            return place  # a broken string: the parser will say so
        else:
            place += 1
    return len(text)
