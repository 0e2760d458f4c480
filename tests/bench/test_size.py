"""Bytes over the wire: everything a browser fetches by itself for the first view, and nobody else's server."""

import gzip
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from bench import size

STYLE = b"body { background: url('paper.png') } " + b"p { margin: 0 } " * 500
SERVED = {
    "/": b"<!doctype html><link rel=stylesheet href=/a.css><link rel=next href=/other><script src=a.js></script>",
    "/a.css": STYLE,
    "/a.js": b"1",
    "/paper.png": b"png",
    "/leaks": b"<!doctype html><img src=http://127.0.0.1:1/pixel.gif>",
    "/broken": b"<!doctype html><img src=gone.gif>",
}


class Site(BaseHTTPRequestHandler):
    """Serves the pages above, the style packed."""

    def do_GET(self) -> None:
        body = SERVED.get(self.path)
        packed = self.path == "/a.css" and "gzip" in self.headers["Accept-Encoding"]
        self.send_response(200 if body is not None else 404)
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(gzip.compress(body or b"") if packed else body or b"")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_first_view_is_the_page_its_style_script_and_pictures(site: str) -> None:
    found = size.first_view(f"{site}/")
    assert sorted(each.url.removeprefix(site) for each in found) == ["/", "/a.css", "/a.js", "/paper.png"]


def test_what_counts_is_what_goes_over_the_wire(site: str) -> None:
    style = size.fetch(f"{site}/a.css")
    assert style.body == STYLE
    assert len(gzip.compress(STYLE)) < style.wire < len(STYLE)


def test_a_page_that_asks_another_server_is_found_out(site: str) -> None:
    with pytest.raises(size.Elsewhere, match=r"pixel\.gif"):
        size.first_view(f"{site}/leaks")


def test_a_resource_that_is_not_there_is_said(site: str) -> None:
    with pytest.raises(OSError, match=r"gone\.gif answers 404"):
        size.first_view(f"{site}/broken")
