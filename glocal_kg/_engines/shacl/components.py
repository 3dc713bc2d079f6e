"""Constraint components that a shapes graph defines for itself (SHACL 6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from glocal_kg._engines.shacl.given import NodeParameters
from glocal_kg._engines.shacl.node_places import fault, place_of, told
from glocal_kg._engines.shacl.paths import Path
from glocal_kg._engines.shacl.queries import Asked, read_query
from glocal_kg._engines.shacl.rdf_terms import SH, Term, choose_text, is_text, plain, short
from glocal_kg._engines.shacl.read_targets import name_of
from glocal_kg._engines.shacl.shapes_graph import ShapesGraph
from glocal_kg._engines.shacl.sparql import PREBOUND, Component

_PLACE = re.compile(r"\{[?$](\w+)\}")
_TAKEN = {*PREBOUND, "path", "PATH", "value"}


@dataclass(frozen=True)
class ComponentParameter:
    """A property that gives a component its value, under the name that queries use."""

    name: str
    iri: str
    optional: bool
    owner: Term
    """The component that takes it."""


class Components:
    """The components of a shapes graph, with their parameters; queries are read when used."""

    def __init__(self, graph: ShapesGraph) -> None:
        self.graph = graph
        self._parameters = {
            node: list(self._parameters_of(node))
            for node in graph.instances(SH + "ConstraintComponent")
            if not (isinstance(node, NamedNode) and node.value.startswith(SH))
        }
        self._asked: dict[tuple[Term, Path | None], Asked] = {}

    def used_at(self, given: NodeParameters, path: Path | None) -> Iterator[Component | str]:
        """The constraints that a shape declares; a text for one that cannot be run.

        Raises ShapesError for parameters given more than once, and for faulty queries.
        """
        for node, parameters in self._parameters.items():
            if not any(self._values(given, parameter) for parameter in parameters):
                continue
            needed = [parameter for parameter in parameters if not parameter.optional]
            missing = [p for p in needed if not self._values(given, p)]
            place = place_of(self.graph, node)
            if not needed:
                yield f"{place} has no parameter that must be given, so no shape has it"
                continue
            if missing and (len(missing) < len(needed) or not self._read(given, parameters)):
                names = ", ".join(short(NamedNode(p.iri)) for p in missing)
                yield f"{place} has no effect without {names}"
            if missing:
                continue
            self._check_names(parameters)
            for bound in self._bindings(given, parameters):
                yield self._component(given, node, parameters, bound, path)

    def _read(self, given: NodeParameters, some: list[ComponentParameter]) -> bool:
        """Whether a component that is used takes one of some parameters, which may be shared."""
        names = {parameter.iri for parameter in some if self._values(given, parameter)}
        return any(
            any(p.iri in names for p in parameters)
            and all(p.optional or self._values(given, p) for p in parameters)
            for parameters in self._parameters.values()
        )

    def _parameters_of(self, node: Term) -> Iterator[ComponentParameter]:
        for parameter in self.graph.objects(node, SH + "parameter"):
            given = NodeParameters(self.graph, parameter)
            if isinstance(parameter, Literal) or not given.all("path"):
                message = f"sh:parameter is {told(parameter)}, which has no sh:path."
                raise fault(self.graph, node, message, "Give it one sh:path, an IRI.")
            for path in given.iris("path", once=True):
                optional = given.flag("optional")
                yield ComponentParameter(name_of(path), path.value, optional, node)

    def _check_names(self, parameters: list[ComponentParameter]) -> None:
        """Raise ShapesError for a parameter that no query could name (SHACL 6.2.1)."""
        for parameter in parameters:
            if parameter.name in _TAKEN or not re.fullmatch(r"\w+", parameter.name):
                message = f"its parameter '{parameter.name}' cannot be a variable of its queries."
                remedy = f"Use letters and digits, and none of {', '.join(sorted(_TAKEN))}."
                raise fault(self.graph, parameter.owner, message, remedy)

    def _values(self, given: NodeParameters, parameter: ComponentParameter) -> list[Term]:
        return self.graph.objects(given.node, parameter.iri)

    def _bindings(
        self, given: NodeParameters, parameters: list[ComponentParameter]
    ) -> Iterator[dict[str, Term]]:
        if len(parameters) == 1:  # each value is a constraint of its own (SHACL 6.1)
            for value in self._values(given, parameters[0]):
                yield {parameters[0].name: value}
            return
        bound: dict[str, Term] = {}
        for parameter in parameters:
            values = self._values(given, parameter)
            if len(values) > 1:
                name = short(NamedNode(parameter.iri))
                message = f"{name} is given {len(values)} times."
                raise fault(self.graph, given.node, message, "Give it once in a shape.")
            if values:
                bound[parameter.name] = values[0]
        yield bound

    def _component(
        self,
        given: NodeParameters,
        node: Term,
        parameters: list[ComponentParameter],
        bound: dict[str, Term],
        path: Path | None,
    ) -> Component | str:
        found = self._validator(node, path)
        if found is None:
            place = place_of(self.graph, node)
            return f"{place} has no query that could validate here, and was not run"
        validator, form = found
        key = (validator, path)
        if key not in self._asked:
            names = [*PREBOUND, *(parameter.name for parameter in parameters)]
            self._asked[key] = read_query(
                self.graph,
                validator,
                form,
                owner=node,
                prebound=[*names, "value"] if form == "ask" else names,
                path=path,
            )
        labels = filter(is_text, self.graph.objects(node, SH + "labelTemplate"))
        label = choose_text(labels, ("en",))
        return Component(
            validator,
            self._asked[key],
            NodeParameters(self.graph, validator).messages()
            or NodeParameters(self.graph, node).messages(),
            bound,
            owner=node,
            component=plain(node).rsplit("#", 1)[-1].rsplit("/", 1)[-1],
            label=_filled(label.value, bound) if label else "",
            for_values=form == "ask",
        )

    def _validator(self, node: Term, path: Path | None) -> tuple[Term, str] | None:
        """The node with the query for node shapes or property shapes, and its form."""
        special = "nodeValidator" if path is None else "propertyValidator"
        for name in (special, "validator"):
            for validator in self.graph.objects(node, SH + name):
                for form in ("ask", "select"):
                    if self.graph.objects(validator, SH + form):
                        return validator, form
        return None


def _filled(template: str, bound: dict[str, Term]) -> str:
    def fill(match: re.Match[str]) -> str:
        return plain(bound[match[1]]) if match[1] in bound else match[0]

    return _PLACE.sub(fill, template)
