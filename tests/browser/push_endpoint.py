"""A push service on this machine: a thread that keeps what the server sends it."""

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.features.reminders.browser import Received


@dataclass
class PushEndpoint:
    url: str
    received: "queue.Queue[Received]" = field(default_factory=queue.Queue)

    def next(self, timeout: float = 30) -> Received:
        return self.received.get(timeout=timeout)


@contextmanager
def push_endpoint() -> Iterator[PushEndpoint]:
    endpoint = PushEndpoint("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            endpoint.received.put(Received(self.path, headers, body))
            self.send_response(201)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    endpoint.url = f"http://127.0.0.1:{server.server_port}/lijie"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield endpoint
    server.shutdown()
    server.server_close()
