"""Answers as objects: tables and triples, shown to people and written for other programs."""
