"""IRIs in plain letters, which are right by themselves: most are, and need no parser."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

_PATH: Final = rb"(?>[A-Za-z0-9._~!$&'()*+,;=:@/?-]++|%[0-9A-Fa-f]{2})*+"
_IRI: Final = rb"<[A-Za-z][A-Za-z0-9+.-]*+:(?://[A-Za-z0-9.-]*+(?=[/?#>])|(?!//))" + _PATH
PLAIN_IRI: Final = _IRI + rb"(?>#" + _PATH + rb")?+>"
"""An absolute IRI in brackets, in letters that RFC 3986 allows at their place."""
is_plain: Callable[[bytes], re.Match[bytes] | None] = re.compile(PLAIN_IRI).fullmatch
