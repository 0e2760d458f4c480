"""GOV.UK Notify as a carrier: each of its answers has one meaning, and it is asked for those that were lost."""

import logging
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from requests import Response

from tasks.mailers import mailer_for
from tasks.mailers.account import OFFICIAL, read_account
from tasks.mailers.notify import NotifyMailer
from tasks.mailers.receipts import fate_of, read_reference, reference
from tests.notify import DAY, KEY, RATE, TEMPLATE, Error, Notify
from tests.tasks.conftest import free_port
from workflow.outbox.post import Answer, Envelope, Fate, Said

Make = Callable[..., Envelope]


def send(app: Flask, *envelopes: Envelope) -> list[Answer]:
    with NotifyMailer(app).open() as line:
        return [line.send(each) for each in envelopes]


def test_the_mail_url_names_the_carrier(notify_app: Flask) -> None:
    assert isinstance(mailer_for(notify_app), NotifyMailer)


def test_a_message_goes_to_one_template_with_our_words_and_a_reference_of_its_own(
    notify: Notify, notify_app: Flask, envelope: Make
) -> None:
    (answer,) = send(notify_app, envelope())
    (taken,) = notify.taken
    assert (answer.said, answer.carrier_id) == (Said.ACCEPTED, taken["id"])
    assert (taken["email_address"], taken["template_id"]) == ("somebody@example.org", TEMPLATE)
    assert taken["personalisation"]["subject"] == "A review meeting is due by 3 June 2027"
    assert "https://hartwell.example/go/abcdefghijklmnopqrstuv\n" in taken["personalisation"]["body"]
    assert read_reference(taken["reference"]) == (uuid.UUID(int=9), uuid.UUID(int=7))


def test_one_connection_carries_many_messages(notify: Notify, notify_app: Flask, envelope: Make) -> None:
    answers = send(notify_app, *(envelope(id=uuid.UUID(int=n)) for n in range(1, 6)))
    assert {each.said for each in answers} == {Said.ACCEPTED}
    assert len({each.carrier_id for each in answers}) == 5


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (Error(400, "ValidationError", "email_address Not a valid email address"), Said.BOUNCED),
        (Error(400, "BadRequestError", "Can't send to this recipient using a team-only API key"), Said.REFUSED),
        (Error(400, "BadRequestError", "Can’t send to this recipient when service is in trial mode"), Said.REFUSED),
        (Error(400, "BadRequestError", "Your message is too long"), Said.UNWRITABLE),
        (Error(400, "BadRequestError", "Template not found"), Said.STOP),
        (Error(400, "BadRequestError", "Missing personalisation: body"), Said.STOP),
        (Error(400, "BadRequestError", "Something new"), Said.REFUSED),
        (Error(401, "AuthError", "Unauthorized: authentication token must be provided"), Said.STOP),
        (Error(403, "AuthError", "Invalid token: API key not found"), Said.STOP),
        (Error(403, "AuthError", "Error: Your system clock must be accurate to within 30 seconds"), Said.STOP),
        (Error(404, "", ""), Said.STOP),
        (Error(302, "", ""), Said.STOP),
        (Error(429, "RateLimitError", RATE), Said.LATER),
        (Error(429, "TooManyRequestsError", DAY), Said.STOP),
        (Error(500, "Exception", "Internal server error"), Said.UNKNOWN),
        (Error(503, "Exception", "Service unavailable"), Said.UNKNOWN),
    ],
    ids=lambda value: str(value) if isinstance(value, Exception) else value.value,
)
def test_r9_each_error_of_notify_has_one_meaning(
    notify: Notify, notify_app: Flask, envelope: Make, error: Error, said: Said
) -> None:
    notify.next = [error]
    (answer,) = send(notify_app, envelope())
    assert answer.said is said
    assert str(error.reply[0]) in answer.words
    assert notify.taken == []


def test_an_address_that_is_none_is_found_by_notify(notify: Notify, notify_app: Flask, envelope: Make) -> None:
    assert send(notify_app, envelope(to="nobody"))[0].said is Said.BOUNCED


