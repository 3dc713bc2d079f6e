"""Notes on an answer: what a careful colleague would add, told beside it and never in it.

Why nothing was found (``empty``, ``fitting``, ``compared``), slips that the text of a query shows
(``nowhere``, ``blind``), rows beside those that came (``more``, ``said``, ``alone``, ``left_out``,
``silent``), and how sure those are that did (``flatly``, ``denied``).
"""
