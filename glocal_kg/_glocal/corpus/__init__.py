"""Bring your own corpus: from spreadsheets, lists and exports to a graph one can trust.

``tables`` reads cells as they are shown, ``mapping`` says what a column is, ``matching`` finds
places in a gazetteer, ``findings`` tells what became of every cell, and ``templates`` makes
sheets to fill in. Nothing is dropped, guessed or merged in silence.
"""
