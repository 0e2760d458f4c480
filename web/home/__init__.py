"""Pages anyone may read: the start, help, safety, privacy, and the authority's colours."""

import re

from flask import Blueprint, Response, render_template

from web.application import current
from web.who import no_database, who

bp = Blueprint("home", __name__)
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@bp.get("/")
@who("public")
@no_database
def index() -> str:
    """The way in for everybody."""
    return render_template("home/index.html")


@bp.get("/safety")
@who("public")
@no_database
def safety() -> str:
    """What to do when someone is not safe."""
    return render_template("home/safety.html")


@bp.get("/privacy")
@who("public")
@no_database
def privacy() -> str:
    """How we use what people tell us."""
    return render_template("home/privacy.html")


@bp.get("/accessibility")
@who("public")
@no_database
def accessibility() -> str:
    """The accessibility statement."""
    return render_template("home/accessibility.html")


@bp.get("/help")
@who("public")
@no_database
def help_page() -> str:
    """Help."""
    return render_template("home/help.html")


@bp.get("/contact")
@who("public")
@no_database
def contact() -> str:
    """How to reach the council."""
    return render_template("home/contact.html")


@bp.get("/authority.css")
@who("public")
@no_database
def authority_css() -> Response:
    """The authority's colour, as a style sheet: inline style is not allowed."""
    colour = str(current().authority.settings.get("colour", "")) if "authority" in current() else ""
    body = ""
    if COLOUR.fullmatch(colour):
        body = f":root{{--authority-colour:{colour};--authority-on-colour:{_readable_on(colour)}}}"
    return Response(body, mimetype="text/css", headers={"Cache-Control": "public, max-age=3600"})


def _readable_on(colour: str) -> str:
    """White or near-black, whichever stands out more on a colour (WCAG relative luminance)."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#ffffff" if 1.05 / (luminance + 0.05) >= 4.5 else "#10100a"
