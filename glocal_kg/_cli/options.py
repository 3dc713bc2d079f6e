"""Options of the command line, declared as data.

argparse alone takes a third of the time in which the command gives its first answer; what the
verbs need of it is this.
"""

from __future__ import annotations

from glocal_kg.errors import GlocalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


class Option:
    """An option: its names, the name of its value (none for a switch), and what it does.

    ``many`` collects every value given; ``choices`` are the values taken. What would have no effect
    is an error: an option without one of those that it is ``only`` for, or beside one of those that
    it is ``without``, and whatever is given with an option that is ``alone`` but for what it names.
    They are named by their keys, an argument in capitals. The file of an option that ``writes``
    may be neither that of another one nor one that is read.
    """

    def __init__(
        self,
        names: str,
        told: str,
        *,
        value: str = "",
        many: bool = False,
        choices: Sequence[str] = (),
        only: str = "",
        without: str = "",
        alone: str | None = None,
        writes: bool = False,
    ) -> None:
        self.names = names.split()
        self.told = told
        self.value = value
        self.many = many
        self.choices = tuple(choices)
        self.only = only.split()
        self.without = without.split()
        self.alone = None if alone is None else alone.split()
        self.writes = writes

    @property
    def key(self) -> str:
        """The name the value is read by: the first long name without its dashes."""
        return self.names[0].removeprefix("--")

    @property
    def usage(self) -> str:
        """The option as help shows it."""
        value = "|".join(self.choices) if self.choices else self.value
        return f"{', '.join(self.names)} {value}".rstrip()


class Verb:
    """What a verb takes: its arguments (for the usage line), options, and an example.

    Where it ``reads_input``, the argument ``-`` is standard input; for others it would be a file
    or folder of that name, which nobody means.
    """

    def __init__(
        self,
        usage: str,
        summary: str,
        example: str,
        options: Sequence[Option] = (),
        *,
        least: int = 0,
        most: int | None = 0,
        reads_input: bool = False,
    ) -> None:
        self.usage = usage
        self.summary = summary
        self.example = example
        self.options = tuple(options)
        self.least = least
        self.most = most
        self.reads_input = reads_input

    def help(self) -> str:
        """The help text."""
        shown = [*((option.usage, option.told) for option in self.options), HELP]
        width = max(len(usage) for usage, _ in shown if len(usage) <= 34)
        lines = []
        for usage, told in shown:
            if len(usage) <= width:
                lines.append(f"  {usage:<{width}}  {told}")
            else:
                lines += [f"  {usage}", f"  {'':<{width}}  {told}"]
        options = "\n".join(lines)
        examples = "\n".join(f"  {line}" for line in self.example.strip().splitlines())
        return (
            f"{self.summary}\n\nUsage: glocal {self.usage}\n\n"
            f"Options:\n{options}\n\nExample:\n{examples}\n"
        )


HELP = ("-h, --help", "show this help")


class Given:
    """What was given on the command line: ``arguments``, and options by their key."""

    def __init__(self, verb: Verb) -> None:
        self.verb = verb
        self.arguments: list[str] = []
        self._values: dict[str, list[str]] = {}

    def has(self, key: str) -> bool:
        """True where a switch or an option was given."""
        return key in self._values

    def holds(self, name: str) -> bool:
        """True where an option was given; of a name in capitals, where an argument was.

        Arguments that a verb cannot do without do not count.
        """
        return len(self.arguments) > self.verb.least if name.isupper() else self.has(name)

    def all(self, key: str) -> list[str]:
        """All values of an option, in order."""
        return self._values.get(key, [])

    def one(self, key: str, default: str = "") -> str:
        """The value of an option, or the default."""
        return self._values.get(key, [default])[-1]

    def number(self, key: str, default: float) -> float:
        """The value of an option as a number above zero."""
        text = self.one(key, str(default))
        try:
            number = float(text)
        except ValueError:
            number = 0.0
        if not number > 0:
            raise GlocalError(
                f"--{key} takes a number above zero; '{text}' is not one.", remedy=_see(self.verb)
            )
        return number

    def whole(self, key: str, default: int) -> int:
        """The value of an option as a whole number above zero."""
        text = self.one(key, str(default))
        if not (text.isascii() and text.isdigit() and int(text) > 0):
            raise GlocalError(
                f"--{key} takes a whole number above zero; '{text}' is not one.",
                remedy=_see(self.verb),
            )
        return int(text)

    def put(self, option: Option, value: str) -> None:
        """Note an option, once unless it may come often."""
        if option.choices and value not in option.choices:
            raise GlocalError(
                f"{option.names[0]} takes one of {', '.join(option.choices)};"
                f" '{value}' is not one.",
                remedy=_see(self.verb),
            )
        if option.key in self._values and not option.many:
            raise GlocalError(f"{option.names[0]} is given twice.", remedy=_see(self.verb))
        self._values.setdefault(option.key, []).append(value)


