"""A supplier on loopback that answers what a test tells it to: recorded exchanges, or a catalogue under change."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from pydantic import SecretStr

from core.settings import ConnectionSettings

Reply = tuple[int, Any]


class ScriptedSupplier:
    """`replies` by "METHOD /path": an answer, or a function of the request's body. `calls` is what was asked."""

    def __init__(self) -> None:
        self.replies: dict[str, Any] = {}
        self.headers: dict[str, str] = {}
        self.calls: list[tuple[str, Any, dict[str, str]]] = []
        self.connection: ConnectionSettings

    def answer(self, call: str, body: Any, headers: dict[str, str]) -> Reply:
        self.calls.append((call, body, headers))
        found = self.replies.get(call, (404, {"error": "NOT_FOUND", "errorMessage": call}))
        return found(body) if callable(found) else found

    def asked(self, call: str) -> int:
        return sum(1 for name, _, _ in self.calls if name == call)


@contextmanager
def scripted_supplier(connection_id: str = "scripted") -> Iterator[ScriptedSupplier]:
    supplier = ScriptedSupplier()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(supplier))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    supplier.connection = ConnectionSettings(
        connection_id=connection_id,
        url=f"http://127.0.0.1:{server.server_port}",
        api_key=SecretStr("key-of-a-test"),
    )
    try:
        yield supplier
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(supplier: ScriptedSupplier) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _reply(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            status, answer = supplier.answer(f"{self.command} {self.path}", body, dict(self.headers))
            if status == 0:  # the supplier hangs up without a word
                self.close_connection = True
                return
            content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **supplier.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = _reply  # noqa: N815 - the names that http.server calls

        def log_message(self, *_: object) -> None:
            """Keep quiet: the test says what matters."""

    return Handler