def test_r21_a_team_only_key_reaches_the_team_alone(notify: Notify, notify_app: Flask, envelope: Make) -> None:
    notify.team = {"tester@hartwell.example"}
    answers = send(notify_app, envelope(), envelope(to="tester@hartwell.example"))
    assert [each.said for each in answers] == [Said.REFUSED, Said.ACCEPTED]
    assert "team-only" in answers[0].words


def test_a_key_of_another_service_stops_the_line(notify: Notify, notify_app: Flask, envelope: Make) -> None:
    notify_app.config["NOTIFY_API_KEY"] = KEY.replace("3d844edf", "00000000")
    (answer,) = send(notify_app, envelope())
    assert (answer.said, answer.words[:13]) == (Said.STOP, "403 AuthError")


def test_a_template_that_lacks_a_place_for_the_words_stops_the_line(
    notify: Notify, notify_app: Flask, envelope: Make
) -> None:
    notify_app.config["NOTIFY_EMAIL_TEMPLATE"] = str(uuid.UUID(int=1))
    assert send(notify_app, envelope())[0] == Answer(Said.STOP, "400 BadRequestError Template not found")


def test_nobody_there_is_known_to_have_heard_nothing(notify_app: Flask, envelope: Make) -> None:
    notify_app.config["MAIL_URL"] = f"notify://127.0.0.1:{free_port()}"
    assert send(notify_app, envelope())[0].said is Said.AWAY


@pytest.mark.parametrize("fate", ["lost", "gateway", "odd", "dropped"])
def test_r5_an_answer_that_was_lost_is_unknown(notify: Notify, notify_app: Flask, envelope: Make, fate: str) -> None:
    notify.next = [fate]
    assert send(notify_app, envelope())[0].said is Said.UNKNOWN
    assert len(notify.taken) == (fate != "dropped")


