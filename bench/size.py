"""The first view of a page in bytes over the wire: the page and all that a browser fetches for it, cache empty."""

import gzip
import http.client
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

START = "http://127.0.0.1:8000/ask"
KEPT = ("stylesheet", "icon", "manifest", "preload", "modulepreload")


class Elsewhere(Exception):
    """The page asks somebody else's server for something."""


@dataclass(frozen=True)
class Resource:
    """One response: its address, its bytes over the wire, headers and body, and its body unpacked."""

    url: str
    wire: int
    body: bytes


def first_view(url: str) -> list[Resource]:
    """The page and every resource it names, styles' own included. Raises `Elsewhere`, `OSError`."""
    page = fetch(url)
    found = {url: page}
    waiting = _named_by_page(page)
    while waiting:
        wanted = waiting.pop(0)
        if wanted in found:
            continue
        if urlsplit(wanted).netloc != urlsplit(url).netloc:
            raise Elsewhere(f"{url} asks another server for {wanted}.")
        found[wanted] = fetch(wanted)
        waiting += _named_by_style(found[wanted])
    return list(found.values())


def fetch(url: str) -> Resource:
    """One GET as a browser makes it, packed if the server packs. Raises `OSError` unless it is found."""
    at = urlsplit(url)
    connection = http.client.HTTPConnection(at.hostname or "", at.port or 80, timeout=10)
    try:
        connection.request("GET", at.path + (f"?{at.query}" if at.query else ""), headers={"Accept-Encoding": "gzip"})
        reply = connection.getresponse()
        sent = reply.read()
        if reply.status != 200:
            raise OSError(f"{url} answers {reply.status}.")
        head = sum(len(name) + len(value) + 4 for name, value in reply.getheaders()) + len("HTTP/1.1 200 OK\r\n\r\n")
        packed = reply.getheader("Content-Encoding") == "gzip"
    finally:
        connection.close()
    try:
        return Resource(url, head + len(sent), gzip.decompress(sent) if packed else sent)
    except EOFError as error:
        raise OSError(f"{url} comes cut short: start the server again if its files were built anew.") from error


def report(url: str) -> str:
    """A line for each resource, and the sum."""
    found = first_view(url)
    lines = [f"{each.wire:>9,} bytes  {each.url}" for each in found]
    return "\n".join([*lines, f"{total(found):>9,} bytes  in all, {len(found)} requests"])


def total(found: list[Resource]) -> int:
    """Bytes over the wire in all."""
    return sum(each.wire for each in found)


class _Named(HTMLParser):
    """The addresses that a browser fetches by itself while showing a page."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "link" and set(given.get("rel", "").split()) & set(KEPT):
            self.addresses.append(given.get("href", ""))
        if tag in ("script", "img", "source", "video", "audio", "iframe", "embed", "input") and given.get("src"):
            self.addresses.append(given["src"])


def _named_by_page(page: Resource) -> list[str]:
    names = _Named()
    names.feed(page.body.decode())
    return [urljoin(page.url, each) for each in names.addresses if each and not each.startswith("data:")]


def _named_by_style(found: Resource) -> list[str]:
    if not urlsplit(found.url).path.endswith(".css"):
        return []
    urls = re.findall(r"url\(\s*['\"]?([^'\")]+)", found.body.decode())
    return [urljoin(found.url, each) for each in urls if not each.startswith("data:")]
