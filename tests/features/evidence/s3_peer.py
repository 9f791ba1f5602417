"""A small S3 over HTTP that, as OpenStack Swift does, knows no conditional creation (501)."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape


class Bucket(ThreadingHTTPServer):
    """Objects by key, multipart uploads by id, and every request line that came."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), S3Handler)
        self.objects: dict[str, bytes] = {}
        self.parts: dict[str, dict[int, bytes]] = {}
        self.lines: list[str] = []


class S3Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Bucket

    def parse(self) -> tuple[str, dict[str, list[str]], bytes]:
        url = urlsplit(self.path)
        key = unquote(url.path).removeprefix("/bucket").removeprefix("/")
        self.server.lines.append(f"{self.command} {key}")
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        return key, parse_qs(url.query, keep_blank_values=True), body

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"ETag": '"tag"', **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_PUT(self) -> None:
        key, query, body = self.parse()
        if "If-None-Match" in self.headers:
            self.answer(501)
        elif "uploadId" in query:
            self.server.parts[query["uploadId"][0]][int(query["partNumber"][0])] = body
            self.answer(200)
        elif source := self.headers.get("x-amz-copy-source"):
            path = unquote(source).removeprefix("/").removeprefix("bucket/")
            self.server.objects[key] = self.server.objects[path]
            self.answer(200, b"<CopyObjectResult><ETag>tag</ETag></CopyObjectResult>")
        else:
            self.server.objects[key] = body
            self.answer(200)

    def do_POST(self) -> None:
        key, query, body = self.parse()
        if "uploads" in query:
            name = f"u{len(self.server.parts)}"
            self.server.parts[name] = {}
            text = f"<InitiateMultipartUploadResult><UploadId>{name}</UploadId>"
            self.answer(200, (text + "</InitiateMultipartUploadResult>").encode())
        elif "delete" in query:
            keys = re.findall(r"<Key>(.*?)</Key>", body.decode())
            for each in keys:
                self.server.objects.pop(each, None)
            deleted = "".join(f"<Deleted><Key>{each}</Key></Deleted>" for each in keys)
            self.answer(200, b"<DeleteResult>" + deleted.encode() + b"</DeleteResult>")
        else:
            parts = self.server.parts.pop(query["uploadId"][0])
            self.server.objects[key] = b"".join(parts[n] for n in sorted(parts))
            text = "<CompleteMultipartUploadResult><ETag>tag</ETag></CompleteMultipartUploadResult>"
            self.answer(200, text.encode())

    def do_GET(self) -> None:
        key, query, _ = self.parse()
        if not key:
            self._list(query["prefix"][0])
        elif key not in self.server.objects:
            self.answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
        else:
            self._object(self.server.objects[key])

    do_HEAD = do_GET

    def do_DELETE(self) -> None:
        key, _, _ = self.parse()
        self.server.objects.pop(key, None)
        self.answer(204)

    def _object(self, data: bytes) -> None:
        modified = {"Last_Modified": "Mon, 23 Nov 2026 00:00:00 GMT"}
        asked = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        if asked is None:
            self.answer(200, data, **modified)
            return
        start, end = int(asked[1]), min(int(asked[2]) + 1, len(data))
        place = f"bytes {start}-{end - 1}/{len(data)}"
        self.answer(206, data[start:end], Content_Range=place, **modified)

    def _list(self, prefix: str) -> None:
        found = "".join(
            f"<Contents><Key>{escape(key)}</Key><Size>{len(data)}</Size><ETag>tag</ETag>"
            "<LastModified>2026-11-23T00:00:00.000Z</LastModified></Contents>"
            for key, data in sorted(self.server.objects.items())
            if key.startswith(prefix)
        )
        self.answer(200, f"<ListBucketResult>{found}</ListBucketResult>".encode())

    def log_message(self, *_: object) -> None:
        """Quiet."""


@contextmanager
def running() -> Iterator[Bucket]:
    bucket = Bucket()
    threading.Thread(target=bucket.serve_forever, daemon=True).start()
    try:
        yield bucket
    finally:
        bucket.shutdown()
        bucket.server_close()
