"""A question about an answer, over the pages: asked, told in one mail however many there are, found and answered."""

import re
import uuid
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from models.outbox import Message
from tests.web.conftest import PageClient
from tests.web.writing.conftest import Desk
from tests.web.writing.test_remarks import at, read, say, written
from tests.web.writing.test_together import parent, views

__all__ = ["parent", "views", "written"]


def test_a_question_is_asked_answered_and_told(parent: Desk, written: Desk, app: Any, authority_id: uuid.UUID) -> None:
    say(written, "question", "Is it the same at home?", asked=str(parent.who.person_id))
    home = parent.client.get("/home").text
    assert "Somebody asked you something" in home
    link = re.search(r"/remarks/[0-9a-f-]{36}", home)
    assert link and link[0] in parent.client.get(f"/forms/{parent.form_id}").text
    page = parent.client.get(link[0]).text
    assert "A question for you" in page and "Is it the same at home?" in page and "Noise is hard." in page
    empty = parent.client.submit(link[0], {"do": "answer", "words": " "})
    assert empty.status_code == 422 and "Write your answer." in empty.text
    assert parent.client.submit(link[0], {"do": "answer", "words": "Yes, at tea."}).location == at(parent, "said")
    assert "Somebody asked you something" not in parent.client.get("/home").text
    assert "Yes, at tea." in read(written)
    with app.database.transaction(authority_id) as session:
        told = {
            each.template: each.person_id for each in session.scalars(select(Message)) if "question" in each.template
        }
    assert told == {"question": parent.who.person_id, "question_answered": written.who.person_id}


def test_a_mails_link_opens_the_question_after_sign_in_and_for_nobody_else(
    parent: Desk, written: Desk, app: Any, authority_id: uuid.UUID, client_for: Callable[..., PageClient], somebody: Any
) -> None:
    say(written, "question", "Is it the same at home?", asked=str(parent.who.person_id))
    with app.database.transaction(authority_id) as session:
        code = session.scalars(select(Message.link_code).where(Message.template == "question")).one()
    target = parent.client.get(f"/go/{code}").location
    assert "/remarks/" in parent.client.get(target).location
    assert client_for(None).get(f"/go/{code}").location == "/sign-in/which"
    assert client_for(None).get(target).location == "/sign-in"
    assert client_for(somebody("family")).get(target).status_code == 404


def test_the_school_is_asked_on_its_home_page(parent: Desk, written: Desk) -> None:
    say(parent, "question", "Is it every day?", asked=str(written.who.person_id))
    home = written.client.get("/school/").text
    assert "Somebody asked you something" in home and "/remarks/" in home


def test_the_one_mail_of_several_questions_leads_to_all_of_them(
    parent: Desk, written: Desk, app: Any, authority_id: uuid.UUID
) -> None:
    for path in ("na_ci_hard", "na_cl_hard"):
        say(written, "question", "Is it the same at home?", path, asked=str(parent.who.person_id))
    with app.database.transaction(authority_id) as session:
        code = session.scalars(select(Message.link_code).where(Message.template == "question")).one()
    html = parent.client.get(parent.client.get(f"/go/{code}").location).text
    found = set(re.findall(r"/remarks/[0-9a-f-]{36}", html))
    assert len(found) == 2 and "Somebody asked you about these answers" in html
    for link in sorted(found):
        parent.client.submit(link, {"do": "answer", "words": "Yes."})
    asker = written.client.get(f"/forms/{written.form_id}/questions").text
    assert "You asked about these" in asker and asker.count("/remarks/") == 2
    assert "No question waits" in parent.client.get(f"/forms/{parent.form_id}/questions").text
