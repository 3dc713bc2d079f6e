"""Finding one's way in a graph: its verbs for answers with their sources, terms, and search."""

from __future__ import annotations

from pyoxigraph import NamedNode

from glocal_kg._graph.graph import Graph
from glocal_kg._rdf.arguments import takes
from glocal_kg.errors import ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from glocal_kg._lookup.describing import Description
    from glocal_kg._lookup.searching import Hit
    from glocal_kg._lookup.vocabulary import TermInfo, UsedTerms
    from glocal_kg._questions import Question, Table
    from glocal_kg._rdf.listed import Listed


class Wayfinding(Graph):
    """A graph in which one finds one's way; each verb is a file of this folder."""

    @takes()
    def answer(
        self,
        question: Question,
        parameters: Mapping[str, object],
        *,
        inferred: bool = True,
        interpreted: bool = False,
        timeout: float | None = None,
    ) -> Table:
        """The answer to a question, packaged or one's own; raises as ``run`` does.

        Every question takes ``source``: one or several sources, graphs or names of files that
        were added, or ``mine``: only rows from there, and a column says from which. Without it,
        rows that name no passage end with the graphs that say them.
        """
        with self._within(timeout, inferred, interpreted):
            how = {"inferred": inferred, "interpreted": interpreted, "timeout": timeout}
            return self._answered(question, parameters, how)

    def _answered(self, question: Question, parameters: Mapping[str, object], how: Any) -> Table:
        if hasattr(parameters, "get") and parameters.get("source") is not None:
            from glocal_kg._lookup import whence

            if whence.takes(question, parameters, self):
                return whence.answered(self, question, parameters, **how)
        try:
            table = super().answer(question, parameters, **how)
        except ParameterError:
            from glocal_kg._lookup import annotations, whence

            with annotations.helped(self, question), whence.explained(self):
                raise
        if table and not question.attested:
            return table
        from glocal_kg._lookup.annotations import annotated

        return annotated(self, question, table)

    def terms(self, word: str = "") -> Listed[TermInfo]:
        """The classes and properties declared here, or those that a word is found in.

        Each with meaning, domain, range, how many facts it is in, and an example.

        >>> from glocal_kg import load
        >>> [term.name for term in load().terms("asserts")]
        ['glocal:asserts']
        """
        from glocal_kg._lookup.vocabulary import terms

        return terms(self, word)

    def schema(self) -> UsedTerms:
        """The classes and properties that have facts here, with their prefixes: in brief.

        >>> from glocal_kg import load
        >>> "glocal:City" in [one.name for one in load().schema().classes]
        True
        """
        from glocal_kg._lookup.vocabulary import schema

        return schema(self)

    def describe(self, thing: str | NamedNode) -> Description:
        """All that is said of a thing, both ways: by IRI, prefix:name, or a name only it has.

        Raises ``NotFoundError`` with the nearest names.
        """
        from glocal_kg._lookup.describing import describe

        return describe(self, thing)

    def search(self, words: str, limit: int = 20) -> Listed[Hit]:
        """Things whose names, definitions or sentences have the words, misspelt too; best first."""
        from glocal_kg._lookup.searching import search

        return search(self, words, limit)
