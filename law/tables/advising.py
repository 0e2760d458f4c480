"""One request for advice, from asking to the reply: a row of its own with a small table. SEND Regulations 2014, reg 6.

The acts are done within an assessment, each naming its request: `advising` gives their lines in the assessment's table.
"""

from law.tables.shape import COUNCIL, FAMILY, SCHOOL, Process, Role, Transition, at

REPLIES = ("advice.respond", "advice.respond_setting")
RECEIVED = ("advice_request_received_by_body",)
WAITING = ("asked", "with_them", "late")
OPEN = (*WAITING, "agreeing")
WHOEVER_REPLIES: tuple[Role, ...] = ("adviser", *SCHOOL, *COUNCIL)
SYSTEM: Role = "system"

_TRANSITIONS = (
    Transition(
        "not_started",
        "name_adviser",
        "wanted",
        (*FAMILY, *COUNCIL),
        "The family asked that somebody else be asked for advice (reg 6(1)(h))",
    ),
    Transition(
        "wanted",
        "decline_adviser",
        "declined",
        ("caseworker", "decider", "manager"),
        "The authority decided that the family's request to ask somebody was not reasonable, and said why",
    ),
    *at(
        ("not_started", "wanted", "agreeing"),
        "request_advice",
        "asked",
        COUNCIL,
        "Advice was asked for",
        records=("advice_request_sent",),
        notices=("advice_request",),
    ),
    *(
        line
        for act, rule, who in (
            ("record_reached_body", "advice.respond", "a health body or another authority"),
            ("record_reached_adviser", "advice.respond_setting", "a setting, an own service or another adviser"),
        )
        for line in (
            Transition(
                "asked",
                act,
                "with_them",
                (*COUNCIL, SYSTEM),
                f"The request reached {who}, and the six weeks began",
                records=RECEIVED,
                starts=(rule,),
            ),
            *at(
                ("with_them", "late", "agreeing"),
                act,
                None,
                (*COUNCIL, SYSTEM),
                f"The request reached {who}, and the six weeks began",
                records=RECEIVED,
                starts=(rule,),
            ),
        )
    ),
    *at(
        ("asked", "with_them", "late"),
        "say_advice_is_late",
        "late",
        WHOEVER_REPLIES,
        "The adviser said that the advice will be late, why, and when it comes",
    ),
    *at(
        (*OPEN, "nil"),
        "receive_advice",
        "replied",
        WHOEVER_REPLIES,
        "The advice was received",
        meets=REPLIES,
    ),
    *at(
        OPEN,
        "receive_nil_reply",
        "nil",
        WHOEVER_REPLIES,
        "The adviser replied that the child is not known to them; it is no advice about needs",
        meets=REPLIES,
    ),
    *at(
        ("not_started", *WAITING),
        "propose_existing_advice",
        "agreeing",
        WHOEVER_REPLIES,
        "It was proposed that advice which is there already is enough (reg 6(4))",
    ),
    Transition(
        "agreeing",
        "agree_existing_advice",
        "agreeing",
        (*WHOEVER_REPLIES, *FAMILY),
        "One of the three agreed that the advice which is there is enough",
    ),
    Transition(
        "agreeing",
        "take_back_agreement",
        "agreeing",
        (*WHOEVER_REPLIES, *FAMILY),
        "One of the three no longer agreed that the advice which is there is enough",
    ),
    Transition(
        "agreeing",
        "settle_existing_advice",
        "enough",
        (SYSTEM,),
        "The adviser, the authority and the family all agreed that the advice which is there is enough (reg 6(4))",
        voids=REPLIES,
    ),
    *at(
        (*OPEN, "nil"),
        "withdraw_advice_request",
        "withdrawn",
        COUNCIL,
        "The request for advice was withdrawn",
        voids=REPLIES,
    ),
)

ADVICE = Process(
    name="advice",
    title="One request for advice",
    stages={
        "not_started": "Not asked",
        "wanted": "The family wants them asked",
        "asked": "Asked",
        "with_them": "With them",
        "late": "Will be late",
        "agreeing": "Is existing advice enough?",
        "replied": "Advice received",
        "nil": "Not known to them",
        "enough": "Existing advice is enough",
        "declined": "Not asked: the request was declined",
        "withdrawn": "Withdrawn",
    },
    start="not_started",
    ends=("replied", "enough", "declined", "withdrawn"),
    transitions=_TRANSITIONS,
)

_CONSULTED = (
    Transition(
        "not_started",
        "consult_setting",
        "consulted",
        COUNCIL,
        "A setting was consulted",
        records=("consultation_sent",),
        starts=("consult.setting",),
        notices=("consult_setting",),
    ),
    Transition(
        "consulted",
        "record_setting_reply",
        "answered",
        (*COUNCIL, *SCHOOL),
        "A setting replied to the consultation",
        meets=("consult.setting",),
    ),
    Transition(
        "consulted",
        "record_consultation_reached",
        "consulted",
        (*COUNCIL, SYSTEM),
        "The day the consultation reached a setting was recorded",
        records=("consultation_sent",),
        starts=("consult.setting",),
    ),
    *at(
        ("consulted", "answered"),
        "tell_consulted",
        "told",
        (*COUNCIL, SYSTEM),
        "A setting that was consulted was told whether the final plan names it",
        voids=("consult.setting",),
        notices=("consult_outcome",),
    ),
    Transition(
        "consulted",
        "withdraw_consultation",
        "withdrawn",
        COUNCIL,
        "A setting was no longer consulted",
        voids=("consult.setting",),
    ),
)

CONSULTATION = Process(
    name="consultation",
    title="One setting that is consulted about a plan",
    stages={
        "not_started": "Not consulted",
        "consulted": "Consulted",
        "answered": "Replied",
        "told": "Told what the plan names",
        "withdrawn": "No longer consulted",
    },
    start="not_started",
    ends=("told", "withdrawn"),
    transitions=_CONSULTED,
)

ROWS = {table.name: table for table in (ADVICE, CONSULTATION)}
"""Rows that have a small table of their own. Their acts are done within a process, which names them in its facts."""

EVERYBODY_ASKED = Transition(
    "",
    "finish_asking",
    "",
    (*COUNCIL, SYSTEM),
    "Everybody whom the law names was asked for advice, or existing advice was agreed to be enough",
    meets=("advice.request",),
)


def advising(stage: str) -> tuple[Transition, ...]:
    """What is done about requests for advice at a stage of an assessment."""
    return tuple(_within(stage, line) for line in _once(ADVICE))


def consulting(stage: str) -> tuple[Transition, ...]:
    """Asking settings whether they could meet a plan, and their replies."""
    return tuple(_within(stage, line) for line in _once(CONSULTATION))


def asking(stage: str) -> tuple[Transition, ...]:
    """The same, and that everybody was asked, while they are being asked."""
    return (*advising(stage), _within(stage, EVERYBODY_ASKED))


def _once(table: Process) -> tuple[Transition, ...]:
    return tuple({line.act: line for line in table.transitions}.values())


def _within(stage: str, line: Transition) -> Transition:
    """The line of a row's act in the table of the process it is done in, whose stage it leaves as it is."""
    return Transition(
        stage,
        line.act,
        stage,
        line.roles,
        line.recorded_words,
        records=line.records,
        starts=line.starts,
        meets=line.meets,
        voids=line.voids,
        notices=line.notices,
    )
