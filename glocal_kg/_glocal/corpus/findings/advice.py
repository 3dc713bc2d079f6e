"""What to do about a finding in a template, which has no mapping to say more in."""

from __future__ import annotations

import re

_IN_MAPPING = re.compile(r"mapping|\bmap\b|\b[a-z]+: |\b[a-z]+:\.", re.IGNORECASE)
_INSTEAD = {
    "hidden-row": "Show the row, or remove it.",
    "hidden-sheet": "Show the sheet, or empty it: it is imported all the same.",
    "hidden-column": "Show the column, or empty it: it is imported all the same.",
    "merged": "Take the merged cell apart, and write into each cell what it holds.",
    "number-unclear": "Write no mark between thousands, and a point as the decimal mark: 1234.5.",
    "not-a-number": "Write the number alone, with a point as the decimal mark: 45.75.",
    "not-whole": "Write it without a decimal mark.",
    "date-unclear": "Write the day as 2003-02-01: year, month, day.",
    "not-a-date": "Write the day as 2003-02-01: year, month, day.",
    "not-a-year": "Write the year alone.",
    "not-true-or-false": "Write true or false.",
    "not-listed": "Choose from the list.",
    "link-unknown": "Write one name, as the other sheet has it.",
    "not-imported": "A template takes no columns and sheets of one's own: leave them out.",
    "placeholder": "It was imported; leave the cell empty if it means that there is none.",
}


def in_template(rule: str, suggestion: str) -> str:
    """The suggestion of a finding in a template: another where it is of mappings.

    >>> in_template("not-whole", "Write it without a decimal mark, or map it as number.")
    'Write it without a decimal mark.'
    >>> in_template("not-listed", "Did you mean 'culture'?")
    "Did you mean 'culture'?"
    """
    return _INSTEAD.get(rule, suggestion) if _IN_MAPPING.search(suggestion) else suggestion
