"""Arguments of a wrong kind, for every public function and method: told at the call, never raw.

What a call does with them is either its work, or an error of ours; ``TypeError`` is Python's own
only where an argument is missing.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import networkx
import pytest

import glocal_kg as gk
from glocal_kg import publishing, quality

ROOT = Path(__file__).parent
SELECT = "SELECT ?x { ?x a ?y }"
TEXT = gk.Text("<urn:x> a <urn:A> .", "turtle")
SHAPE = gk.Text(
    "<urn:s> <http://www.w3.org/ns/shacl#targetNode> <urn:x> ;"
    " <http://www.w3.org/ns/shacl#class> <urn:B> .",
    "turtle",
)
PLACES = gk.Gazetteer([gk.GazetteerEntry("urn:suva", "Suva", "FJ", -18.1, 178.4, 1)], "mine")
PICTURE = gk.Picture("<svg/>", (10, 10), ())
RATINGS = [{"unit": 1, "a": "x", "b": "y"}, {"unit": 2, "a": "x", "b": "x"}]
BY_THE_SYSTEM = {"Match.index", "Match.count", "Prefixes.get", "Prefixes.items", "Question.run",
                 "Prefixes.expand"}  # fmt: skip
"""Methods of Python's own classes, what a graph calls for itself, and a documented ValueError."""


@cache
def small() -> gk.KnowledgeGraph:
    kg = gk.KnowledgeGraph()
    kg.add(TEXT)
    return kg


def ratings() -> gk.Ratings:
    return gk.read_ratings(RATINGS, scale="x,y", level="nominal")


OBJECTS: dict[str, Callable[[], object]] = {
    "KnowledgeGraph": lambda: small().copy(),
    "Edit": lambda: small().copy().edit(source="urn:g"),
    "Table": lambda: small().select(SELECT),
    "Row": lambda: small().select(SELECT)[0],
    "Triples": lambda: small().construct("CONSTRUCT WHERE { ?x a ?y }"),
    "Report": lambda: small().validate(SHAPE),
    "Finding": lambda: small().validate(SHAPE).results[0],
    "Inference": lambda: small().infer(),
    "Explanation": lambda: small().explain("urn:x", "rdf:type", "urn:A"),
    "Proof": lambda: small().explain("urn:x", "rdf:type", "urn:A").proof,
    "Implication": lambda: small().entails(("urn:x", "rdf:type", "urn:A")),
    "Facts": lambda: small().facts,
    "Prefixes": lambda: small().prefixes,
    "Description": lambda: small().describe("urn:x"),
    "Thing": lambda: small().get("urn:x"),
    "Things": lambda: small().practices(),
    "Question": lambda: gk.Question("mine/x", SELECT),
    "Ratings": ratings,
    "AgreementReport": lambda: gk.rate(ratings(), resamples=2),
    "Scale": lambda: gk.Scale(("x", "y")),
    "NetworkMeasures": lambda: gk.measure(networkx.path_graph("abc")),
    "Gazetteer": lambda: PLACES,
    "Match": lambda: gk.match_places([gk.Wanted("Suva")], PLACES)[0],
    "Picture": lambda: PICTURE,
    "CorpusReport": lambda: small().report(source=None),
    "Comparison": lambda: publishing.compare(small(), small()),
    "QualityReport": lambda: quality.check([TEXT], only=[18]),
}
GOOD: dict[str, tuple[object, ...]] = {
    **dict.fromkeys(("KnowledgeGraph.query", "KnowledgeGraph.select"), (SELECT,)),
    "KnowledgeGraph.ask": ("ASK {}",),
    "KnowledgeGraph.construct": ("CONSTRUCT WHERE { ?x a ?y }",),
    **dict.fromkeys((f"{one}.{verb}" for one in ("KnowledgeGraph", "Edit")
                     for verb in ("add", "replace")), (TEXT,)),
    "KnowledgeGraph.validate": (SHAPE,),
    "KnowledgeGraph.explain": ("urn:x", "rdf:type", "urn:A"),
    "KnowledgeGraph.answer": (gk.Question("mine/x", SELECT), {}),
    "KnowledgeGraph.get": ("urn:x",),
    "Scale.of_values": (["x", "y"],),
    "Scale.read": ("x,y",),
    "KnowledgeGraph.bind": ("ex", "urn:ex:"),
    "KnowledgeGraph.write": ("out.ttl",),
    "KnowledgeGraph.publish": ("release",),
    "KnowledgeGraph.import_table": ("rows.csv",),
    "Thing.with_values": ("urn:p", []),
    "Thing.with_label": ("X",),
    "Edit.new": ("City", "urn:c", "C", "en"),
    "Picture.write": ("out.svg",),
    "load": (),
    "open": ("none.glocal",),
    "export": (networkx.path_graph("ab"), "out.gexf"),
    "measure": (networkx.path_graph("ab"),),
    "rate": (gk.read_ratings(RATINGS, scale="x,y", level="nominal"),),
    "read_ratings": (RATINGS,),
    "import_table": (None, "rows.csv"),
    "match_places": ([gk.Wanted("Suva")], PLACES),
    "side_by_side": (PICTURE, PICTURE),
    "review_table": ([],),
    "publish": ([], "release"),
    "compare": ([], []),
    "verify": ("release",),
    "check": ([TEXT],),
}  # fmt: skip
HOMES = {"glocal_kg": gk, "glocal_kg.publishing": publishing, "glocal_kg.quality": quality}


