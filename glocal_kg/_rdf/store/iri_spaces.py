"""The namespaces of very many IRIs, over columns of bytes."""

from __future__ import annotations

from typing import Final

import numpy as np

TYPE_CHECKING = False
if TYPE_CHECKING:
    from numpy.typing import NDArray

    from glocal_kg._rdf.store.dictionary import Dictionary

_PART: Final = 1 << 13  # terms that are looked at together
_FEW: Final = 256  # so many are looked at one by one
_WIDE: Final = 1 << 8  # bytes of a namespace that are compared in columns
_KINDS: Final = 64  # new ones in a part that are looked for in all of it
_OPEN, _HASH, _SLASH = b"<#/"


def spaces_of(
    dictionary: Dictionary, numbers: NDArray[np.int32]
) -> tuple[list[str], NDArray[np.int32]]:
    """The namespaces of the IRIs among some terms, each once, and the IRIs without a slash.

    ``numbers`` are sorted. A namespace ends with the last ``#`` or ``/`` of an IRI; an IRI that
    ends there is a namespace itself, and is left out.

    >>> from glocal_kg._rdf.store.dictionary import Dictionary
    >>> terms = Dictionary()
    >>> numbers = terms.add_texts([b"<urn:a/b>", b"<urn:a/c>", b"<urn:x#y>", b"<urn:a/>", b'"a/b"'])
    >>> spaces, bare = spaces_of(terms, numbers)
    >>> spaces, terms.texts(bare)
    (['urn:a/', 'urn:x#'], ['<urn:x#y>'])
    """
    if len(numbers) <= _FEW:
        return _spaces_of_few(dictionary, numbers)
    spaces: dict[bytes, None] = {}
    bare = [numbers[:0]]
    for start in range(0, len(numbers), _PART):
        part = numbers[start : start + _PART]
        part = part[dictionary.sorts(part) == _OPEN]
        lines = dictionary.lines(part) + bytes(_WIDE)
        letters, sizes = np.frombuffer(lines, np.uint8), dictionary.sizes(part)
        begins = np.cumsum(sizes + 1) - sizes - 1
        slash = letters == _SLASH
        without = _until_last(slash, begins, sizes) == 0
        slash |= letters == _HASH
        wide = _until_last(slash, begins, sizes)
        named = wide != sizes - 1
        bare.append(part[named & without])
        begins, wide = begins[named], wide[named]
        for row in np.flatnonzero(wide > _WIDE).tolist():
            spaces[lines[begins[row] : begins[row] + wide[row]]] = None
        begins, wide = begins[wide <= _WIDE], wide[wide <= _WIDE]
        width = (int(wide.max(initial=1)) + 7) & -8
        whole = np.ndarray((len(lines) - _WIDE,), f"V{width}", letters.data, strides=(1,))
        rows = whole[begins].view(np.uint8).reshape(-1, width)
        rows *= np.arange(width) < wide[:, None]
        words, most = rows.view(np.uint64), len(spaces) + _KINDS
        while len(words) and len(spaces) < most:
            spaces[words[0].tobytes().rstrip(b"\0")] = None
            words = words[(words != words[0]).any(axis=1)]
        spaces.update(dict.fromkeys(row.tobytes().rstrip(b"\0") for row in words))
    return [space[1:].decode() for space in spaces], np.concatenate(bare)


def _spaces_of_few(
    dictionary: Dictionary, numbers: NDArray[np.int32]
) -> tuple[list[str], NDArray[np.int32]]:
    """The same, one after the other."""
    spaces: dict[bytes, None] = {}
    bare: list[int] = []
    for number in numbers.tolist():
        text = dictionary.text(number)
        if text[:1] != b"<" or text[1:2] == b"<":
            continue
        slash = text.rfind(b"/")
        end = max(text.rfind(b"#"), slash) + 1
        if end != len(text) - 1:
            spaces[text[:end]] = None
            if slash < 0:
                bare.append(number)
    return [space[1:].decode() for space in spaces], np.array(bare, np.int32)


def _until_last(
    signs: NDArray[np.bool_], begins: NDArray[np.int64], sizes: NDArray[np.int64]
) -> NDArray[np.int64]:
    """How many letters of each text there are up to the last sign, with it; 0 without any."""
    behind = np.concatenate(([0], np.flatnonzero(signs) + 1))
    last = behind[behind.searchsorted(begins + sizes, "right") - 1]
    return np.maximum(last - begins, 0)
