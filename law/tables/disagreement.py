"""Disagreeing with a decision: talking, mediation, appeal. Regs 32-42; HESC Rules 2008, rr.20-21.

It takes over the family's two time limits from the process that made the decision: only here is the mediation
certificate known, which can make the time to appeal longer.
"""

from law.tables.mediating import AGREED, BY_MEDIATION, EITHER, MEDIATION
from law.tables.parts import APPEAL
from law.tables.shape import COUNCIL, DECIDERS, Process, Role, Transition, at

EVERYTHING = ("appeal.lodge", "appeal.la_response", *MEDIATION, *AGREED)
RECEIVERS: tuple[Role, ...] = (*COUNCIL, "system")
TALKING = ("raised", "advised")
BEFORE_APPEAL = (*TALKING, "asked", "arranged", "mediated", "certificate_due", "certified")

TRANSITIONS = (
    Transition(
        "not_started",
        "raise_disagreement",
        "raised",
        (*EITHER, "system"),
        "The family said that it does not agree with a decision",
        records=("decision_sent",),
        starts=APPEAL,
        takes=APPEAL,
    ),
    Transition(
        "raised",
        "offer_resolution",
        "raised",
        COUNCIL,
        "Talks with a manager, or the disagreement resolution service, were offered; the time to appeal runs on",
    ),
    *BY_MEDIATION,
    *at(
        TALKING,
        "settle_by_talking",
        "settled",
        COUNCIL,
        "The family and the authority agreed without mediation",
        voids=APPEAL,
        notices=("agreement_family",),
    ),
    # Where only the setting is in issue no certificate is needed; and an agreement may leave other things open.
    Transition(
        "not_started",
        "receive_appeal",
        "appealed",
        RECEIVERS,
        "The tribunal sent the authority the family's appeal, which needed no mediation certificate",
        records=("decision_sent", "appeal_received_by_la"),
        starts=("appeal.la_response",),
        meets=APPEAL,
        takes=APPEAL,
    ),
    *at(
        (*BEFORE_APPEAL, "agreed"),
        "receive_appeal",
        "appealed",
        RECEIVERS,
        "The tribunal sent the authority the family's appeal",
        records=("appeal_received_by_la",),
        starts=("appeal.la_response",),
        meets=("appeal.lodge",),
        voids=(*MEDIATION, *AGREED),
    ),
    *at(
        BEFORE_APPEAL,
        "let_time_pass",
        "not_appealed",
        RECEIVERS,
        "The time to appeal passed without an appeal",
        voids=EVERYTHING,
    ),
    Transition(
        "appealed",
        "record_directed_date",
        "appealed",
        RECEIVERS,
        "The tribunal's own date for the response was recorded",
        records=("tribunal_directed_date",),
    ),
    Transition(
        "appealed",
        "send_response",
        "responded",
        COUNCIL,
        "The authority sent its response to the tribunal and the family",
        meets=("appeal.la_response",),
        notices=("appeal_response",),
    ),
    Transition(
        "appealed",
        "concede",
        "conceded",
        DECIDERS,
        "The authority told the tribunal and the family that it does not oppose the appeal",
        records=("la_notified_tribunal",),
        voids=("appeal.la_response",),
        notices=("appeal_not_opposed",),
        opens=("order",),
    ),
    *at(
        ("appealed", "responded"),
        "learn_appeal_was_withdrawn",
        "withdrawn",
        RECEIVERS,
        "The family withdrew its appeal, or the tribunal struck it out",
        voids=("appeal.la_response",),
    ),
    *at(
        ("appealed", "responded"),
        "receive_order",
        "ordered",
        RECEIVERS,
        "The tribunal made its order",
        voids=("appeal.la_response",),
        opens=("order",),
    ),
    # An appeal against ending a plan is the other case: its dismissal is an order to be carried out.
    Transition(
        "responded",
        "receive_dismissal",
        "dismissed",
        RECEIVERS,
        "The tribunal dismissed the appeal, and the decision stands",
    ),
    *at(
        (*BEFORE_APPEAL, "agreed", "appealed", "responded"),
        "close",
        "closed",
        ("manager", "system"),
        "The disagreement was closed because the plan ended or moved to another authority",
        voids=EVERYTHING,
    ),
)

DISAGREEMENT = Process(
    name="disagreement",
    title="Disagreement, mediation and appeal",
    stages={
        "not_started": "Not started",
        "raised": "Disagreement raised",
        "advised": "Mediation adviser contacted",
        "asked": "Mediation asked for",
        "arranged": "Mediation arranged",
        "mediated": "Mediation held",
        "certificate_due": "Certificate due",
        "certified": "Certificate issued",
        "agreed": "Agreed in mediation",
        "appealed": "Appealed",
        "responded": "Response sent",
        "settled": "Settled",
        "not_appealed": "No appeal",
        "conceded": "Conceded",
        "withdrawn": "Appeal withdrawn",
        "ordered": "Order made",
        "dismissed": "Appeal dismissed",
        "closed": "Closed",
    },
    start="not_started",
    ends=("settled", "not_appealed", "conceded", "withdrawn", "ordered", "dismissed", "closed"),
    transitions=TRANSITIONS,
)
