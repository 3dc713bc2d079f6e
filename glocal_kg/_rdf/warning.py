"""Warnings that point at the line of whoever called the package, however deep they arise."""

from __future__ import annotations

import os
import sys
from warnings import warn

_HERE = os.path.dirname(os.path.dirname(__file__)) + os.sep


def warn_caller(remark: str) -> None:
    """Warn, at the first line outside the package: Python tells a warning once for each line."""
    level, frame = 2, sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_HERE):
        level, frame = level + 1, frame.f_back
    warn(remark, stacklevel=level)
