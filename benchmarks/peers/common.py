"""What the peers share: the packaged files as plain Turtle, and telling an answer."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
ONTOLOGY = sorted((ROOT / "ontology").glob("*.ttl"))
SHAPES = sorted((ROOT / "ontology" / "shapes").glob("*.ttl"))
DATA = sorted((ROOT / "data").rglob("*.trig"))
QUESTIONS = sorted((ROOT / "queries").rglob("*.rq"))


class Clock:
    """Seconds of the part that is measured: by the clock, and of the processor in all threads."""

    seconds = 0.0
    processor = 0.0

    def told(self) -> dict[str, float]:
        return {"seconds": self.seconds, "processor": self.processor}


@contextmanager
def measured() -> Iterator[Clock]:
    clock = Clock()
    start, processor = time.perf_counter(), time.process_time()
    yield clock
    clock.seconds = time.perf_counter() - start
    clock.processor = time.process_time() - processor


def import_engines() -> None:
    """Import what validation needs, which is not measured: of the peers it is not either."""
    import glocal_kg as gk

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "shapes.ttl"
        file.write_text("[] a <http://www.w3.org/ns/shacl#NodeShape> .", encoding="utf-8")
        gk.KnowledgeGraph().validate(shapes=file)


def tell(**answer: Any) -> None:
    """The last line of a job: its answer."""
    print(json.dumps(answer))


def dispatch(jobs: dict[str, Any]) -> None:
    """Run the job named on the command line with the arguments after it."""
    name, *arguments = sys.argv[1:]
    jobs[name](*arguments)
