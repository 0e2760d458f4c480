"""Several senders at once on one database: each message goes once, and pages' queries stay few."""

import threading
import uuid
from collections import Counter
from collections.abc import Callable

import pytest
from sqlalchemy import event, func, select

from models.database import Database
from models.outbox import Message
from tests.workflow.outbox.builders import FakeMailer, message

Own = tuple[Database, uuid.UUID]
Send = Callable[..., dict[str, int]]


def test_r4_four_senders_at_once_send_each_message_once(own_database: Own, send: Send) -> None:
    database, authority = own_database
    with database.transaction(authority) as session:
        planned = {message(session, importance="statutory", address=f"p{n}@example.org") for n in range(80)}
    mailers = [FakeMailer() for _ in range(4)]

    def work(mailer: FakeMailer) -> None:
        while send(mailer, limit=7):
            pass

    threads = [threading.Thread(target=work, args=(mailer,)) for mailer in mailers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    sent = Counter(envelope.id for mailer in mailers for envelope in mailer.sent)
    assert sent == Counter(planned)
    with database.transaction(authority) as session:
        accepted = select(func.count()).where(Message.state == "accepted")
        assert session.scalars(accepted).one() == 80


@pytest.mark.parametrize("queued", [5, 200])
def test_cost_follows_what_is_sent_and_not_what_is_queued(own_database: Own, send: Send, queued: int) -> None:
    database, authority = own_database
    with database.transaction(authority) as session:
        for _ in range(queued):
            message(session)
    statements: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    send(FakeMailer(), limit=5)
    assert len(statements) < 110