def public() -> Iterator[tuple[str, Callable[..., object]]]:
    """Each public function, and each method of the objects that come of them."""
    for line in (ROOT / "public-names.txt").read_text("utf-8").split():
        home, _, name = line.rpartition(".")
        found = getattr(HOMES.get(home), name, None)
        if inspect.isfunction(found) and not name.startswith("__"):
            yield name, found
        elif inspect.isclass(found) and name in OBJECTS:
            for method in sorted(dir(found)):
                told = f"{name}.{method}"
                if method[0] == "_" or told in BY_THE_SYSTEM or hasattr(list, method):
                    continue
                attribute = getattr(found, method)
                if inspect.isfunction(attribute) or inspect.ismethod(attribute):
                    yield told, attribute


CASES = dict(public())


@cache
def shared(name: str) -> object:
    return OBJECTS[name]()


def wrong(folder: Path) -> Iterator[object]:
    closed = (folder / "shut").open("w")
    closed.close()
    yield from (None, 3, 2.5, b"x", "", [3], object(), closed)
    yield from ("no such", "a\0b", "\ud800", "x" * 5000)  # what no path and no text can be, too


@pytest.mark.filterwarnings("ignore::UserWarning")  # of what a call does without
@pytest.mark.parametrize("name", CASES)
def test_an_argument_of_a_wrong_kind_is_told(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rows.csv").write_text("name,city\nChoir,Suva\n", "utf-8")
    owner, _, method = name.rpartition(".")
    good = GOOD.get(name, ())
    for bad in wrong(tmp_path):
        call: Any = getattr(shared(owner), method) if owner else CASES[name]
        for place, argument in enumerate(inspect.signature(call).parameters.values()):
            if argument.kind in (argument.VAR_KEYWORD, argument.VAR_POSITIONAL):
                continue
            given, named = list(good), dict[str, object]()
            if argument.kind != argument.KEYWORD_ONLY and place < len(given):
                given[place] = bad
            elif argument.kind == argument.POSITIONAL_ONLY:
                given.append(bad)
            else:
                named[argument.name] = bad
            if owner == "KnowledgeGraph":
                call = getattr(small().copy(), method)
            try:
                call(*given, **named)
            except gk.GlocalError:
                pass
            except TypeError as error:
                if "missing" not in str(error):
                    raise


CHOICES = ("Literal[", "Kind", "Weight", "Level", "Form", "Arcs", "Extent")
"""How the type of an argument begins that is one of some words."""
UNCHECKED = {"KnowledgeGraph.map-arcs", "KnowledgeGraph.map-extent"}
"""What counts for a world map only."""


def choosing() -> Iterator[tuple[str, str, object]]:
    """Each argument of a public function that is a flag or a choice, with one that is neither."""
    for name, call in CASES.items():
        for argument in inspect.signature(call).parameters.values():
            kind = str(argument.annotation)
            if f"{name}-{argument.name}" in UNCHECKED:
                continue
            if kind == "bool":
                yield from ((name, argument.name, bad) for bad in ("no", 0, None))
            elif kind.startswith(CHOICES):
                yield name, argument.name, "no such"


@pytest.mark.parametrize(("name", "argument", "bad"), [*choosing()])
def test_a_flag_is_true_or_false_and_a_choice_one_of_its_words(
    name: str, argument: str, bad: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text counts as true in Python, so inferred="no" would mean its contrary."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rows.csv").write_text("name,city\nChoir,Suva\n", "utf-8")
    owner, _, method = name.rpartition(".")
    call: Any = getattr(shared(owner), method) if owner else CASES[name]
    given = [*GOOD.get(name, ())][: [*inspect.signature(call).parameters].index(argument)]
    told = "no such" if bad == "no such" else f"{argument} takes True or False"
    with pytest.raises(gk.GlocalError, match=told):
        call(*given, **{argument: bad})


@pytest.mark.parametrize("nothing", [[], (), set()])
@pytest.mark.parametrize(
    "verb", ["practices", "cities", "ratings", "network", "report", "validate"]
)
def test_no_source_at_all_is_told(verb: str, nothing: object) -> None:
    """It would be read as everything here, and as nothing there."""
    kg = gk.load()
    with pytest.raises(gk.GlocalError, match="source takes"):
        getattr(kg, verb)(source=nothing)
    with pytest.raises(gk.GlocalError, match="source takes"):
        kg.run("practices/naming-cities", source=nothing)


def test_a_network_has_a_weight_that_there_is() -> None:
    for kind in ("partnerships", "co-participation", "participation", "relations"):
        for weight in ("shar", 3, None):
            with pytest.raises(gk.GlocalError, match=r"no weight.*count"):
                gk.load().network(kind, weight=weight)
