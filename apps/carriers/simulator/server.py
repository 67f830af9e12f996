"""The simulated carrier's HTTP server: JSON over keep-alive connections, one thread for each.

POST /submit    [{"reference", "number", "text", "extension"?}, …]
                → {"answers": [{"reference", "carrier_id" | "code"}, …]} in the same order
GET  /lookup    ?references=a,b,…   → {"messages": [...]}: those it has seen
GET  /receipts  ?after=&limit=      → {"receipts": [...], "cursor"}
GET  /inbound   ?after=&limit=      → {"messages": [...], "cursor"}
GET  /stats                         → counts
POST /faults    {"kind", "count"}   → the next calls of /submit fail so; see `Fault`
"""

import sys
import threading
from collections.abc import Callable
from enum import StrEnum
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson

from apps.carriers.simulator.behaviour import Fate, fate_of
from apps.carriers.simulator.store import Store

MOST_BODY_BYTES = 16_000_000
MOST_PAGE = 10_000


class Fault(StrEnum):
    """How a call of /submit can be made to fail."""

    BUSY = "busy"  # 503, nothing taken
    DENIED = "denied"  # 403, nothing taken
    LOST_ANSWER = "lost_answer"  # everything taken, then the connection breaks


class _BadRequestError(Exception):
    """The request is not as the interface says."""


class SimulatorServer(ThreadingHTTPServer):
    """Serves one store. `port` 0 takes a free port."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, store: Store, *, host: str, port: int, late_seconds: float) -> None:
        super().__init__((host, port), _Handler)
        self.store = store
        self.late_seconds = late_seconds
        self._faults: list[Fault] = []
        self._faults_lock = threading.Lock()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://{self.server_address[0]!s}:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Pass over a caller that went away: it may have been killed on purpose."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def add_faults(self, kind: Fault, count: int) -> None:
        """Make the next `count` calls of /submit fail."""
        with self._faults_lock:
            self._faults += [kind] * count

    def next_fault(self) -> Fault | None:
        """Take the fault of this call, if there is one."""
        with self._faults_lock:
            return self._faults.pop(0) if self._faults else None


class _Handler(BaseHTTPRequestHandler):
    server: SimulatorServer
    protocol_version = "HTTP/1.1"
    # Head and body leave in one segment: two would wait 40 ms for a delayed acknowledgement.
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        self._serve({"/submit": self._submit, "/faults": self._faults})

    def do_GET(self) -> None:
        self._serve(
            {
                "/lookup": self._look_up,
                "/receipts": lambda: self._page(self.server.store.receipts_after),
                "/inbound": lambda: self._page(self.server.store.inbound_after),
                "/stats": self.server.store.stats,
            }
        )

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - named by the base class
        """Write no line per request."""

    def _serve(self, endpoints: dict[str, Callable[[], Any]]) -> None:
        endpoint = endpoints.get(urlsplit(self.path).path)
        if endpoint is None:
            self._answer({"error": "There is nothing here."}, HTTPStatus.NOT_FOUND)
            return
        try:
            answer = endpoint()
        except (_BadRequestError, KeyError, TypeError, ValueError) as error:
            self.close_connection = True
            self._answer({"error": f"{type(error).__name__}: {error}"}, HTTPStatus.BAD_REQUEST)
        else:
            if answer is not None:
                self._answer(answer)

    def _answer(self, answer: Any, status: HTTPStatus = HTTPStatus.OK) -> None:
        body = orjson.dumps(answer)
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _submit(self) -> dict[str, Any] | None:
        messages = [self._message(item) for item in self._body()]
        fault = self.server.next_fault()
        if fault in {Fault.BUSY, Fault.DENIED}:
            busy = fault == Fault.BUSY
            status = HTTPStatus.SERVICE_UNAVAILABLE if busy else HTTPStatus.FORBIDDEN
            self._answer({"error": str(fault)}, status)
            return None
        answers = self.server.store.take(messages)
        if fault == Fault.LOST_ANSWER:
            self.close_connection = True
            return None
        return {"answers": answers}

    def _message(self, item: dict[str, str]) -> tuple[str, str, str, str, Fate]:
        fate = fate_of(item["number"], late_seconds=self.server.late_seconds)
        return item["reference"], item["number"], item["text"], item.get("extension", ""), fate

    def _faults(self) -> dict[str, Any]:
        wish = self._body()
        self.server.add_faults(Fault(wish["kind"]), int(wish["count"]))
        return {}

    def _look_up(self) -> dict[str, Any]:
        references = self._query().get("references", "").split(",")
        return {"messages": self.server.store.look_up(references)}

    def _page(self, read: Callable[[str, int], dict[str, Any]]) -> dict[str, Any]:
        query = self._query()
        return read(query.get("after", ""), min(int(query.get("limit", "1000")), MOST_PAGE))

    def _query(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}

    def _body(self) -> Any:
        length = int(self.headers.get("Content-Length") or 0)
        if not 0 < length <= MOST_BODY_BYTES:
            raise _BadRequestError("Content-Length is missing or too large.")
        return orjson.loads(self.rfile.read(length))
