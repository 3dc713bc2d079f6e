"""Run every measurement with its peers and write one table: ``make bench``, or

    python -m benchmarks --size small      # up to 1,000 practices, each run once, no slow peers
    python -m benchmarks --size quick      # up to 1,000 practices, with slow peers at 100
    python -m benchmarks --size medium     # a quarter of an hour: slow peers at 200, each run once
    python -m benchmarks --size full       # an hour and more: slow peers at 1,000
    python -m benchmarks --size million    # only ours, a million practices: 14 GB, 6 GB on disk

Each run is a process of its own, the fastest of several counts, answers are compared before times
are, and whatever misses its mark is said to miss it. Most marks are set for 10,000 or 100,000
practices: the smaller sizes show these figures and do not judge them.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.bench import MISSED, SIZES, Bench, report
from benchmarks.jobs.corpora import importing, judging
from benchmarks.jobs.moments import edit, first_answer, lookup
from benchmarks.jobs.reasoning import closure, cold, million, validation
from benchmarks.jobs.storing import load, queries, second, store

JOBS = {
    "first-answer": first_answer,
    "closure": closure,
    "validation": validation,
    "second-shape": second,
    "edit": edit,
    "lookup": lookup,
    "load": load,
    "queries": queries,
    "store": store,
    "cold": cold,
    "judging": judging,
    "importing": importing,
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure every job with its peers.")
    parser.add_argument("--size", choices=[*SIZES, "million"], default="quick")
    parser.add_argument("--only", choices=JOBS, action="append", help="some jobs only")
    parser.add_argument("--out", type=Path, help="write the tables to this file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(SIZES.get(options.size, SIZES["full"]), Path(folder))
        print(bench.machine, flush=True)
        if options.size == "million":
            million(bench)
        else:
            for name in options.only or JOBS:
                JOBS[name](bench)
                if options.out:  # what is there so far, should the rest be interrupted
                    options.out.write_text(report(bench, options.size), encoding="utf-8")
        text = report(bench, options.size)
    print(text)
    if options.out:
        options.out.write_text(text, encoding="utf-8")
    sys.exit(1 if any(one.verdict == MISSED for one in bench.marks) else 0)


if __name__ == "__main__":
    main()
