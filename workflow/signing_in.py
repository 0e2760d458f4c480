"""Signing in with a six-digit code. The page, the status and the time are the same whether or not there is
an account: the code's mail goes through the outbox, and an unknown address simply never gets one."""

import hashlib
import hmac
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from models.access import Account, Grant, LoginCode
from models.crypto import current_keyring
from models.database import OwnedSession
from models.people import Contact, Person
from models.submissions import Contribution, Submission
from workflow import outbox, rates
from workflow.access.actor import Actor, actor_for
from workflow.clock import london_day

NAMELESS = {"parent": "A parent or carer", "yp": "The young person"}
LIFE = timedelta(minutes=10)
TRIES = 5


def fold(email: str) -> str:
    """An address as accounts are keyed by it: trimmed and in lower case."""
    return email.strip().casefold()


def send_code(
    session: OwnedSession,
    email: str,
    *,
    browser: str,
    network: str,
    now: datetime,
    kind: str = "family",
    purpose: dict[str, str] | None = None,
) -> uuid.UUID:
    """Ask for a code for an address, bound to the browser that asks. Returns the code's id.

    A new code kills the browser's old ones. The mail goes only to an address that has an account, unless
    `purpose` says why a stranger may have one (to accept an invitation, or to ask for an assessment).
    Raises `TooMany`.
    """
    address = fold(email)
    rates.count(session, "code-address", address, limit=6, window=timedelta(hours=1), now=now)
    rates.count(session, "code-browser", browser, limit=12, window=timedelta(hours=1), now=now)
    rates.count(session, "code-network", network, limit=300, window=timedelta(hours=1), now=now)
    digits = f"{secrets.randbelow(10**6):06d}"
    hidden = _hide(browser)
    session.execute(
        update(LoginCode).where(LoginCode.browser_hash == hidden, LoginCode.used_at.is_(None)).values(used_at=now)
    )
    code = LoginCode(
        id=uuid.uuid4(),
        email=address,
        browser_hash=hidden,
        code_hash=_hide(digits + browser),
        purpose={"kind": kind, **(purpose or {})},
        expires_at=now + LIFE,
    )
    session.add(code)
    if purpose or account_of(session, address, kind):
        outbox.add(
            session,
            dedupe_key=f"code:{code.id}",
            template="code",
            importance="code",
            now=now,
            address=address,
            words={"code": digits},
            link_to="sign-in",
            useful_until=now + LIFE,
        )
    return code.id


@dataclass(frozen=True)
class Proof:
    """An address that somebody proved they can read, and why they did."""

    email: str
    purpose: dict[str, str]


WRONG_CODE = "This code is not right or has run out. Check the newest email, or ask for a new code."


def use_code(session: OwnedSession, typed: str, *, browser: str, now: datetime) -> Proof | None:
    """Check a typed code for this browser and spend it. None for every kind of wrong, so that nothing is
    told by which; returned and not raised, because the try has to count."""
    digits = "".join(ch for ch in typed if ch.isdigit())
    code = session.scalars(
        select(LoginCode)
        .where(LoginCode.browser_hash == _hide(browser), LoginCode.used_at.is_(None), LoginCode.expires_at > now)
        .with_for_update()
    ).first()
    if code is None or code.tries >= TRIES:
        return None
    code.tries += 1
    if not hmac.compare_digest(code.code_hash, _hide(digits + browser)):
        return None
    code.used_at = now
    return Proof(code.email, dict(code.purpose))


def account_of(session: OwnedSession, email: str, kind: str) -> Account | None:
    """The open account of an address, of one kind."""
    return session.scalars(
        select(Account).where(Account.email == fold(email), Account.kind == kind, Account.closed_at.is_(None))
    ).one_or_none()


def open_account(session: OwnedSession, name: str, email: str, kind: str, *, now: datetime) -> Account:
    """The account of a proved address, made on its first use, with the person and their verified contact."""
    found = account_of(session, email, kind)
    if found:
        return found
    person = Person(id=uuid.uuid4(), name=name)
    account = Account(id=uuid.uuid4(), person_id=person.id, kind=kind, email=fold(email))
    session.add(person)
    session.flush()
    session.add_all([account, Contact(person_id=person.id, kind="email", value=fold(email), verified_at=now)])
    session.flush()
    return account


def account_by_id(session: OwnedSession, account_id: uuid.UUID | None) -> Account | None:
    """An open account."""
    return session.scalars(select(Account).where(Account.id == account_id, Account.closed_at.is_(None))).one_or_none()


def known_account(session: OwnedSession, written: str) -> uuid.UUID | None:
    """The id of an open account as a page carries it; None for anything else."""
    try:
        found = account_by_id(session, uuid.UUID(written))
    except ValueError:
        return None
    return found.id if found else None


def actor_of(session: OwnedSession, account_id: str, now: datetime) -> Actor | None:
    """The actor behind an account that has just signed in."""
    return actor_for(session, uuid.UUID(account_id), london_day(now))


def begin_without_address(session: OwnedSession, role: str = "parent") -> Account:
    """An account for somebody who asks for an assessment without one, for a child or (`yp`) for themself: it
    lives as long as their session, until they give an address to come back with."""
    person = Person(id=uuid.uuid4(), name=NAMELESS[role])
    account = Account(id=uuid.uuid4(), person_id=person.id, kind="family", email=None)
    session.add(person)
    session.flush()
    session.add(account)
    session.flush()
    return account


def keep_address(session: OwnedSession, account_id: uuid.UUID, email: str, *, now: datetime) -> Account:
    """Give an account without an address the one just proved. Where the address has an account already, what
    was written moves there: it is the same person, who proved both."""
    mine = session.get_one(Account, (session.authority_id, account_id))
    theirs = account_of(session, email, "family")
    if mine.email is not None or theirs is mine:
        return mine
    if theirs is None:
        mine.email = fold(email)
        session.add(Contact(person_id=mine.person_id, kind="email", value=fold(email), verified_at=now))
        return mine
    for table, column in (
        (Submission, "owner_id"),
        (Submission, "sent_by"),
        (Contribution, "author_id"),
        (Contribution, "entered_by"),
        (Grant, "person_id"),
    ):
        session.execute(
            update(table).where(getattr(table, column) == mine.person_id).values({column: theirs.person_id})
        )
    mine.closed_at = now
    return theirs


def _hide(secret: str) -> str:
    # Keyed, so that six digits cannot be found again from the hash by trying a million.
    return hmac.new(current_keyring.get().key, secret.encode(), hashlib.sha256).hexdigest()
