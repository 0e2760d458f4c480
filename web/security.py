"""Headers on every response, the Origin check, and the host names the service answers to."""

from urllib.parse import urlsplit

from flask import Response, abort, g, request
from flask_wtf.csrf import CSRFProtect

from web.application import Coproduce

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}
MAKING = "camera=(self), microphone=(self), geolocation=(), payment=(), usb=()"
HSTS = "max-age=31536000; includeSubDomains"

csrf = CSRFProtect()


def init_app(app: Coproduce) -> None:
    """Put the checks in front of every request and the headers on every response."""
    app.config.update(WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=True)
    app.before_request(_same_origin)
    csrf.init_app(app)
    app.after_request(_headers)


def _same_origin() -> None:
    origin = request.headers.get("Origin")
    if request.method in ("GET", "HEAD", "OPTIONS") or origin is None:
        return
    if urlsplit(origin).netloc != request.host:
        abort(403)


def _headers(response: Response) -> Response:
    making = g.get("making", False)
    usual = {**HEADERS, "Content-Security-Policy": policy(g.get("csp_nonce", ""), making=making)}
    if making:
        usual["Permissions-Policy"] = MAKING
    if not request.path.startswith("/static/"):
        usual["Cache-Control"] = "no-store"
    if request.is_secure:
        usual["Strict-Transport-Security"] = HSTS
    # Looked through once: `headers.setdefault` would do so for each.
    said = {name.lower() for name, _ in response.headers}
    response.headers.extend({name: value for name, value in usual.items() if name.lower() not in said})
    if "server" in said:
        del response.headers["Server"]
    return response


def policy(nonce: str, *, making: bool = False) -> str:
    """The content security policy. A page on which something is drawn or recorded may also show it at once."""
    blob = " blob:" if making else ""
    parts = [
        "default-src 'none'",
        f"script-src 'nonce-{nonce}'",
        "style-src 'self'",
        f"img-src 'self'{blob}",
        f"media-src 'self'{blob}",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
        "manifest-src 'self'",
    ]
    return "; ".join(parts)
