"""One query against the index: refused, run within its limits, and turned into an answer."""

from __future__ import annotations

from pyoxigraph import DefaultGraph, QueryBoolean, QueryTriples, Store, Variable

from glocal_kg._questions.table import Table, Triples
from glocal_kg._rdf.namespaces import prefixes
from glocal_kg._rdf.sparql.reader import bind, syntax_error, written_order
from glocal_kg._rdf.sparql.refused import refuse
from glocal_kg._study.vocab import INFERRED
from glocal_kg.errors import QueryError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, TypeAlias

    from glocal_kg._questions.parameters import Bound
    from glocal_kg._questions.values import Labels

Answer: TypeAlias = Table | bool | Triples

LONGEST = 1e8  # seconds, three years


def ask(
    index: Store,
    text: str,
    *,
    inferred: bool = True,
    values: Mapping[str, Bound] | None = None,
    timeout: float | None = None,
    max_rows: int | None = None,
    first: int | None = None,
    labels: Labels | None = None,
) -> Answer:
    """Run one query.

    ``inferred`` False leaves the inferred graph out; ``values`` are terms for variables;
    ``timeout`` is in seconds; more than ``max_rows`` rows are an error, while ``first`` just
    stops after so many. Raises ``QueryError``.
    """
    has_from = refuse(text, index.contains_named_graph)
    options: dict[str, Any] = {"prefixes": dict(prefixes())}
    if not has_from:  # FROM says itself what is asked
        options |= _scope(index, inferred)
    bound, named = bind(text, values) if values else (text, set())
    options["substitutions"] = {Variable(name): (values or {})[name] for name in named}

    def run(stopped: Callable[[], bool]) -> Answer:
        try:
            result = index.query(bound, **options)
            return _collect(result, bound, max_rows, first, labels, stopped)
        except SyntaxError as error:
            raise syntax_error(error, bound) from None
        except (RuntimeError, ValueError, OSError) as error:
            raise QueryError(f"The query cannot be run: {error}.") from None

    return run(lambda: False) if timeout is None else _within(_seconds(timeout), run)


def _seconds(timeout: float) -> float:
    """The time to wait, within what the platform can count; ``QueryError`` for no time at all."""
    if not isinstance(timeout, (int, float)) or not timeout > 0:
        raise QueryError(
            f"timeout takes a number of seconds above zero; {timeout!r} is not one.",
            remedy="Leave it out to wait without end.",
        )
    return min(timeout, LONGEST)


def _scope(index: Store, inferred: bool) -> dict[str, Any]:
    if inferred or not index.contains_named_graph(INFERRED):
        return {"use_default_graph_as_union": True}
    graphs = [graph for graph in index.named_graphs() if graph != INFERRED]
    return {"default_graph": [DefaultGraph(), *graphs], "named_graphs": graphs}


def _collect(
    result: Any,
    text: str,
    max_rows: int | None,
    first: int | None,
    labels: Labels | None,
    stopped: Callable[[], bool],
) -> Answer:
    if isinstance(result, QueryBoolean):
        return bool(result)
    is_graph = isinstance(result, QueryTriples)
    names = [] if is_graph else [variable.value for variable in result.variables]
    order = written_order(text, names)
    rows: list[Any] = []
    for row in result:
        if first is not None and len(rows) >= first:
            break
        if max_rows is not None and len(rows) >= max_rows:
            raise QueryError(
                f"The query has more than {max_rows} {'triples' if is_graph else 'rows'}.",
                remedy="Add a LIMIT or a narrower pattern, or allow more with max_rows.",
            )
        if stopped():
            break
        rows.append(row if is_graph else tuple(map(row.__getitem__, order)))
    if is_graph:
        return Triples(rows)
    return Table([names[place] for place in order], rows, labels=labels)


def _within(seconds: float, run: Callable[[Callable[[], bool]], Answer]) -> Answer:
    """Run in a thread and wait so long.

    The store has no way to stop a query from Python: after the time is up the thread goes on
    until its next row (a process that ends does not wait for it). What is promised is that
    the caller is not kept waiting, and gets an error and no half answer.
    """
    # The bare module: threading costs 3 ms, which the command line has not got.
    from _thread import allocate_lock, start_new_thread

    done, late = allocate_lock(), allocate_lock()
    answers: list[Answer] = []
    errors: list[BaseException] = []
    done.acquire()

    def work() -> None:
        try:
            answers.append(run(late.locked))
        except BaseException as error:
            errors.append(error)
        finally:
            done.release()

    start_new_thread(work, ())
    if not done.acquire(timeout=seconds):
        late.acquire()
        raise QueryError(
            f"The query took longer than {seconds:g} seconds and was given up.",
            remedy="Make its patterns narrower, or allow more time with timeout.",
        )
    if errors:
        raise errors[0]
    return answers[0]
