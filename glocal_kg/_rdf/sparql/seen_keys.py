"""Keys that come in parts, each kept once: the ends of a path, the triples of a CONSTRUCT."""

from __future__ import annotations

import numpy as np

from glocal_kg._rdf.sparql.piecewise import merged_ranges, slices
from glocal_kg._rdf.sparql.solution_table import unique

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from glocal_kg._rdf.store.pairs import Keys


class SeenKeys:
    """A growing set of keys, in sorted runs of growing size, so that adding stays cheap."""

    def __init__(self, check: Callable[[], object] = bool) -> None:
        """``check`` is called while many keys are sorted, and may raise."""
        self._check = check
        self._runs: list[Keys] = []
        self.size = 0

    def add(self, keys: Keys) -> Keys:
        """Add keys; gives those that are new, sorted, each once."""
        keys = unique(keys, self._check)
        for run in self._runs:
            parts = [keys[:0]]
            for some in slices(len(keys), self._check):
                part = keys[some]
                places = run.searchsorted(part)
                places[places == len(run)] = 0
                parts.append(part[run[places] != part])
            keys = np.concatenate(parts).astype(np.int64, copy=False)
        if len(keys):
            self._runs.append(keys)
            self.size += len(keys)
            while len(self._runs) > 1 and len(self._runs[-2]) < 2 * len(self._runs[-1]):
                last = self._runs.pop()
                self._runs[-1] = self._merged([self._runs[-1], last])
        return keys

    def all(self) -> Keys:
        """All keys, sorted."""
        return self._merged(self._runs) if self._runs else np.empty(0, np.int64)

    def _merged(self, runs: list[Keys]) -> Keys:
        return runs[0] if len(runs) == 1 else np.concatenate([*merged_ranges(runs, self._check)])
