"""Signing in with a code, signing out, and where the links in our mails lead."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from models.access import Invitation
from web import kept
from web.application import current
from web.auth.forms import CodeForm, EmailForm, NameForm, ShortForm, WordsForm
from web.auth.landing import destination, home_of
from web.sessions import ServerSession
from web.who import PEOPLE, who
from workflow import signing_in
from workflow.cases import advice_replies
from workflow.coproduction import contributors, invitations
from workflow.outbox.add import link_target

bp = Blueprint("auth", __name__)


@bp.route("/sign-in", methods=["GET", "POST"])
@who("public")
def sign_in() -> ResponseReturnValue:
    """Families ask for a code."""
    return _ask_for_code("family")


@bp.route("/sign-in/professional", methods=["GET", "POST"])
@who("public")
def sign_in_professional() -> ResponseReturnValue:
    """People at schools, health and care ask for a code."""
    return _ask_for_code("professional")


@bp.get("/sign-in/council")
@who("public")
def sign_in_staff() -> ResponseReturnValue:
    """Staff sign in through the council's own identity provider, never with a code."""
    return render_template("auth/staff.html", audience="council")


@bp.route("/sign-in/code", methods=["GET", "POST"])
@who("public")
def code() -> ResponseReturnValue:
    """The code from the email, typed into the browser that asked for it."""
    form = CodeForm()
    if form.validate_on_submit():
        proof = signing_in.use_code(current().session, form.code.data or "", browser=_browser(), now=current().now)
        if proof is not None:
            return _proved(proof)
        form.code.errors = [signing_in.WRONG_CODE]
    return _page("auth/code.html", form)


@bp.post("/sign-out")
@who(*PEOPLE)
def sign_out() -> ResponseReturnValue:
    """End this session."""
    _renewed(clear=True)
    flash("You are signed out.", "success")
    reply = redirect(url_for("home.index"))
    reply.headers["Clear-Site-Data"] = '"cache", "storage"'
    return reply


@bp.get("/go/<code>")
@who("public")
def go(code: str) -> ResponseReturnValue:
    """Where a link in a mail leads: after signing in, to the thing itself if it may be seen. Grants nothing."""
    link_to = link_target(current().session, code, current().now)
    if link_to is None:
        abort(404)
    target = destination(link_to)
    if link_to.startswith("invitation:") or current().actor.kind != "public":
        return redirect(target)
    session["next"] = link_to
    return redirect(url_for("auth.which"))


@bp.get("/sign-in/which")
@who("public")
def which() -> ResponseReturnValue:
    """A link was followed by somebody not signed in: ask who they are."""
    return render_template("auth/which.html")


@bp.route("/invitations/<uuid:invitation_id>", methods=["GET", "POST"])
@who("public")
def invited(invitation_id: uuid.UUID) -> ResponseReturnValue:
    """An invitation: says nothing personal, and sends a code to the invited address when asked."""
    form = EmailForm()
    if form.validate_on_submit():
        address = signing_in.fold(form.email.data or "")
        _send_code(address, _kind_for(invitation_id), {"invitation": str(invitation_id)})
        return redirect(url_for("auth.code"))
    return _page("auth/invited.html", form)


@bp.route("/invitations/<uuid:invitation_id>/accept", methods=["GET", "POST"])
@who("family", "professional")
def accept(invitation_id: uuid.UUID) -> ResponseReturnValue:
    """The words that came another way; then the person's own views form beside the one they were invited to."""
    state = current()
    account = signing_in.account_by_id(state.session, state.actor.account_id)
    found = invitations.find(state.session, invitation_id, account.email or "", state.now) if account else None
    # Somebody's account at work and the one of their family are apart: each takes what was meant for it.
    if found is None or _kind_for(invitation_id) != state.actor.kind:
        return render_template("auth/invitation_over.html"), 404
    form = WordsForm()
    if form.validate_on_submit():
        words = form.words.data or ""
        if invitations.accept(state.session, found, state.actor.person, words, now=state.now):
            return redirect(_to_what(found))
        form.words.errors = ["These are not the words. Ask the person who invited you to say them again."]
    return _page("auth/words.html", form)


