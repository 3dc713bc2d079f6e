"""A corpus of our own in Turtle, as a user writes one, and a reader for the pixels of a PNG."""

from __future__ import annotations

import struct
import zlib

import numpy as np
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
        lines = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(self.height, -1)
        self.pixels = self._unfilter(lines[:, 0], lines[:, 1:].astype(np.int16))

    def _unfilter(self, kinds: np.ndarray, lines: np.ndarray) -> np.ndarray:
        """What the lines were before each byte became what it is beyond a guess by its neighbors.

        A pixel needs those to the left and above, so all of one slanting line come at once.
        """
        height, width = self.height, self.width
        lines = lines.reshape(height, width, self.step)
        found = np.zeros((height + 1, width + 1, self.step), np.int16)  # nothing is outside
        for slant in range(height + width - 1):
            y = np.arange(max(0, slant - width + 1), min(height, slant + 1))
            x = slant - y
            left, up, corner = found[y + 1, x], found[y, x + 1], found[y, x]
            to_left, to_up = abs(up - corner), abs(left - corner)
            to_corner = abs(left + up - 2 * corner)
            near = np.where(to_up <= to_corner, up, corner)
            near = np.where((to_left <= to_up) & (to_left <= to_corner), left, near)
            guesses = [np.zeros_like(left), left, up, (left + up) // 2, near]
            guess = np.choose(kinds[y][:, None], guesses)
            found[y + 1, x + 1] = (lines[y, x] + guess) & 255
        return found[1:, 1:, :3]

    def at(self, x: int, y: int) -> tuple[int, int, int]:
        """Red, green, blue of a pixel."""
        red, green, blue = self.pixels[y, x].tolist()
        return red, green, blue

    def has(self, color: tuple[int, ...], box: Box) -> bool:
        """True where a pixel inside the box has this color, but for the blur of thin lines."""
        part = self.pixels[int(box.y) : int(box.bottom), int(box.x) : int(box.right)]
        return bool((abs(part - np.array(color)).max(axis=2, initial=0) <= 40).any())


@pytest.fixture(scope="session")
def pixels() -> type[Pixels]:
    """The PNG reader."""
    return Pixels
