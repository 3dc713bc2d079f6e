"""How deep the brackets of a JSON text stand in each other, found without parsing it."""

from __future__ import annotations

from itertools import accumulate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

PIECE = 1 << 20
_OTHERS = bytes(set(range(256)) - set(b'"{}[]'))
_STEP = {ord("{"): 1, ord("["): 1, ord("}"): -1, ord("]"): -1}


def deeper_than(most: int, stream: IO[bytes]) -> bool:
    r"""Whether more than ``most`` brackets outside strings are ever open at once.

    >>> from io import BytesIO
    >>> deeper_than(2, BytesIO(b'{"a": [1, "]\\"{[["]}')), deeper_than(1, BytesIO(b"[[]]"))
    (False, True)
    """
    depth, in_string, kept = 0, False, b""
    while piece := stream.read(PIECE):
        piece = kept + piece
        # A run of backslashes at the end may go on in the next piece.
        kept = piece[len(piece.rstrip(b"\\")) :]
        piece = piece[: len(piece) - len(kept)]
        piece = piece.replace(b"\\\\", b"").replace(b'\\"', b"")
        parts = piece.translate(None, _OTHERS).split(b'"')
        brackets = b"".join(parts[in_string::2])
        in_string ^= len(parts) % 2 == 0
        depths = list(accumulate(map(_STEP.__getitem__, brackets), initial=depth))
        if max(depths) > most:
            return True
        depth = depths[-1]
    return False
