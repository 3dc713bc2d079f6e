"""The page on the model: its picture and its list of terms, made from the ontology.

``python -m glocal_kg._glocal.model`` writes ``docs/model.svg`` and the list in ``docs/model.md``
anew; a test holds both equal to what the ontology says.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from glocal_kg._rdf.escaping import escape
from glocal_kg._rdf.namespaces import OWL, RDF, RDFS
from glocal_kg._study import packaged
from glocal_kg._study.vocab import GLOCAL, shorten

# Where the boxes stand: column and row. What a box holds is read from the ontology.
BOXES = {
    "Source": (0, 0), "Passage": (1, 0), "Assertion": (2, 0), "Proposition": (3, 0),
    "anything": (4, 0),
    "Term": (0, 1), "Definition": (1, 1), "Actor": (2, 1), "MapElement": (3, 1),
    "Placement": (4, 1),
    "concept": (0, 2), "Practice": (1, 2), "Place": (2, 2), "List": (3, 2), "IdealMap": (4, 2),
    "role": (0, 3), "Participation": (1, 3), "Item": (3, 3),
}  # fmt: skip
FREE = {
    "anything": "a thing or a literal",
    "concept": "skos:Concept",
    "role": "skos:Concept",
}
"""Boxes that are no class of ours, and what stands in them."""
ARROWS = (
    ("Passage", "fromSource", "Source"),
    ("Assertion", "statedIn reportedIn interpretedFrom", "Passage"),
    ("Assertion", "asserts denies", "Proposition"),
    ("Proposition", "subject value", "anything"),
    ("Assertion", "by", "Actor"),
    ("Definition", "by", "Actor"),
    ("Definition", "defines", "Term"),
    ("Placement", "element", "MapElement"),
    ("Placement", "onMap", "IdealMap"),
    ("MapElement", "answers", "MapElement"),
    ("List", "partOf", "IdealMap"),
    ("Item", "partOf", "List"),
    ("Actor", "governs", "Place"),
    ("Practice", "theme", "concept"),
    ("Practice", "participant", "Place"),
    ("Practice", "participant", "Actor"),
    ("Practice", "qualifiedParticipation", "Participation"),
    ("Participation", "ofParticipant", "Place"),
    ("Participation", "inRole", "role"),
)
_WIDE, _HIGH, _STEP_X, _STEP_Y, _EDGE = 150, 62, 250, 130, 20


class ModelTerms:
    """The terms of the ontology with what the page says of them."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, NamedNode], list[str]] = defaultdict(list)
        for path in packaged.files("ontology", ".ttl"):
            if os.path.basename(os.path.dirname(path)) != "ontology":
                continue
            for quad in parse(path=path, format=RdfFormat.TURTLE):
                node, value = quad.subject, quad.object
                if node not in GLOCAL or (isinstance(value, Literal) and value.language != "en"):
                    continue
                if isinstance(value, NamedNode | Literal):
                    self.values[_local(node), quad.predicate].append(value.value)
        self.names = sorted({name for name, _ in self.values}, key=str.casefold)
        self.classes = [n for n in self.names if OWL.Class.value in self.values[n, RDF.type]]
        self.properties = [n for n in self.names if n not in set(self.classes)]

    def question(self, name: str) -> str:
        """The question a term exists for."""
        return self.values[name, RDFS.comment][0]

    def below(self, name: str) -> list[str]:
        """The classes right below a class."""
        above = GLOCAL[name].value
        return [n for n in self.classes if above in self.values[n, RDFS.subClassOf]]


def _local(node: object) -> str:
    return node.value.rpartition("#")[2] if isinstance(node, NamedNode) else ""


def picture(ontology: ModelTerms) -> str:
    """The core of the model as SVG: boxes for classes, arrows for properties.

    >>> picture(ModelTerms()).startswith("<svg")
    True
    """
    known = {*ontology.names, *FREE}
    for start, names, end in ARROWS:
        unknown = {start, end, *names.split()} - known
        if unknown:
            raise ValueError(f"The picture names {', '.join(sorted(unknown))}: no such term.")
    width = 4 * _STEP_X + _WIDE + 2 * _EDGE
    height = 3 * _STEP_Y + _HIGH + 2 * _EDGE
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        ' font-family="sans-serif" font-size="13">',
        "<title>The core of the model</title>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8"'
        ' markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8z" fill="#555"/></marker></defs>',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    lines += [line for arrow in ARROWS for line in _arrow(*arrow)]
    lines += [line for name in BOXES for line in _box(name, ontology)]
    return "\n".join([*lines, "</svg>\n"])


def _corner(name: str) -> tuple[int, int]:
    column, row = BOXES[name]
    return _EDGE + column * _STEP_X, _EDGE + row * _STEP_Y


