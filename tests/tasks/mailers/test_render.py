"""What a mail says: the council, the kind of thing, the date, and nothing about anybody."""

from collections.abc import Callable
from datetime import date

import pytest
from jinja2 import UndefinedError

from tasks.mailers.render import TEMPLATES, Written, write
from workflow.outbox.post import Envelope
from workflow.reminders import policy
from workflow.reminders.wording import words_for

Make = Callable[..., Envelope]
URL = "https://hartwell.example/"


def test_m1_a_reminder_says_what_kind_of_thing_and_by_when(envelope: Make) -> None:
    written = write(envelope(), URL)
    assert written.subject == "A review meeting is due by 3 June 2027"
    assert "Hartwell Council" in written.text
    assert "Telephone 01632 960000." in written.html


def test_m3_the_link_is_built_from_the_configured_address_and_a_code(envelope: Make) -> None:
    written = write(envelope(), URL)
    assert "https://hartwell.example/go/abcdefghijklmnopqrstuv" in written.text
    assert written.html.count("https://") == written.html.count("https://hartwell.example/go/")


def test_r16_a_reminder_is_worded_for_the_day_it_goes(envelope: Make) -> None:
    late = write(envelope(today=date(2027, 6, 4)), URL)
    assert "The date was 3 June 2027" in late.subject


def late(envelope: Make, rule: str = "assess.decide", **changes: object) -> Written:
    """What a family is sent on the day after a date that the council has missed."""
    stage = policy.Stage("family", 1, date(2027, 6, 4))
    words = words_for(rule, "family", 1, 0)
    return write(envelope(template=stage.template, words=words, today=stage.day, **changes), URL)


def test_a_late_mail_tells_the_family_the_date_and_that_the_council_is_late_and_not_they(envelope: Make) -> None:
    written = late(envelope)
    assert written.subject == "We are late. The date was 3 June 2027"
    for body in (written.text, written.html):
        assert "We should have told you our decision by 3 June 2027. That day has passed" in body
        assert "We are late. You are not, and you have done nothing wrong." in body


@pytest.mark.parametrize("rule", ["assess.decide", "plan.decide_not_to_issue", "plan.finalise", "review.annual"])
def test_a_late_mail_says_what_the_family_can_do_and_whom_to_ask(envelope: Make, rule: str) -> None:
    written = late(envelope, rule)
    for body in (written.text, written.html):
        assert "Ask us why we are late" in body
        assert "people who do not work for us: Hartwell SENDIASS, 01632 960103." in body
        assert "Telephone 01632 960000." in body and "/go/" in body


def test_a_late_mail_asks_nothing_of_the_family_that_is_not_theirs_to_do(envelope: Make) -> None:
    written = late(envelope)
    assert "You can still do it" not in written.text
    assert "If you have done it already" not in written.text


def test_a_late_mail_without_a_named_service_still_points_to_free_advice(envelope: Make) -> None:
    written = late(envelope, advice="")
    assert "Every area has a service for families. Ask us how to reach yours." in written.text


def test_a_mail_without_a_line_to_reach_the_council_leaves_no_gap(envelope: Make) -> None:
    written = write(envelope(contact_line=""), URL)
    assert "\n\n\n" not in written.text
    assert '<p style="margin:0 0 16px"></p>' not in written.html


@pytest.mark.parametrize(("others", "said"), [(1, "There is 1 more date to see"), (2, "There are 2 more dates to see")])
def test_a_reminder_that_stands_for_others_says_how_many(envelope: Make, others: int, said: str) -> None:
    for audience, offset in (("caseworker", 1), ("family", -5), ("family", 1)):
        words = words_for("assess.decide", audience, offset, others)
        written = write(envelope(template=policy.Stage(audience, offset, date(2027, 1, 1)).template, words=words), URL)
        assert said in written.text and said in written.html


def test_a_reminder_that_stands_for_itself_alone_counts_nothing(envelope: Make) -> None:
    written = write(envelope(words=words_for("review.annual", "family", -28, 0)), URL)
    assert "more date" not in written.text


def test_a_body_without_a_page_here_is_told_of_a_letter_and_given_no_link(envelope: Make) -> None:
    written = write(envelope(template="by_post", words={}), URL)
    assert "on its way to you by post" in written.subject
    assert "/go/" not in written.text + written.html
    assert "ign in" not in written.text + written.html


def test_a_code_mail_carries_the_code_and_no_link(envelope: Make) -> None:
    written = write(envelope(template="code", words={"code": "123456"}, about_on=None), URL)
    assert "123456" in written.text
    assert "123456" not in written.subject
    assert "/go/" not in written.text + written.html


@pytest.mark.parametrize(
    "template",
    [
        "cases_given",
        "considering",
        "decision",
        "file_refused",
        "information_asked",
        "invitation",
        "late",
        "new_caseworker",
        "overdue_staff",
        "read_child",
        "reminder",
        "talk",
    ],
)
def test_every_template_can_be_written_with_what_its_planner_gives(envelope: Make, template: str) -> None:
    words = {"kind": "Decision whether to assess"} if template in ("late", "overdue_staff", "reminder") else {}
    written = write(envelope(template=template, words=words), URL)
    assert written.subject
    assert "/go/" in written.text


def test_a_question_for_information_says_what_is_asked_for(envelope: Make) -> None:
    asked = {"kind": "More information is asked for"}
    assert write(envelope(template="information_asked", words=asked), URL).subject == (
        "More information is asked for by 3 June 2027"
    )


def test_m2_no_mail_fetches_anything() -> None:
    for page in (TEMPLATES / "email").glob("*.html"):
        assert not {"<img", "src=", "<script", "<link", "url("} & set(page.read_text().split())
        assert "<img" not in page.read_text()


def test_every_stage_of_the_policy_has_its_template() -> None:
    wanted = {
        policy.Stage(audience, offset, date(2027, 1, 1)).template
        for rule in policy.BY_RULE
        for audience, offsets in policy.lines_for(rule, {}).items()
        for offset in offsets
    }
    assert {name for name in wanted if (TEMPLATES / "email" / f"{name}.txt").exists()} == wanted


def test_user_text_cannot_become_markup(envelope: Make) -> None:
    written = write(envelope(words={"kind": "A review is due", "label": "<b>x</b>"}), URL)
    assert "<b>x</b>" not in written.html


def test_a_mail_with_a_hole_in_it_is_not_written(envelope: Make) -> None:
    with pytest.raises(UndefinedError):
        write(envelope(template="code", words={}), URL)
