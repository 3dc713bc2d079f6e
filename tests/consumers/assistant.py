"""A tool for assistants: JSON in, JSON out, nothing without a limit."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict

import glocal_kg as gk

MOST = 20


class Tool:
    """One call is a verb and a text; the answer is small and always JSON."""

    def __init__(self, kg: gk.KnowledgeGraph) -> None:
        self.kg = kg
        self.verbs: dict[str, Callable[[str], object]] = {
            "terms": self.terms,
            "search": self.search,
            "describe": self.describe,
            "select": self.select,
        }

    def call(self, request: str) -> str:
        """Answer ``{"verb": ..., "text": ...}``; an error says what to do instead."""
        try:
            asked = json.loads(request)
            answer: object = {"answer": self.verbs[asked["verb"]](asked["text"])}
        except gk.QuerySyntaxError as error:
            answer = {"error": error.message, "line": error.line, "column": error.column}
        except gk.NotFoundError as error:
            answer = {"error": error.message, "suggestions": list(error.suggestions)}
        except gk.GlocalError as error:
            answer = {"error": error.message, "do": error.remedy, "kind": type(error).__name__}
        except (ValueError, KeyError, TypeError):
            answer = {"error": "no such request", "verbs": sorted(self.verbs)}
        return json.dumps(answer, ensure_ascii=False, allow_nan=False)

    def terms(self, text: str) -> object:
        return [asdict(term) for term in self.kg.terms(text)[:MOST]]

    def search(self, text: str) -> object:
        return [asdict(hit) for hit in self.kg.search(text, limit=MOST)]

    def describe(self, text: str) -> object:
        found = self.kg.describe(text)
        said = [{"way": s.way, "property": s.property, "value": s.value} for s in found.said]
        return {"iri": found.iri, "name": found.name, "types": found.types, "said": said[:MOST]}

    def select(self, text: str) -> object:
        table = self.kg.select(text, timeout=5, max_rows=1000)
        rows = table[:MOST].to_dicts(plain=True)
        return {"rows": rows, "of": len(table), "notes": table.notes}
