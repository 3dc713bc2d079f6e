"""Matching names of places against a gazetteer, with a score and its reasons."""

from glocal_kg._glocal.corpus.matching.candidate import Candidate, Wanted
from glocal_kg._glocal.corpus.matching.gazetteer import Gazetteer, GazetteerEntry
from glocal_kg._glocal.corpus.matching.matcher import Match
from glocal_kg._glocal.corpus.matching.matching import match_country, match_places
from glocal_kg._glocal.corpus.matching.review import read_review, review_table

__all__ = [
    "Candidate",
    "Gazetteer",
    "GazetteerEntry",
    "Match",
    "Wanted",
    "match_country",
    "match_places",
    "read_review",
    "review_table",
]