def _box(name: str, ontology: ModelTerms) -> list[str]:
    x, y = _corner(name)
    own = name not in FREE
    title = name if own else FREE[name]
    below = ontology.below(name) if own else []
    small = [", ".join(below[i : i + 2]) for i in range(0, min(len(below), 4), 2)]
    fill, dash = ("#eef4fb", "") if own else ("#f6f6f6", ' stroke-dasharray="4 3"')
    middle = x + _WIDE // 2
    lines = [
        f'<rect x="{x}" y="{y}" width="{_WIDE}" height="{_HIGH}" rx="6" fill="{fill}"'
        f' stroke="#456"{dash}/>',
        f'<text x="{middle}" y="{y + (22 if small else 36)}" text-anchor="middle"'
        f' font-weight="bold">{escape(title)}</text>',
    ]
    for number, line in enumerate(small):
        lines.append(
            f'<text x="{middle}" y="{y + 39 + 14 * number}" text-anchor="middle" font-size="10.5"'
            f' fill="#456">{escape(line)}</text>'
        )
    return lines


def _arrow(start: str, names: str, end: str) -> list[str]:
    (x1, y1), (x2, y2) = _corner(start), _corner(end)
    if start == end:  # a loop over the box
        left, right = x1 + 45, x1 + 105
        path = f"M{left} {y1}C{left} {y1 - 34} {right} {y1 - 34} {right} {y1}"
        at = (x1 + _WIDE // 2, y1 - 29)
        return [_path(path), _name(names, *at)]
    if x1 == x2:  # up or down
        down = y2 > y1
        x = x1 + _WIDE // 2
        from_y, to_y = (y1 + _HIGH, y2) if down else (y1, y2 + _HIGH)
        return [_path(f"M{x} {from_y}L{x} {to_y}"), _name(names, x, (from_y + to_y) // 2 + 4)]
    right = x2 > x1
    from_x, to_x = (x1 + _WIDE, x2) if right else (x1, x2 + _WIDE)
    from_y, to_y = y1 + _HIGH // 2, y2 + _HIGH // 2
    at = ((from_x + to_x) // 2, (from_y + to_y) // 2 + 8 - 13 * len(names.split()))
    return [_path(f"M{from_x} {from_y}L{to_x} {to_y}"), _name(names, *at)]


def _path(path: str) -> str:
    return f'<path d="{path}" fill="none" stroke="#555" marker-end="url(#tip)"/>'


def _name(names: str, x: int, y: int) -> str:
    halo = 'paint-order="stroke" stroke="#fff" stroke-width="4"'
    spans = "".join(
        f'<tspan x="{x}" dy="{13 if number else 0}">{name}</tspan>'
        for number, name in enumerate(names.split())
    )
    return f'<text x="{x}" y="{y}" text-anchor="middle" font-size="11" {halo}>{spans}</text>'


def listing(ontology: ModelTerms) -> str:
    """Every class and property with the question it exists for, as two Markdown tables."""
    lines = [
        f"### {len(ontology.classes)} classes",
        "",
        "| class | is a | question |",
        "|---|---|---|",
    ]
    for name in ontology.classes:
        above = " ".join(shorten(v) for v in ontology.values[name, RDFS.subClassOf])
        lines.append(f"| `{name}` | {above} | {ontology.question(name)} |")
    lines += ["", f"### {len(ontology.properties)} properties", ""]
    lines += ["| property | from | to | question |", "|---|---|---|---|"]
    for name in ontology.properties:
        ends = [_end(ontology, name, end) for end in (RDFS.domain, RDFS.range)]
        lines.append(f"| `{name}` | {ends[0]} | {ends[1]} | {ontology.question(name)} |")
    return "\n".join(lines) + "\n"


def _end(ontology: ModelTerms, name: str, end: NamedNode) -> str:
    found = [shorten(value).removeprefix("glocal:") for value in ontology.values[name, end]]
    return found[0] if found else "anything"


START, END = "<!-- made by python -m glocal_kg._glocal.model -->", "<!-- end -->"


def with_listing(page: str, ontology: ModelTerms) -> str:
    """A page with the list between its two marks made anew."""
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n\n{listing(ontology)}\n{END}{after}"


def documents(folder: str) -> Mapping[str, str]:
    """The files of the page by path, as they have to be, from a folder ``docs``."""
    ontology = ModelTerms()
    page = os.path.join(folder, "model.md")
    with open(page, encoding="utf-8") as file:
        text = file.read()
    return {
        os.path.join(folder, "model.svg"): picture(ontology),
        page: with_listing(text, ontology),
    }


def _write() -> None:
    docs = os.path.join(os.path.dirname(packaged.folder("ontology")), "docs")
    for path, text in documents(docs).items():
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)


if __name__ == "__main__":
    _write()
