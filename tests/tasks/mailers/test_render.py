"""What a mail says: the council, the kind of thing, the date, and nothing about anybody."""

from collections.abc import Callable
from datetime import date

import pytest
from jinja2 import UndefinedError

from tasks.mailers.render import TEMPLATES, write
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


def test_a_late_mail_to_a_family_says_that_we_are_late(envelope: Make) -> None:
    words = words_for("assess.decide", "family", 1, 0)
    written = write(envelope(words=words, today=date(2027, 6, 4)), URL)
    assert written.subject == "We are late with our decision, which was due by 3 June 2027"


def test_a_code_mail_carries_the_code_and_no_link(envelope: Make) -> None:
    written = write(envelope(template="code", words={"code": "123456"}, about_on=None), URL)
    assert "123456" in written.text
    assert "123456" not in written.subject
    assert "/go/" not in written.text + written.html


@pytest.mark.parametrize(
    "template", ["considering", "decision", "information_asked", "invitation", "overdue_staff", "reminder"]
)
def test_every_template_can_be_written_with_what_its_planner_gives(envelope: Make, template: str) -> None:
    words = {"kind": "Decision whether to assess"} if template in ("overdue_staff", "reminder") else {}
    written = write(envelope(template=template, words=words), URL)
    assert written.subject
    assert "/go/" in written.text


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
