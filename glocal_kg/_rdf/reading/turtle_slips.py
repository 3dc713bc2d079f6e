"""What people write in Turtle that is not Turtle, told from the place where the parser stopped."""

from __future__ import annotations

import re

_QUOTES = "“”„‟‘’‚«»"
_PARTS = "A line has three parts, in N-Quads a graph as the fourth, and a dot at its end."
_BARE = re.compile(r"[^\W\d]\w*(?=[\s;,.]|$)")


def lines_slip(said: str, before: str, after: str) -> str:
    """The same for N-Triples and N-Quads, whose lines are parts of Turtle.

    >>> lines_slip("The subject of a triple must be an IRI", "", "ex:a ex:b ex:c .")
    'Short names, a and single quotes are Turtle: end its name in .ttl, or write IRIs in full.'
    """
    if re.match(r"(?!_:)[\w-]*:\S|a\s|'", after) or re.match("@prefix|PREFIX", after):
        return (
            "Short names, a and single quotes are Turtle: end its name in .ttl, or write IRIs in"
            " full."
        )
    if "followed by a dot" in said:
        if not before.strip():
            return "The line before this one has no dot at its end."
        return _PARTS
    if "Only a single" in said or before.rstrip().endswith("."):
        return "Write each statement in a line of its own."
    if "subject of a triple" in said and before.strip():
        return _PARTS
    if "Unexpected end" in said:
        return "The last line is cut: write the rest of it and a dot, or copy the file again."
    return ""


def trig_slip(after: str) -> str:
    """The same for TriG alone.

    >>> trig_slip("{ ex:a ex:b ex:c }")
    'A graph holds no other graph: close the first with } before the second begins.'
    """
    if re.match(r"GRAPH\s|\{", after):
        return "A graph holds no other graph: close the first with } before the second begins."
    return ""


def _notation3(after: str) -> str:
    """What to do about Notation3, which looks like Turtle and has more."""
    if re.match(r"=>|<=|\{.*\}\s*=>|\?\w|@(?:forAll|forSome)\b", after):
        return "Rules and variables are Notation3, which is not read: leave them out of the data."
    if re.match(r"=\s", after):
        return "Write owl:sameAs in place of =."
    if turned := re.match(r"is\s+(\S+)\s+of\b", after):
        return f"Turn the statement round: Turtle has no 'is {turned[1]} of'."
    return ""


def turtle_slip(said: str, before: str, after: str) -> str:
    """What to do about a slip of the pen; "" for one that is not known.

    ``said`` are the parser's words, ``before`` and ``after`` what stands around the place.

    >>> turtle_slip("", "ex:a rdfs:label ", "“Rome”@en .")
    'Write straight quotes: " in place of “.'
    >>> turtle_slip("", 'rdfs:label "Rome"@en', "_US ; a ex:City .")
    'Language tags have a hyphen: @en-US.'
    """
    for sign in (after[:1], before[-1:]):
        if sign and sign in _QUOTES:
            return f'Write straight quotes: " in place of {sign}.'
    tag = re.search(r"@([A-Za-z]+)_?$", before)
    region = re.match(r"_?([A-Za-z]+)", after)
    if tag and region and (before.endswith("_") or after.startswith("_")):
        return f"Language tags have a hyphen: @{tag[1]}-{region[1]}."
    day = re.search(r"(\d{4})$", before)
    if day and (rest := re.match(r"(-\d\d(?:-\d\d)?)", after)):
        kind = "date" if rest[1].count("-") == 2 else "gYearMonth"
        return f'Write dates in quotes with their type: "{day[1]}{rest[1]}"^^xsd:{kind}.'
    hour = re.search(r"\b(\d\d)$", before)
    if hour and (rest := re.match(r":\d\d(?::\d\d)?", after)):
        return f'Write times in quotes with their type: "{hour[1]}{rest[0]}"^^xsd:time.'
    if more := _notation3(after):
        return more
    if re.match(r"[\"']|[+-]?\d|(?:true|false)\b", after):
        if "not a valid subject" in said:
            return (
                "A subject is an IRI or a blank node: write a value behind a predicate, and"
                " further ones after a comma."
            )
        if "not a valid predicate" in said:
            return "A predicate is an IRI: write one before this value."
    if truth := re.match(r"(true|false)\b", after, re.IGNORECASE):
        return f"Write {truth[1].lower()} in small letters."
    if re.match("@(?:PREFIX|BASE)", after, re.IGNORECASE):
        return "@prefix and @base are written in small letters."
    if "its value as an IRI" in said and (iri := re.match(r"[\w+.-]+:\S+", after)):
        return f"Put the IRI in angle brackets: <{iri[0]}>."
    if re.match(r"GRAPH\s|\{", after):
        return "Only TriG has graphs with names: end its name in .trig, or give format='trig'."
    short = re.search(r"([A-Za-z][\w-]*:[\w.%-]+)$", before)
    if short and after[:1] in ("/", "'"):
        sign = "slash" if after[0] == "/" else "apostrophe"
        return (
            f"A short name has no {sign}: write {short[1]}\\{after[0]}, or the IRI in full, in <>."
        )
    if after.startswith("^") and before.rstrip().endswith(('"', "'")):
        return "Before a datatype stand two signs: ^^."
    if re.match(r"[,;.]", after) and before.rstrip().endswith(","):
        return "Leave out a comma: after one stands another value."
    if "escape character" in said:
        return r"A backslash in a text is written twice: \\."
    if "Line jumps" in said or ("Unexpected end" in said and after[:1] in "\"'" and after):
        return 'Close the text with a quote before the line ends; longer texts stand in """.'
    if "blank node property lists" in said:
        return "Close the bracket: ] before the dot."
    if after.startswith(".") and "not a valid RDF object" in said and before.count("("):
        return "Close the bracket: ) before the dot."
    if "Unexpected end" in said:
        return "The last statement does not end: write a dot at its end, and close open brackets."
    if re.match(r"//|/\*|--\s", after):
        return "Comments begin with #."
    if "not allowed to end with '.'" in said:
        return "Leave out the dot before the colon."
    if "PREFIX keyword" in said:
        return "Write a colon after the prefix: @prefix area: <...> ."
    if after.startswith(".") and re.match(r"\s*prefix\b", before, re.IGNORECASE):
        return "PREFIX has no dot at its end; @prefix has one."
    verb = re.match(r"(is(?:\s+an?)?|A|type)\s", after)
    if verb and "not a valid predicate" in said:
        return f"Write a, a small letter alone, in place of {verb[1]}."
    if "not a valid RDF object" in said and re.match(r"a\s", after):
        return "End the statement before this one with a dot; a semicolon goes on with its subject."
    word = _BARE.match(after)
    if word and "not a valid" in said:
        return f"Give {word[0]} a prefix, as in ex:{word[0]}, or quotes where it is text."
    return ""
