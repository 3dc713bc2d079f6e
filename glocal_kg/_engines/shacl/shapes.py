"""A shapes graph, read once and ready to validate any data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Literal as Choice

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import Quad, Triple

from glocal_kg._engines.shacl import doubts
from glocal_kg._engines.shacl.data import Data
from glocal_kg._engines.shacl.doubts import EXPRESSIONS
from glocal_kg._engines.shacl.engine import Validation
from glocal_kg._engines.shacl.findings import FindingsWriter
from glocal_kg._engines.shacl.rdf_terms import RDFS
from glocal_kg._engines.shacl.read_targets import refuse_without_shapes
from glocal_kg._engines.shacl.reader import ShapesReader
from glocal_kg._engines.shacl.report import Doubt, ValidationReport
from glocal_kg._engines.shacl.shape import Found
from glocal_kg._engines.shacl.shapes_graph import ShapesGraph
from glocal_kg._engines.shacl.unseen import Unseen
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.index import TripleIndex
from glocal_kg._rdf.store.pairs import Numbers


class Shapes:
    """The shapes of a graph as plans.

    ``quads`` are pyoxigraph quads or triples; graph names do not matter. ``prefixes`` are those
    of the file they come from: queries that declare none with sh:prefixes may rely on them.
    Raises ShapesError, naming the shape, for everything that breaks the rules of SHACL.
    """

    def __init__(
        self, quads: Iterable[Quad | Triple], prefixes: Mapping[str, str] | None = None
    ) -> None:
        self.graph = ShapesGraph(quads, prefixes)
        refuse_without_shapes(self.graph)
        reader = ShapesReader(self.graph)
        self.roots = reader.roots()
        self.shapes = reader.shapes
        self._noted = reader.doubts
        self.beyond = tuple(dict.fromkeys(reader.beyond))

    def validate(
        self,
        terms: Dictionary,
        triples: NDArray[np.integer] | TripleIndex,
        *,
        engine: Choice["fast", "pyshacl"] = "fast",
        languages: Sequence[str] = ("en",),
    ) -> ValidationReport:
        """The report on some facts, which are left as they are.

        ``triples`` is an array (n, 3) of term numbers, int32, or a ready index; ``languages``
        the order in which labels and messages are chosen.
        ``engine="pyshacl"`` asks the reference engine. Where the shapes need it anyway, the
        fast engine hands over and the report says so in ``engines`` and ``doubts``.
        """
        index = triples if isinstance(triples, TripleIndex) else TripleIndex(triples)
        data = self.data(terms, index)
        runner = Validation(data, self.shapes, self.graph)
        reference = engine == "pyshacl" or bool(self.beyond)
        noted = self.doubts(reference)
        targets: dict[str, Numbers] = {}
        found: list[Found] = []
        for shape in self.roots:
            nodes = runner.focus_nodes(shape)
            targets[shape.key] = nodes[:0] if shape.deactivated else nodes
            if not reference:
                for _, part in runner.run(shape, nodes):
                    found += part
        looked_at = {key: len(nodes) for key, nodes in targets.items()}
        noted += [*doubts.about_targets(self.roots, looked_at), *self.unseen.doubts(data)]
        if not reference:
            violations = FindingsWriter(data, languages).write(found)
            return ValidationReport(violations, looked_at, tuple(noted), targets=targets)
        from glocal_kg._engines.shacl.reference import violations_of

        if engine == "fast":
            noted.append(_handed_over(self.beyond))
        return ValidationReport(
            violations_of(data, self.graph, self.shapes, languages),
            looked_at,
            tuple(noted),
            ("pyshacl",),
            targets,
        )

    def doubts(self, reference: bool = False) -> list[Doubt]:
        """What is doubtful in the shapes, whatever the data.

        ``reference``: as the reference engine sees them, which evaluates node expressions.
        """
        found = [*self._noted, *self._about_graph]
        return [one for one in found if not (reference and one.message.startswith(EXPRESSIONS))]

    @cached_property
    def unseen(self) -> Unseen:
        """The queries that ask the data for shapes."""
        return Unseen(self.shapes.values())

    @cached_property
    def _about_graph(self) -> list[Doubt]:
        return doubts.about_graph(self.graph, self.roots, self.shapes)

    def data(self, terms: Dictionary, index: TripleIndex) -> Data:
        """The facts as the engine sees them, with the class hierarchy of the shapes graph."""
        return Data(terms, index, self.graph.pairs(RDFS + "subClassOf"))


def _handed_over(reasons: Sequence[str]) -> Doubt:
    return Doubt(
        "engine",
        f"pyshacl did the validation, not the fast engine: {'; '.join(reasons)}.",
        remedy="It is slower. Write the rule as a check (a set-based query) where time matters.",
    )
