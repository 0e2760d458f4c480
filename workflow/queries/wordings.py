"""Words for what the record, the letters and the messages say of themselves."""

from models.outbox import Message

OTHER_ACTS = {
    "allocate": "The case was given to a caseworker",
    "note": "A note was written",
    "send_view": "Somebody sent what they think",
    "send_new_version": "A new version of a form was sent",
    "join_cases": "Another case about the same child was joined to this one",
    "part_cases": "This case was parted from the one it had been joined to",
    "keep_record": "A record of the council was kept",
    "settle_fact": "It was settled which of two accounts of the child's details stands",
    "agree_to_letters_here": "Somebody agreed to be served letters here",
    "want_letters_by_post": "Somebody asked for every letter by post too",
    "reach_otherwise": "Somebody whom mail did not reach was reached another way",
    "post_letter": "A letter was sent by post",
    "keep_apart": "Another case was looked at, and is about a different child",
    "invite_family": "A parent or carer was invited to take part",
    "invite_adviser": "Somebody who was asked for advice was invited to answer here",
    "chase_advice": "Somebody who was asked for advice was written to again",
    "adviser_asked": "Somebody who was asked for advice asked the council for something",
    "sign_off": "Somebody signed a form that was sent",
    "import_plans": "Plans were brought in",
    "invite_to_form": "Somebody was invited to take part in a form",
    "take_back_invitation": "An invitation was taken back",
    "stop_access": "Somebody was taken off a form",
    "delete_draft": "A draft was deleted",
    "undo": "The act before this was taken back",
    "panel_advised": "A panel advised on whether to assess",
    "key_in": "What came on paper, or was said, was keyed in",
    "declare_conflict": "A conflict of interest was declared, and the case hidden from one person",
    "settle_reading": "It was settled, as the young person wishes, who goes on reading",
    "correct_cohort": "Who moves to the next phase this year was corrected by hand",
    "end_conflict": "A conflict of interest was ended",
    "say_why_late": "The family was told why something is late",
}

NOTES = {
    "reasons": "Reasons",
    "instead": "What happens now instead",
    "asked": "What was asked for",
    "why": "Why",
    "why_late": "Why it is late",
    "how": "How",
    "note": "Note",
    "considered": "What was considered",
    "minutes": "Minutes of the panel",
    "checked": "What was checked",
    "reply": "What they replied",
}

STATES = {
    "queued": "Waiting to go",
    "claimed": "Being sent",
    "handing_over": "Being sent",
    "accepted": "Handed to the mail service",
    "delivered": "Delivered",
    "bounced": "Came back: the address does not work",
    "held": "Held: somebody must look",
    "cancelled": "Not sent",
    "parked": "Could not be written: somebody must look",
}

TEMPLATES = {
    "considering": "Notice that an assessment is being considered",
    "decision": "Notice of a decision",
    "information_asked": "Request for information",
    "reminder": "Reminder",
    "late": "We are late, to the family",
    "by_post": "A letter is on its way by post",
    "overdue_staff": "Overdue, to staff",
    "digest": "Weekly list of dates",
    "invitation": "Invitation to take part",
    "read_child": "A child's own form to read",
    "talk": "A child would like to talk to somebody",
    "question": "Somebody was asked about an answer",
    "question_answered": "A question was answered",
    "suggestion_settled": "Suggested words were looked at",
    "new_caseworker": "There is a new caseworker, to the family",
    "cases_given": "Cases were given to somebody",
    "file_refused": "A paper could not be kept",
    "code": "Sign-in code",
}

# How a reason in the outbox begins, and what it means to whoever must decide.
REASONS = (
    ("valve:", "Far more mail than usual was about to go. Check that it should, then let it go."),
    ("clock:", "The clock jumped, so these were kept back. Check the dates, then let them go."),
    ("unknown:", "The mail service never said whether it took this. Letting it go may send it twice."),
    ("no luck:", "The mail service put it off for three days."),
    ("post:", "There is no email address that works. Send it by post, or ask for an address."),
    ("bounced:", "The address does not work. Ask for a new one, or send it by post."),
    ("put off:", "The mailbox has taken nothing for days. Ask for another address, or send it by post."),
    ("not passed on:", "The mail service could not send this sign-in code. They can ask for a new one."),
    ("refused:", "The mail service refused this message."),
    ("unwritable:", "The message could not be put into words. Tell whoever looks after the service."),
)


def note_title(kind: str) -> str:
    """The heading over words that belong to an act."""
    return NOTES.get(kind, kind.replace("_", " ").capitalize())


def template_words(template: str) -> str:
    """What kind of message a template is."""
    return TEMPLATES.get(template, template.replace("_", " ").capitalize())


def message_words(message: Message) -> str:
    """What became of a message."""
    return STATES[message.state]


def reason_words(message: Message) -> str:
    """Why a message waits for a person, and what to do."""
    reason = message.reason or ""
    for start, words in REASONS:
        if reason.startswith(start):
            return words
    return STATES[message.state]
