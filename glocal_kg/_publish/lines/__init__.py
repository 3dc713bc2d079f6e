"""Statements as lines: terms in canonical text, canonical form and hash, sorting, sums."""
