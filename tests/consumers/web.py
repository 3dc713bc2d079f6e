"""A web handler on many threads: errors become statuses by their kinds alone."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import glocal_kg as gk

STATUS: tuple[tuple[type[gk.GlocalError], int], ...] = (
    (gk.TimeLimitError, 408),
    (gk.LimitError, 413),
    (gk.StaleError, 409),
    (gk.NotFoundError, 404),
    (gk.GlocalError, 400),
)


def status(error: gk.GlocalError) -> int:
    """The first kind that fits; the narrow kinds stand before the wide ones."""
    return next(number for kind, number in STATUS if isinstance(error, kind))


class Server(ThreadingHTTPServer):
    """A graph that many may ask while somebody adds to it."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, kg: gk.KnowledgeGraph, timeout: float, max_rows: int) -> None:
        self.kg = kg
        self.limit, self.max_rows = timeout, max_rows
        super().__init__(("127.0.0.1", 0), Handler)


class Handler(BaseHTTPRequestHandler):
    """POST a query to /, Turtle to /add."""

    @property
    def host(self) -> Server:
        """The server, with its graph and limits."""
        assert isinstance(self.server, Server)
        return self.server

    def do_POST(self) -> None:
        text = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
        try:
            self.answer(200, self.added(text) if self.path == "/add" else self.asked(text))
        except gk.GlocalError as error:
            said = {"kind": type(error).__name__, "message": error.message, "do": error.remedy}
            self.answer(status(error), json.dumps(said))

    def asked(self, query: str) -> str:
        limit, most = self.host.limit, self.host.max_rows
        return self.host.kg.select(query, timeout=limit, max_rows=most).to_json()

    def added(self, turtle: str) -> str:
        name = self.headers["X-Name"] or "posted"
        return json.dumps(self.host.kg.replace(gk.Text(turtle, "turtle", name=name)))

    def answer(self, number: int, body: str) -> None:
        sent = body.encode()
        self.send_response(number)
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""
