"""What can go wrong in an act, as types with their facts. `web.errors` turns each into a page."""

from sqlalchemy.exc import IntegrityError


class WorkflowError(Exception):
    """An act that was not done. `sentence` says what to do, in plain words."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotFound(WorkflowError):
    """There is no such thing, or this person may not see it: the two look alike on purpose."""

    def __init__(self) -> None:
        super().__init__("We cannot find that page.")


class NotPermitted(WorkflowError):
    """The person may see the thing but not do this to it."""


class Refused(WorkflowError):
    """Something in what was asked is missing or wrong. `field` names what to mend."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class TooMany(WorkflowError):
    """Tried too often. `wait_seconds` says how long to wait."""

    def __init__(self, sentence: str, wait_seconds: int) -> None:
        super().__init__(sentence)
        self.wait_seconds = wait_seconds


class AlreadyDone(WorkflowError):
    """Somebody else did it first, or the thing has moved on since the page was opened."""


SENTENCES = {
    "uq_setting_authority_id_name": "There is already a setting with this name.",
    "uq_account_authority_id_kind_email": "There is already an account with this email address.",
    "uq_plan_authority_id_case_id_made_on": "This plan is already here.",
    "ck_post_setting_roles_have_a_setting": "Choose the setting for this role.",
    "uq_submission_authority_id_create_token": "This form was already begun. Open it from your home page.",
}


def sentence_for(error: IntegrityError) -> str:
    """Plain words for a constraint that refused, so that a race ends in a sentence and not in a trace."""
    name = getattr(getattr(error.orig, "diag", None), "constraint_name", None) or ""
    return SENTENCES.get(name, "Somebody changed this at the same moment. Open it again and try once more.")
