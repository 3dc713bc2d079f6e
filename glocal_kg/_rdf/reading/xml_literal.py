"""XML inside a value, as RDF/XML wants it: in exclusive canonical form (W3C, with comments).

Namespaces are declared where they are first used, attributes are sorted, and entities, CDATA
and empty-element tags are written out.
"""

from __future__ import annotations

from collections.abc import Iterable

XML = "http://www.w3.org/XML/1998/namespace"

_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#xD;"})
_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", '"': "&quot;", "\t": "&#x9;", "\n": "&#xA;", "\r": "&#xD;"}
)


class XmlText:
    """Collects the content of an element as canonical text.

    Names are (namespace, local name, prefix); no namespace and no prefix are empty.

    >>> xml = XmlText()
    >>> xml.start(("urn:n#", "b", "n"), [(("", "k", ""), "<")])
    >>> xml.text("1 & 2"); xml.end(("urn:n#", "b", "n")); str(xml)
    '<n:b xmlns:n="urn:n#" k="&lt;">1 &amp; 2</n:b>'
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._declared: list[dict[str, str]] = [{"": "", "xml": XML}]

    @property
    def depth(self) -> int:
        """How many elements are open."""
        return len(self._declared) - 1

    def start(
        self,
        name: tuple[str, str, str],
        attributes: Iterable[tuple[tuple[str, str, str], str]],
    ) -> None:
        """An element begins."""
        declared = dict(self._declared[-1])
        listed = list(attributes)
        used = {name[2]: name[0]}
        used.update((prefix, space) for (space, _, prefix), _ in listed if prefix)
        new = {p: space for p, space in used.items() if declared.get(p) != space}
        declared.update(new)
        self._declared.append(declared)
        spaces = [f' xmlns{":" if p else ""}{p}="{_quoted(new[p])}"' for p in sorted(new)]
        listed.sort(key=lambda item: item[0][:2])
        values = [f' {_qualified(key)}="{_quoted(value)}"' for key, value in listed]
        self._parts.append(f"<{_qualified(name)}{''.join(spaces)}{''.join(values)}>")

    def end(self, name: tuple[str, str, str]) -> None:
        """An element ends."""
        self._declared.pop()
        self._parts.append(f"</{_qualified(name)}>")

    def text(self, text: str) -> None:
        """Some text."""
        self._parts.append(text.translate(_TEXT))

    def comment(self, text: str) -> None:
        """A comment."""
        self._parts.append(f"<!--{text}-->")

    def instruction(self, target: str, text: str) -> None:
        """A processing instruction."""
        self._parts.append(f"<?{target} {text}?>" if text else f"<?{target}?>")

    def __str__(self) -> str:
        return "".join(self._parts)


def _qualified(name: tuple[str, str, str]) -> str:
    _, local, prefix = name
    return f"{prefix}:{local}" if prefix else local


def _quoted(value: str) -> str:
    return value.translate(_ATTRIBUTE)