def test_r8_an_answer_that_does_not_come_is_waited_for_so_long_and_no_longer(
    notify: Notify, notify_app: Flask, envelope: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tasks.mailers.notify.REPLY", 0.1)
    notify.seconds = 0.4
    assert send(notify_app, envelope())[0] == Answer(Said.UNKNOWN, "ReadTimeout")


@pytest.mark.parametrize("fate", ["lost", "gateway", "odd"])
def test_r5_what_notify_has_already_is_not_sent_again(
    notify: Notify, notify_app: Flask, envelope: Make, fate: str
) -> None:
    notify.next = [fate]
    send(notify_app, envelope())
    (found,) = send(notify_app, envelope(doubtful=True))
    assert (found.said, found.carrier_id) == (Said.ACCEPTED, notify.taken[0]["id"])
    assert len(notify.taken) == 1


def test_r5_what_notify_never_had_is_sent(notify: Notify, notify_app: Flask, envelope: Make) -> None:
    notify.next = ["dropped"]
    send(notify_app, envelope())
    assert send(notify_app, envelope(doubtful=True))[0].said is Said.ACCEPTED
    assert len(notify.taken) == 1


def test_r5_a_doubt_that_notify_does_not_settle_stays_one_and_nothing_is_sent(
    notify: Notify, notify_app: Flask, envelope: Make
) -> None:
    notify.closed = Error(403, "AuthError", "Invalid token: API key not found")
    (answer,) = send(notify_app, envelope(doubtful=True))
    assert answer == Answer(Said.UNKNOWN, "asked: 403 AuthError Invalid token: API key not found")


def test_what_came_back_before_is_not_taken_for_what_was_lost(
    notify: Notify, notify_app: Flask, envelope: Make
) -> None:
    (first,) = send(notify_app, envelope())
    again = envelope(doubtful=True, known_as=first.carrier_id)
    (second,) = send(notify_app, again)
    assert second.carrier_id not in (None, first.carrier_id)
    (third,) = send(notify_app, again)
    assert third.carrier_id == second.carrier_id
    assert len(notify.taken) == 2


def test_a_message_without_words_is_never_handed_over(notify: Notify, notify_app: Flask, envelope: Make) -> None:
    assert send(notify_app, envelope(template="code", words={}))[0].said is Said.UNWRITABLE
    assert notify.taken == []


@pytest.mark.parametrize(
    ("status", "fate"),
    [
        ("created", Fate.UNDER_WAY),
        ("sending", Fate.UNDER_WAY),
        ("delivered", Fate.DELIVERED),
        ("permanent-failure", Fate.GONE),
        ("temporary-failure", Fate.PUT_OFF),
        ("technical-failure", Fate.NOT_PASSED_ON),
        (None, Fate.UNDER_WAY),
    ],
)
def test_what_became_of_a_message_is_asked_by_notifys_own_number(
    notify: Notify, notify_app: Flask, envelope: Make, status: str | None, fate: Fate
) -> None:
    (answer,) = send(notify_app, envelope())
    assert answer.carrier_id
    notify.becomes(answer.carrier_id, str(status))
    assert fate_of(status) is fate
    assert NotifyMailer(notify_app).memory.fate(answer.carrier_id) is fate


def test_what_notify_no_longer_knows_is_forgotten_and_a_silent_notify_says_nothing(
    notify: Notify, notify_app: Flask
) -> None:
    memory = NotifyMailer(notify_app).memory
    assert memory.fate(str(uuid.UUID(int=3))) is Fate.FORGOTTEN
    notify.closed = Error(500, "Exception", "Internal server error")
    assert memory.fate(str(uuid.UUID(int=3))) is None


def test_z17_neither_address_nor_words_nor_key_reach_a_log(
    notify: Notify,
    notify_app: Flask,
    envelope: Make,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    notify.next = [Error(400, "ValidationError", "email_address somebody@example.org is odd"), "lost"]
    answers = send(notify_app, envelope(), envelope(), envelope(doubtful=True))
    seen = "".join((caplog.text, *capfd.readouterr(), *(each.words for each in answers)))
    for hidden in ("somebody@", "review meeting", "abcdefghijklmnopqrstuv", KEY, KEY[-36:]):
        assert hidden not in seen
    assert "POST /v2/notifications/email" in seen


@pytest.mark.parametrize(
    ("key", "template", "missing"),
    [
        (None, TEMPLATE, "NOTIFY_API_KEY"),
        ("short", TEMPLATE, "NOTIFY_API_KEY"),
        (KEY, None, "NOTIFY_EMAIL_TEMPLATE"),
        (KEY, "the-first-one", "NOTIFY_EMAIL_TEMPLATE"),
    ],
)
def test_an_account_that_is_not_whole_is_refused_by_the_name_of_what_is_missing(
    key: str | None, template: str | None, missing: str
) -> None:
    with pytest.raises(ValueError, match=missing):
        read_account("notify://", key, template)


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("notify://", f"https://{OFFICIAL}"),
        ("notify://gateway.hartwell.example:8443", "https://gateway.hartwell.example:8443"),
        ("notify://127.0.0.1:9000", "http://127.0.0.1:9000"),
    ],
)
def test_keys_go_over_tls_except_to_this_machine(url: str, base: str) -> None:
    account = read_account(url, KEY, TEMPLATE)
    assert (account.base_url, KEY in repr(account)) == (base, False)


@pytest.mark.parametrize("text", ["", None, 7, "a.b", f"{uuid.UUID(int=1)}", f"{uuid.UUID(int=1)}.x"])
def test_a_reference_that_is_not_ours_is_none(text: Any) -> None:
    assert read_reference(text) is None
    assert read_reference(reference(uuid.UUID(int=1), uuid.UUID(int=2)).upper().replace("0", "{0")) is None


def test_a_reply_that_is_not_notifys_has_neither_kind_nor_words() -> None:
    from tasks.mailers.notify_answers import said_in

    reply = Response()
    reply._content = b"[1]"
    assert said_in(reply) == ("", "")
