"""A server on loopback that records each request of a view and the compressed size of its answer."""

from __future__ import annotations

import gzip
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Request:
    """One request of a view. The status is 0 if its origin was blocked, the size 0 if nothing was found."""

    url: str
    status: int
    size: int


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder with gzip and records each request and the bytes sent."""

    def __init__(self, *arguments: Any, log: list[Request], directory: Path) -> None:
        self.log = log
        super().__init__(*arguments, directory=directory)

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.log.append(Request(self.path, 404, 0))
            self.send_error(404)
            return
        body = gzip.compress(path.read_bytes(), 9, mtime=0)
        self.log.append(Request(self.path, 200, len(body)))
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, list[Request]]]:
    """Serve the folder on loopback; provide its address and the log of requests."""
    log: list[Request] = []
    handler = partial(_Handler, log=log, directory=folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", log
    finally:
        server.shutdown()
        server.server_close()
