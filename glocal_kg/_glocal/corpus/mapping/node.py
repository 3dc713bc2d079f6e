"""Nodes of YAML that know their line, and take every scalar as the text that is written."""

from __future__ import annotations

from glocal_kg.errors import ReadError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


class YamlNode:
    """A part of a YAML file: a text, a list or a table of names and nodes."""

    def __init__(self, value: Any, source: str, line: int, name: str = "") -> None:
        self.value = value
        self.source = source
        self.line = line
        self.name = name

    @classmethod
    def none(cls) -> YamlNode:
        """A table of nothing."""
        return cls({}, "", 0)

    def error(self, message: str, remedy: str = "") -> ReadError:
        """An error at this place, to be raised."""
        message = message[0].upper() + message[1:] if message[0] != "'" else message
        return ReadError(
            f"{message.rstrip('.')}.",
            source=self.source,
            line=self.line,
            remedy=remedy or "docs/your-data.md#mapping-files has them all.",
        )

    def string(self) -> str:
        """The text of a scalar."""
        if not isinstance(self.value, str):
            raise self.error(f"'{self.name}' is one word or text, not a list or table")
        return self.value

    def is_text(self) -> bool:
        """Whether this is a scalar."""
        return isinstance(self.value, str)

    def parts(self) -> Iterator[YamlNode]:
        """The nodes of a list; a scalar is a list of one."""
        if isinstance(self.value, dict):
            raise self.error(f"'{self.name}' is a list, not a table")
        yield from self.value if isinstance(self.value, list) else [self]

    def keys(self) -> list[str]:
        """The names of a table."""
        return list(self._table())

    def items(self) -> Iterator[tuple[str, YamlNode]]:
        """The names and nodes of a table."""
        yield from self._table().items()

    def get(self, key: str) -> YamlNode | None:
        """The node of a name, or None."""
        return self._table().get(key)

    def __getitem__(self, key: str) -> YamlNode:
        found = self._table().get(key)
        if found is None:
            told = f" of '{self.name}'" if self.name else ""
            raise self.error(f"'{key}'{told} is missing")
        return found

    def text(self, key: str, default: str) -> str:
        """The text of a name, or the default."""
        found = self._table().get(key)
        return default if found is None else found.string()

    def yes(self, key: str, default: bool = False) -> bool:
        """Whether a name says true."""
        found = self._table().get(key)
        if found is None:
            return default
        if found.value not in ("true", "false"):
            raise found.error(f"'{key}' is true or false")
        return bool(found.value == "true")

    def number(self, key: str) -> float | None:
        """The number of a name, or None."""
        found = self._table().get(key)
        if found is None:
            return None
        try:
            return float(found.string())
        except ValueError:
            raise found.error(f"'{key}' is a number") from None

    def only(self, *known: str) -> None:
        """Raises for a name that is not known, with the one that may be meant."""
        from difflib import get_close_matches

        for key, value in self._table().items():
            if key not in known:
                close = get_close_matches(key, known, 1)
                told = f" of '{self.name}'" if self.name else ""
                raise value.error(
                    f"'{key}' is no key{told}", f"Did you mean '{close[0]}'?" if close else ""
                )

    def _table(self) -> dict[str, YamlNode]:
        if not isinstance(self.value, dict):
            raise self.error(f"'{self.name}' is a table of names and values")
        return self.value


def parse(text: str, source: str) -> YamlNode:
    """The nodes of a YAML text. Raises ``ReadError`` for what is no YAML.

    >>> parse("a: [1, 01]", "m.yaml")["a"].value[1].value
    '01'
    """
    try:
        import yaml
    except ImportError:
        raise ReadError(
            "Mappings are read by PyYAML, which is not installed.",
            source=source,
            remedy="Run pip install 'glocal-kg[import]'.",
        ) from None

    def node_of(raw: yaml.Node, name: str) -> YamlNode:
        line = raw.start_mark.line + 1
        if isinstance(raw, yaml.SequenceNode):
            return YamlNode([node_of(part, name) for part in raw.value], source, line, name)
        if isinstance(raw, yaml.MappingNode):
            found: dict[str, YamlNode] = {}
            taken: set[str] = set()
            for key, value in raw.value:
                if key.value == "<<":  # what is taken over from a part with a name (&name, *name)
                    over = node_of(value, name).value
                    taken = set(over) - set(found)
                    found = over | found
                    continue
                if key.value in found and key.value not in taken:
                    again = YamlNode(key.value, source, key.start_mark.line + 1, key.value)
                    raise again.error(f"'{key.value}' stands twice", "Keep one of the two.")
                found[key.value] = node_of(value, key.value)
                taken.discard(key.value)
            return YamlNode(found, source, line, name)
        return YamlNode(str(raw.value), source, line, name)

    try:
        raw = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ReadError(
            f"This is not YAML: {getattr(error, 'problem', None) or error}.",
            source=source,
            line=mark.line + 1 if mark else None,
            remedy="Look at the indentation, and put words with a colon in quotation marks.",
        ) from None
    if raw is None:
        raise ReadError("The mapping is empty.", source=source, remedy="It needs things: at least.")
    return node_of(raw, "")
