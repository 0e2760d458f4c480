"""A letter to a council whose day has passed: ready to print, with blanks for names that are never typed here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from law.explain import Translate, explain, say_date
from law.rules.shape import Rule
from web.dates.answers import Line

Say = Callable[..., str]
BLANK = "________________________"
STANDING = {
    "statutory": "The time limit is set by law: {citation}.",
    "guidance": "This is in guidance that a council must have regard to: {citation}.",
    "internal": "This is the usual timetable: {citation}.",
}
FROM = ("My name: {blank}", "My address: {blank}")
ABOUT = ("Name of the child or young person: {blank}", "Date of birth: {blank}")


@dataclass(frozen=True)
class Letter:
    """A letter in parts: who from, who to, the day, what about, what it says, the end."""

    sender: list[str]
    to: str
    on: str
    about: list[str]
    subject: str
    words: list[str]
    end: list[str]

    @property
    def text(self) -> str:
        """The whole letter as plain text, to copy into an email."""
        parts = ["\n".join(self.sender), self.to, self.on, "\n".join(self.about), self.subject, *self.words]
        return "\n\n".join((*parts, "\n".join(self.end)))


def late_letter(line: Line, council: str, today: date, translate: Translate) -> Letter:
    """The letter about one date that has passed.

    council: the name of this service's council, which is the addressee unless the duty is another council's.
    """
    assert line.due and line.on
    rule, said = line.rule, explain(line.due, "professional", translate)
    day = say_date(line.on, translate)

    def say(words: str, **values: object) -> str:
        return translate(words).format(**values)

    return Letter(
        sender=[say(each, blank=BLANK) for each in FROM],
        to=say("To: {council}", council=BLANK if rule.owed_by == "old_authority" else council),
        on=say_date(today, translate),
        about=[say(each, blank=BLANK) for each in ABOUT],
        subject=say("{title}: the last day was {day}", title=translate(rule.title), day=day),
        words=[
            say("Dear sir or madam,"),
            say("I am writing about a date that has passed."),
            f"{said.happened} {said.duty} {say('The last day was {day}.', day=day)}",
            say(STANDING[rule.standing], citation=rule.citation),
            say("I have not had this." if "family" in rule.owed_to else "I have not been told that this was done."),
            *_exceptions(rule, say),
            say("Please do this now. Please also write to me within 7 days to tell me:"),
            say("1. the day on which it will be done;"),
            say("2. why it is late;"),
            say("3. what help will be given until it is done."),
            say(
                "If I do not hear from you, I will use your complaints procedure. After that I may go to the Local "
                "Government and Social Care Ombudsman."
            ),
        ],
        end=[say("Yours faithfully,"), "", say("Signed: {blank}", blank=BLANK)],
    )


def _exceptions(rule: Rule, say: Say) -> list[str]:
    if not rule.exceptions:
        return []
    return [
        say(
            "The law lists a few reasons for which this time limit may not apply. If you rely on one of them, please "
            "tell me which, and why it made it impractical to keep to the limit. Even then it must be done as soon as "
            "practicable."
        )
    ]
