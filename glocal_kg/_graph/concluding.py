"""What follows from the facts of a graph, why, and what is wrong with them."""

from __future__ import annotations

from glocal_kg._graph.asking import Asking
from glocal_kg._rdf.arguments import takes
from glocal_kg._rdf.deadline import awaited, within
from glocal_kg._rdf.namespaces import using

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _thread import LockType
    from os import PathLike
    from typing import Literal

    from glocal_kg._graph.entailing import Claim, Implication
    from glocal_kg._graph.explaining import Explanation
    from glocal_kg._graph.inference import Inference
    from glocal_kg._graph.validating import Followed
    from glocal_kg._rdf.reading import Readable
    from glocal_kg._rdf.store.facts import Facts
    from glocal_kg._rdf.store.term_text import Term
    from glocal_kg._telling.report import Report


class Concluding(Asking):
    """The verbs of a graph that conclude from it and judge it; what is asserted stays as it is."""

    _followed: Followed | None
    _told: object
    _taking: LockType

    @property
    def all_facts(self) -> Facts:
        """What is asserted, readings included, and what follows from all of it, now."""
        return self.seen(inferred=True, interpreted=True)

    @property
    def inference(self) -> Inference | None:
        """What was last worked out from the sources alone; None before that."""
        return self._inferences.get(False)

    @takes()
    def infer(
        self,
        engine: Literal["fast", "owlrl"] = "fast",
        *,
        interpreted: bool = False,
        timeout: float | None = None,
    ) -> Inference:
        """Work out what follows by OWL 2 RL; asserted facts stay as they are.

        Answers do this by themselves; call it for its report (how many facts, which
        contradictions) or for ``engine`` "owlrl", the slow reference engine. ``interpreted``
        adds what is read into the sources; what follows only then is kept apart. Called again after
        a change, it follows the change alone. ``timeout`` is in seconds: beyond it the work ends
        with a ``TimeLimitError``, and nothing is changed.
        """
        from glocal_kg._graph.inference import infer

        with within(timeout, "To infer"), awaited(self._contents.lock):
            if interpreted:
                self.seen()  # what follows without readings is told apart
            found = infer(self._contents, engine, self._inferences, interpreted=interpreted)
            self._inferences[interpreted] = found
            return found

    def explain(
        self,
        subject: str | Term,
        predicate: str | Term,
        object: str | Term,
        *,
        timeout: float | None = None,
    ) -> Explanation:
        """Why a fact holds: the shortest proof, down to asserted facts and their sources.

        Terms are IRIs in full or as prefix:name, or pyoxigraph terms. Raises ``NotFoundError``
        where the graph neither says nor implies the fact, and ``TimeLimitError`` after more
        than ``timeout`` seconds.
        """
        from glocal_kg._graph.explaining import explain

        with using(self.prefixes), within(timeout, "To explain"):
            return explain(self, subject, predicate, object)

    def entails(self, statement: Claim, *, timeout: float | None = None) -> Implication:
        """Whether what is asserted implies a statement or a whole ontology, and why.

        ``statement`` is a triple of terms as for ``explain``, or a source as for ``add``: facts,
        and axioms, such as that two classes are disjoint or a property is transitive. The
        result is true where it follows; its ``answer`` is "yes", "no" or "unknown", and
        ``str()`` gives the reasons. Nothing is changed, and ``infer`` need not have run. Raises
        ``TimeLimitError`` after more than ``timeout`` seconds.

        >>> from glocal_kg import KnowledgeGraph, Text
        >>> kg = KnowledgeGraph()
        >>> axiom = "<urn:p> <http://www.w3.org/2002/07/owl#inverseOf> <urn:p> ."
        >>> int(kg.add(Text(axiom, "turtle")))
        1
        >>> kg.entails(("urn:p", "rdf:type", "owl:SymmetricProperty"))
        <Implication: yes>
        """
        from glocal_kg._graph.entailing import implied

        with within(timeout, "To look whether it follows"):
            return implied(self, statement)

    def validate(
        self,
        shapes: Readable | None = None,
        facts: Literal["asserted", "all"] = "asserted",
        engine: Literal["fast", "pyshacl"] = "fast",
        checks: bool | str | PathLike[str] = True,
        *,
        timeout: float | None = None,
    ) -> Report:
        """A report of the facts against SHACL shapes; nothing is changed.

        Without ``shapes`` (a source as for ``add``) the shapes graphs in this knowledge graph are
        used, and the packaged checks run too unless ``checks`` is False; a folder of your own
        checks takes their place. Called again after an edit, both look at the change alone.
        ``facts`` "asserted" is the default because inference can hide a wrong value: a range axiom
        gives it the right type. Raises ``ShapesError`` for shapes that break the rules of SHACL.
        """
        from glocal_kg._graph.validating import validate

        with within(timeout, "The validation"):
            return validate(self, shapes, facts, engine, checks)
