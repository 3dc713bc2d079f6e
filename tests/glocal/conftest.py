"""A corpus of our own in Turtle, as a user writes one, and a reader for the pixels of a PNG."""

from __future__ import annotations

import struct
import zlib

import pytest

import glocal_kg as gk
from glocal_kg._glocal.butterfly.curves import Box

CORPUS = """
@prefix glocal: <https://w3id.org/glocal/ontology#> .
@prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix role: <https://w3id.org/glocal/id/role/> .
@prefix criterion: <https://w3id.org/glocal/id/criterion/> .
@prefix ex: <https://example.org/> .

ex:rome a glocal:City ; rdfs:label "Rome"@en , "Roma"@it ; geo:lat 41.9 ; geo:long 12.5 .
ex:kigali a glocal:City ; rdfs:label "Kigali"@en ; geo:lat -1.95 ; geo:long 30.06 .
ex:suva a glocal:City ; rdfs:label "Suva"@en ; geo:lat -18.14 ; geo:long 178.44 .
ex:apia a glocal:City ; rdfs:label "Apia"@en ; geo:lat -13.83 ; geo:long -171.77 .
ex:ngo a glocal:Organization ; rdfs:label "An NGO"@en .
ex:council a glocal:Government ; rdfs:label "Council of Suva"@en ; glocal:governs ex:suva .

ex:choirs a glocal:Practice ; rdfs:label "meeting of choirs"@en ;
    glocal:participant ex:rome , ex:kigali , ex:ngo .
ex:twins a glocal:Practice ; rdfs:label "twin towns"@en ; schema:startDate "2004"^^xsd:gYear ;
    glocal:participant ex:rome , ex:kigali .
ex:port a glocal:Project ; rdfs:label "harbor"@en ; glocal:participant ex:ngo ;
    glocal:qualifiedParticipation
        [ glocal:ofParticipant ex:council ; glocal:inRole role:partner ] ,
        [ glocal:ofParticipant ex:apia ; glocal:inRole role:partner ;
          schema:startDate "2010"^^xsd:gYear ] .
ex:school a glocal:Practice ; rdfs:label "school"@en ; glocal:participant ex:ngo ;
    glocal:qualifiedParticipation ex:part-1 , ex:part-2 .
ex:part-1 glocal:ofParticipant ex:apia ; glocal:linkedWith ex:part-2 .
ex:part-2 glocal:ofParticipant ex:suva ; glocal:linkedWith ex:part-1 .

role:partner a skos:Concept ; rdfs:label "partner"@en .
ex:sport skos:broader ex:culture ; rdfs:label "sport"@en .
ex:culture glocal:contrastsWith ex:trade .

ex:scale a glocal:Scale ; glocal:lowestScore 1 ; glocal:highestScore 5 .
criterion:universality a glocal:Criterion ; rdfs:label "universality"@en .
criterion:concreteness a glocal:Criterion ; rdfs:label "concreteness"@en .
ex:ann a glocal:Person ; rdfs:label "Ann"@en . ex:bob a glocal:Person ; rdfs:label "Bob"@en .
"""


def assessment(name: str, practice: str, criterion: str, rater: str, score: int, more: str = ""):
    """Turtle of one assessment."""
    return (
        f"ex:{name} a glocal:Assessment ; glocal:assesses ex:{practice} ; "
        f"glocal:onCriterion criterion:{criterion} ; glocal:by ex:{rater} ; "
        f"glocal:onScale ex:scale ; glocal:score {score} {more} .\n"
    )


RATINGS = "".join(
    assessment(f"a-{n}", *row)
    for n, row in enumerate(
        [
            (
                "choirs",
                "universality",
                "ann",
                4,
                '; glocal:reason "yearly report"@en ; '
                'glocal:confidence 0.8 ; dcterms:date "2026-03-01"^^xsd:date',
            ),
            ("choirs", "universality", "bob", 5),
            ("twins", "universality", "ann", 2),
            ("twins", "universality", "bob", 2),
            ("port", "universality", "ann", 3),
            ("choirs", "concreteness", "ann", 1),
            ("choirs", "concreteness", "bob", 5),
            ("twins", "concreteness", "ann", 2),
            ("twins", "concreteness", "bob", 3),
        ]
    )
)
XSD = "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
GRAPH = "https://w3id.org/glocal/graph/import/corpus"


def graph_of(*texts: str) -> gk.KnowledgeGraph:
    """A graph with these texts, each in a graph of its own as an import makes it."""
    kg = gk.KnowledgeGraph()
    head = XSD + "".join(line + "\n" for line in CORPUS.splitlines() if line.startswith("@"))
    for number, text in enumerate(texts):
        kg.add(gk.Text(head + text, "turtle"), graph=GRAPH + (f"-{number}" if number else ""))
    return kg


@pytest.fixture
def corpus() -> gk.KnowledgeGraph:
    return graph_of(CORPUS, RATINGS)


class Pixels:
    """The pixels of an 8-bit RGBA or RGB PNG, for tests without an image library."""

    def __init__(self, png: bytes) -> None:
        assert png[:8] == b"\x89PNG\r\n\x1a\n"
        place, packed = 8, b""
        while place < len(png):
            length, kind = struct.unpack_from(">L4s", png, place)
            body = png[place + 8 : place + 8 + length]
            if kind == b"IHDR":
                self.width, self.height, depth, color = struct.unpack_from(">LLBB", body)
                assert depth == 8
                self.step = {2: 3, 6: 4}[color]
            elif kind == b"IDAT":
                packed += body
            place += length + 12
        self.rows = self._unfilter(zlib.decompress(packed))

    def _unfilter(self, data: bytes) -> list[bytes]:
        size, step = self.width * self.step, self.step
        rows, above = [], bytes(size)
        for start in range(0, len(data), size + 1):
            kind, line = data[start], bytearray(data[start + 1 : start + 1 + size])
            for i in range(size if kind else 0):
                left = line[i - step] if i >= step else 0
                up = above[i]
                if kind == 1:
                    guess = left
                elif kind == 2:
                    guess = up
                elif kind == 3:
                    guess = (left + up) // 2
                else:  # the one next to left + up - corner; a million times, so without calls
                    corner = above[i - step] if i >= step else 0
                    to_left, to_up = up - corner, left - corner
                    to_corner = to_left + to_up
                    to_left = to_left if to_left >= 0 else -to_left
                    to_up = to_up if to_up >= 0 else -to_up
                    to_corner = to_corner if to_corner >= 0 else -to_corner
                    guess = up if to_up <= to_corner else corner
                    if to_left <= to_up and to_left <= to_corner:
                        guess = left
                line[i] = (line[i] + guess) & 255
            above = bytes(line)
            rows.append(above)
        return rows

    def at(self, x: int, y: int) -> tuple[int, int, int]:
        """Red, green, blue of a pixel."""
        red, green, blue = self.rows[y][x * self.step : x * self.step + 3]
        return red, green, blue

    def has(self, color: tuple[int, ...], box: Box) -> bool:
        """True where a pixel inside the box has this color, but for the blur of thin lines."""
        return any(
            max(abs(a - b) for a, b in zip(self.at(x, y), color, strict=True)) <= 40
            for y in range(int(box.y), min(int(box.bottom), self.height))
            for x in range(int(box.x), min(int(box.right), self.width))
        )


@pytest.fixture(scope="session")
def pixels() -> type[Pixels]:
    """The PNG reader."""
    return Pixels
