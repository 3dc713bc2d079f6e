"""Ratings of practices by raters: read them, and work out how far the raters agree.

``scale`` declares values, ``rating_tables`` reads tables, ``agreement`` and ``icc`` hold the
formulas, ``bootstrap`` the intervals, ``rating`` puts them together, ``telling`` shows them.
"""
