"""The number with which a grown-up takes the screen back: kept hashed, in the session on the server."""

import hashlib
import hmac
import secrets

from flask import session

from web.sessions import ServerSession

TRIES = 5
SHORTEST = 4


def hand_over(submission_id: str, pin: str) -> None:
    """From now on this browser shows only the child's own pages."""
    salt = secrets.token_hex(16)
    session["handing_over"] = submission_id
    session["handing_pin"] = f"{salt}:{_hidden(pin, salt)}"
    session["handing_tries"] = 0
    _renew()


def take_back(pin: str) -> bool | None:
    """True when the number is right and the screen is the grown-up's again; False when it is not; None when it
    was wrong too often and the session has ended."""
    salt, _, wanted = str(session.get("handing_pin", ":")).partition(":")
    if wanted and hmac.compare_digest(_hidden(pin, salt), wanted):
        for key in ("handing_over", "handing_pin", "handing_tries"):
            session.pop(key, None)
        _renew()
        return True
    session["handing_tries"] = int(session.get("handing_tries", 0)) + 1
    if session["handing_tries"] >= TRIES:
        session.clear()
        _renew()
        return None
    return False


def problem(pin: str, again: str) -> tuple[str, str] | None:
    """What is wrong with a number somebody chose: the input to go to, and a sentence."""
    if not (pin.isascii() and pin.isdecimal() and len(pin) >= SHORTEST):
        return "pin", f"Enter at least {SHORTEST} numbers, like 2580."
    if pin != again:
        return "again", "The two numbers are not the same. Type the number again."
    return None


def _renew() -> None:
    if isinstance(session._get_current_object(), ServerSession):  # type: ignore[attr-defined]
        session.renew()  # type: ignore[attr-defined]


def _hidden(pin: str, salt: str) -> str:
    return hashlib.scrypt(pin.encode(), salt=salt.encode(), n=2**14, r=8, p=1).hex()
