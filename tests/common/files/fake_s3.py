"""A server that speaks as much of S3 as the portal uses, keeping objects in a dictionary."""

import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape


class Bucket(ThreadingHTTPServer):
    def __init__(self):
        super().__init__(("127.0.0.1", 0), Requests)
        self.objects = {}
        self.headers_of = {}
        self.stored_at = datetime.now(UTC)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"


class Requests(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_arguments):
        pass

    @property
    def key(self):
        return unquote(urlsplit(self.path).path).removeprefix("/papers").lstrip("/")

    def do_PUT(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "aws-chunked":
            body = _unchunked(body)
        self.server.objects[self.key] = body
        self.server.headers_of[self.key] = dict(self.headers)
        self.answer(200)

    def do_GET(self):
        if not self.key:
            return self.answer(200, self.listing().encode(), "application/xml")
        return self.give()

    def do_HEAD(self):
        self.give()

    def do_DELETE(self):
        self.server.objects.pop(self.key, None)
        self.answer(204)

    def give(self):
        if self.key in self.server.objects:
            self.answer(200, self.server.objects[self.key])
        else:
            self.answer(404, b"<Error><Code>NoSuchKey</Code></Error>", "application/xml")

    def listing(self):
        prefix = parse_qs(urlsplit(self.path).query).get("prefix", [""])[0]
        rests = [key.removeprefix(prefix) for key in self.server.objects if key.startswith(prefix)]
        folders = sorted({rest.split("/")[0] for rest in rests if "/" in rest})
        return (
            "<ListBucketResult><IsTruncated>false</IsTruncated>"
            + "".join(
                f"<Contents><Key>{escape(prefix + rest)}</Key></Contents>"
                for rest in rests
                if "/" not in rest
            )
            + "".join(
                f"<CommonPrefixes><Prefix>{escape(prefix + folder)}/</Prefix></CommonPrefixes>"
                for folder in folders
            )
            + "</ListBucketResult>"
        )

    def answer(self, status, body=b"", content_type="application/octet-stream"):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Type", content_type)
        self.send_header("ETag", '"0"')
        self.send_header("Last-Modified", format_datetime(self.server.stored_at, usegmt=True))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _unchunked(body):
    """Undo aws-chunked: lengths in hexadecimal before each piece, and a trailer."""
    pieces = []
    while body:
        size, _, body = body.partition(b"\r\n")
        length = int(size.split(b";")[0], 16)
        if length == 0:
            break
        pieces.append(body[:length])
        body = body[length + 2 :]
    return b"".join(pieces)


@contextmanager
def running():
    with Bucket() as bucket:
        threading.Thread(target=bucket.serve_forever, daemon=True).start()
        yield bucket
        bucket.shutdown()
