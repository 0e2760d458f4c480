"""The child's own pages, on a screen that a grown-up hands over: nothing else answers until they take it back."""

from flask import Blueprint

bp = Blueprint("child", __name__)

from web.child import handing, pages  # noqa: E402  (the views register themselves on the blueprint above)

__all__ = ["bp", "handing", "pages"]