def read(verb: Verb, argv: Sequence[str]) -> Given:
    """Read the words after a verb; ``GlocalError`` for what the verb does not take.

    >>> verb = Verb("demo [FILE]", "", "", [Option("--lang", "", value="TAGS")], most=1)
    >>> given = read(verb, ["x.ttl", "--lang=it,en"])
    >>> given.arguments, given.one("lang")
    (['x.ttl'], 'it,en')
    """
    known = {name: option for option in verb.options for name in option.names}
    given, waiting = Given(verb), list(reversed(argv))
    while waiting:
        word = waiting.pop()
        if word == "--":
            given.arguments += reversed(waiting)
            break
        if not word.startswith("-") or word == "-":
            if word == "-" and not verb.reads_input:
                raise GlocalError(
                    f"glocal {verb.usage.split()[0]} does not take - for standard input.",
                    remedy="Give the name of a file or folder.",
                )
            given.arguments.append(word)
            continue
        name, equals, value = word.partition("=") if word.startswith("--") else (word, "", "")
        option = known.get(name)
        if option is None:
            raise _unknown(verb, name, list(known))
        takes = bool(option.value or option.choices)
        if equals and not takes:
            raise GlocalError(f"{name} takes no value.", remedy=_see(verb))
        if takes and not equals:
            if not waiting:
                raise GlocalError(f"{name} needs a value.", remedy=_see(verb))
            value = waiting.pop()
        if takes and not value:  # of a shell's variable that is not set, say
            raise GlocalError(
                f"{name} needs a value, and '' is none.", remedy=f"Leave it out. {_see(verb)}"
            )
        given.put(option, value)
    if len(given.arguments) < verb.least:
        raise GlocalError(f"Something is missing: glocal {verb.usage}.", remedy=_see(verb))
    if verb.most is not None and len(given.arguments) > verb.most:
        extra = given.arguments[verb.most]
        raise GlocalError(f"'{extra[:60]}' is one argument too many.", remedy=_see(verb))
    for option in verb.options:
        if given.has(option.key):
            _expect_effect(given, option)
            if option.writes:
                _expect_apart(given, option)
    return given


def expect_effect_on(given: Given, format: str, names: str, why: str) -> None:
    """Raise ``GlocalError`` where options are given that have no effect on a format.

    ``format`` may be what is written in a pipe, where nobody asked for it by name.
    """
    for name in names.split():
        if given.has(name):
            raise GlocalError(
                f"--{name} has no effect on {format}, which {why}.",
                remedy="Leave it out, or write text: --format text.",
            )


def _expect_effect(given: Given, option: Option) -> None:
    """Raise ``GlocalError`` where an option has no effect, or others have none beside it."""
    name = option.names[0]
    if option.only and not any(map(given.holds, option.only)):
        wanted = " or ".join(map(_named, option.only))
        raise GlocalError(
            f"{name} has no effect without {wanted}.",
            remedy=f"Leave it out, or give {wanted} as well.",
        )
    for one in option.without:
        if given.holds(one):
            raise _idle(name, _named(one))
    if option.alone is not None:
        for other in given.verb.options:
            if other is not option and given.has(other.key) and other.key not in option.alone:
                raise _idle(other.names[0], name)
        if given.holds("ARGUMENT") and not any(map(str.isupper, option.alone)):
            raise _idle(f"'{given.arguments[-1][:60]}'", name)


def _expect_apart(given: Given, option: Option) -> None:
    """Raise ``GlocalError`` where an option would write over what is read, or written as well,
    or into a folder that is not there."""
    import os

    from glocal_kg._rdf.writing.whole_file import expect_folder

    expect_folder(given.one(option.key))  # before the long work, not after it
    path = os.path.realpath(given.one(option.key))
    if os.path.exists(path) and not os.path.isfile(path):  # a pipe, /dev/null
        return
    others = [("what is read", argument) for argument in given.arguments]
    for one in given.verb.options:
        if one is not option and one.value == "FILE":
            others += [(f"the file of {one.names[0]}", file) for file in given.all(one.key)]
    for what, file in others:
        if file == "-" or "\0" in file:
            continue
        other = os.path.realpath(file)
        inside = path.endswith(".csv") and path.startswith(f"{other}{os.sep}")  # a folder of sheets
        if path == other or (inside and os.path.exists(path)):
            raise GlocalError(
                f"{option.names[0]} would write over {what}: {given.one(option.key)}.",
                remedy="Give it a name of its own.",
            )


def _idle(name: str, beside: str) -> GlocalError:
    return GlocalError(f"{name} has no effect beside {beside}.", remedy="Leave one of them out.")


def _named(name: str) -> str:
    return name if name.isupper() else f"--{name}"


def _unknown(verb: Verb, name: str, known: list[str]) -> GlocalError:
    from difflib import get_close_matches

    close = get_close_matches(name, known, 1)
    meant = f"Did you mean {close[0]}? " if close else ""
    return GlocalError(f"There is no option {name}.", remedy=f"{meant}{_see(verb)}")


def _see(verb: Verb) -> str:
    return f"See glocal {verb.usage.split()[0]} --help."