@bp.route("/sign-in/name", methods=["GET", "POST"])
@who("public")
def name() -> ResponseReturnValue:
    """A new person's name, once their address is proved."""
    proved = session.get("proved")
    if not proved:
        return redirect(url_for("auth.sign_in"))
    form = NameForm()
    if form.validate_on_submit():
        session.pop("proved")
        return _signed_in(signing_in.Proof(proved["email"], proved["purpose"]), form.name.data or "")
    return _page("auth/name.html", form)


def _page(template: str, form: ShortForm, **more: str) -> ResponseReturnValue:
    """A small form, with what is wrong said beside each field."""
    problems = form.problems()
    return render_template(template, form=form, form_problems=problems, **more), 422 if problems else 200


def _ask_for_code(kind: str) -> ResponseReturnValue:
    form = EmailForm()
    if form.validate_on_submit():
        _send_code(form.email.data or "", kind, None)
        return redirect(url_for("auth.code"))
    return _page("auth/sign_in.html", form, kind=kind)


def _send_code(email: str, kind: str, purpose: dict[str, str] | None) -> None:
    state = current()
    signing_in.send_code(
        state.session,
        email,
        browser=_browser(),
        network=request.remote_addr or "",
        now=state.now,
        kind=kind,
        purpose=purpose,
    )


def _browser() -> str:
    """What ties a code to this browser: a secret in its own session."""
    if "browser" not in session:
        session["browser"] = uuid.uuid4().hex
    return str(session["browser"])


def _proved(proof: signing_in.Proof) -> ResponseReturnValue:
    state = current()
    if proof.purpose.get("keep"):
        return _kept_address(proof)
    if signing_in.account_of(state.session, proof.email, proof.purpose["kind"]):
        return _signed_in(proof, "")
    session["proved"] = {"email": proof.email, "purpose": proof.purpose}
    return redirect(url_for("auth.name"))


def _signed_in(proof: signing_in.Proof, named: str) -> ResponseReturnValue:
    state = current()
    account = signing_in.open_account(state.session, named, proof.email, proof.purpose["kind"], now=state.now)
    sign_in_as(str(account.id), account.kind)
    if invitation := proof.purpose.get("invitation"):
        return redirect(url_for("auth.accept", invitation_id=invitation))
    return redirect(onward(account.kind))


def _kept_address(proof: signing_in.Proof) -> ResponseReturnValue:
    """Somebody writing without an account gave an address to come back with."""
    state = current()
    account = signing_in.keep_address(state.session, uuid.UUID(proof.purpose["keep"]), proof.email, now=state.now)
    sign_in_as(str(account.id), account.kind)
    flash("Your address is kept. Use it to sign in and go on, on any device.", "success")
    return redirect(url_for("family.home"))


def _to_what(invitation: Invitation) -> str:
    """The case they were invited to, or their own form beside the form they were invited to."""
    state = current()
    if invitation.advice_id is not None:
        asked = advice_replies.let_in(state.session, invitation, now=state.now)
        return url_for("advice.asked", request_id=asked.id)
    if invitation.submission_id is None:
        return url_for("family.case", case_id=invitation.case_id)
    own = contributors.own_form(state.session, state.actor, invitation, now=state.now)
    return url_for("writing.overview", submission_id=own.id)


def _kind_for(invitation_id: uuid.UUID) -> str:
    """The kind of account an invitation is for. The page and the mail are the same, whether there is one or not."""
    role = invitations.role_of(current().session, invitation_id)
    return "family" if role in (None, "helper", *contributors.FAMILY) else "professional"


def ask_to_keep(email: str) -> None:
    """Send a code to prove an address for the account this browser is signed in to."""
    _send_code(email, "family", {"keep": session["account"]})


def sign_in_as(account_id: str, kind: str) -> None:
    """Begin a signed-in session for an account, under a new token."""
    held = {key: session[key] for key in ("kept", "next") if key in session}
    _renewed(clear=True)
    session.update(account=account_id, kind=kind, **held)


def _renewed(*, clear: bool) -> None:
    mine: ServerSession = session._get_current_object()  # type: ignore[attr-defined]
    if clear:
        mine.clear()
    mine.renew()


def onward(kind: str) -> str:
    """Where somebody goes once signed in: back to what they were doing, to the link they followed, or home."""
    state = current()
    state.actor = signing_in.actor_of(state.session, session["account"], state.now) or state.actor
    if path := kept.kept_path():
        return path
    if link_to := session.pop("next", None):
        return destination(link_to)
    return home_of(kind)
