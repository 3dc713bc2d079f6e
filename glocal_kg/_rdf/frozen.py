"""Small values that never change, told by their annotations like those of ``dataclasses``.

``dataclasses`` writes and compiles the methods of each class anew in every process, half a
millisecond a class. The command line has some thirty of these classes on the way to its first
answer; here all share the same few methods.
"""

from __future__ import annotations

from typing import Any, ClassVar, dataclass_transform

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self


@dataclass_transform(frozen_default=True)
class Frozen:
    """A value with named parts, compared, hashed, matched and shown by them.

    >>> class Point(Frozen):
    ...     x: int
    ...     y: int = 0
    >>> Point(1), Point(1) == Point(x=1, y=0), Point(1).but(y=2)
    (Point(x=1, y=0), True, Point(x=1, y=2))
    """

    __match_args__: ClassVar[tuple[str, ...]] = ()
    _defaults: ClassVar[dict[str, Any]] = {}

    def __init_subclass__(cls) -> None:
        told = cls.__annotations__.items()  # not evaluated: they are text
        own = [name for name, kind in told if not kind.startswith("ClassVar")]
        cls.__match_args__ = (*cls.__match_args__, *own)  # type: ignore[misc]  # a class has it though it is declared final
        found = {name: cls.__dict__[name] for name in own if name in cls.__dict__}
        cls._defaults = {**cls._defaults, **found}

    def __init__(self, *parts: Any, **named: Any) -> None:
        names = self.__match_args__
        if not named and len(parts) == len(names):
            self.__dict__.update(zip(names, parts))  # noqa: B905  # counted, and strict takes time
        else:
            given = dict(zip(names, parts, strict=False))
            once = len(parts) <= len(names) and named.keys().isdisjoint(given)
            given = {**self._defaults, **given, **named}
            if not once or given.keys() != set(names):
                raise TypeError(f"{type(self).__name__} takes {', '.join(names)}.")
            self.__dict__.update((name, given[name]) for name in names)

    def contents(self) -> tuple[Any, ...]:
        """The parts, in the order of their names."""
        return tuple(self.__dict__.values())

    def but(self, **named: Any) -> Self:
        """The same with some parts in the place of others."""
        return type(self)(**{**self.__dict__, **named})

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be set.")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be deleted.")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.__dict__ == self.__dict__

    def __hash__(self) -> int:
        return hash((type(self), *self.__dict__.values()))

    def __repr__(self) -> str:
        shown = (
            f"{name}={value!r}"
            for name, value in zip(self.__match_args__, self.contents(), strict=True)
        )
        return f"{type(self).__name__}({', '.join(shown)})"
