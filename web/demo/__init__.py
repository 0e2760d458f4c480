"""The demonstration: be anyone with one click, and read the mail that was caught. Never imported otherwise."""

import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from flask import Blueprint, abort, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from models.access import Account, Post
from models.people import Person, Setting
from web.application import current
from web.auth import onward, sign_in_as
from web.who import who

bp = Blueprint("demo", __name__, url_prefix="/demo")
NEWEST = 200


@dataclass(frozen=True)
class Caught:
    """One caught mail."""

    name: str
    to: str
    subject: str
    date: str
    body: str


@bp.get("")
@who("public")
def index() -> ResponseReturnValue:
    """Everyone there is to be."""
    rows = current().session.execute(
        select(Account, Person.name, Post.role, Setting.name)
        .join(Person, Person.id == Account.person_id)
        .outerjoin(Post, Post.person_id == Person.id)
        .outerjoin(Setting, Setting.id == Post.setting_id)
        .where(Account.closed_at.is_(None), Account.email.is_not(None))
        .order_by(Account.kind, Person.name)
    )
    people: dict[str, list[tuple[Account, str, str, str]]] = {"staff": [], "professional": [], "family": []}
    for account, name, role, setting in rows:
        people[account.kind].append((account, name, role or "", setting or ""))
    return render_template("demo/index.html", people=people)


@bp.post("")
@who("public")
def be() -> ResponseReturnValue:
    """Be somebody."""
    account = (
        current()
        .session.scalars(select(Account).where(Account.id == request.form["account"], Account.closed_at.is_(None)))
        .one_or_none()
    )
    if account is None:
        abort(404)
    sign_in_as(str(account.id), account.kind)
    return redirect(onward(account.kind))


@bp.get("/mail")
@who("public")
def mail() -> ResponseReturnValue:
    """Every mail as it was sent over SMTP, newest first."""
    return render_template("demo/mail.html", mails=[_read(path) for path in _files()[:NEWEST]])


@bp.get("/mail/<name>")
@who("public")
def one_mail(name: str) -> ResponseReturnValue:
    """One mail."""
    for path in _files():
        if path.name == name:
            return render_template("demo/one_mail.html", mail=_read(path))
    abort(404)


def _files() -> list[Path]:
    folder = Path(current_app.config["DATA_DIR"]) / "mail"
    return sorted(folder.glob("*.eml"), reverse=True) if folder.is_dir() else []


def _read(path: Path) -> Caught:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain",))
    return Caught(
        path.name,
        str(message["To"] or ""),
        str(message["Subject"] or ""),
        str(message["Date"] or ""),
        str(body.get_content()) if body else "",
    )
