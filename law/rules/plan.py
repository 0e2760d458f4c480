"""Deciding on, drafting and finishing a plan. SEND Regulations 2014, regs 10 and 13."""

from law.rules.assess import AT_ONCE
from law.rules.shape import FOUR_CIRCUMSTANCES, REQUEST_OR_RESPONSIBLE, Count, NoDate, Rule

RULES = (
    Rule(
        id="plan.decide_not_to_issue",
        title="Notice that no plan will be made",
        needs=REQUEST_OR_RESPONSIBLE,
        count=Count("weeks", 16),
        owed_by="authority",
        owed_to=("family", "health", "setting"),
        citation="Children and Families Act 2014, s.36(9); SEND Regulations 2014, reg 10(1)-(3)",
        mark="A",
        exceptions=FOUR_CIRCUMSTANCES,
        duty="If no plan is to be made, the authority must notify that, with its reasons.",
        family="If the council will not make a plan, it must tell you and say why.",
        note="From the request, never from the decision to assess. Social services need not be told. "
        "Appealable: "
        "s.51(2)(b).",
    ),
    Rule(
        id="plan.issue_draft",
        title="Draft plan",
        needs=REQUEST_OR_RESPONSIBLE,
        count=Count("weeks", 16),
        owed_by="authority",
        owed_to=("family",),
        citation="SEND Code of Practice 2015, chapter 9 timetable",
        mark="B",
        standing="internal",
        duty="The authority aims to send the draft plan. The law itself sets no date for the draft.",
        family="The council should send you a draft of the plan.",
        note="It must leave the family 15 days, and time to consult, before week 20. Section I stays blank "
        "in a draft.",
    ),
    Rule(
        id="plan.draft_representations",
        title="The family's time to comment on the draft plan",
        needs=(("draft_served",),),
        count=Count("days_from", 15),
        owed_by="authority",
        owed_to=("family",),
        citation="SEND Regulations 2014, reg 13(1)",
        mark="A",
        bearing="allowed",
        duty="The authority must give the family at least this long to comment, name a setting and ask for "
        "a meeting.",
        family="You can say what you think of the draft, ask for a school or college, and ask for a meeting.",
        note="The earliest safe day for the final plan is the day after. Sooner needs the family's clear "
        "written "
        "agreement; a longer period may be given.",
    ),
    Rule(
        id="plan.meeting",
        title="Meeting about the draft plan",
        needs=(("meeting_requested",),),
        count=NoDate(
            "The law gives no number of days: hold it before the plan is finalised.",
            "The law gives no number of days. It must happen before the plan is finished.",
        ),
        owed_by="authority",
        owed_to=("family",),
        citation="SEND Regulations 2014, reg 13(1)(a)(ii)",
        mark="A",
        duty="An officer of the authority must meet the family about the draft.",
        family="Someone from the council must meet you to talk about the draft.",
    ),
    Rule(
        id="consult.setting",
        title="Reply from a setting that was consulted",
        needs=(("consultation_sent",),),
        count=Count("days", 15),
        owed_by="setting",
        owed_to=("authority",),
        citation="SEND Code of Practice 2015, 9.83",
        mark="B",
        standing="guidance",
        duty="The setting should reply to the authority.",
        family="The school or college should answer the council.",
        note="Silence does not stop the authority deciding. The duty to consult is in ss.39(2) and 40(2).",
    ),
    Rule(
        id="plan.finalise",
        title="Final plan",
        needs=REQUEST_OR_RESPONSIBLE,
        count=Count("weeks", 20),
        owed_by="authority",
        owed_to=("family", "setting", "health"),
        citation="SEND Regulations 2014, reg 13(2)",
        mark="A",
        exceptions=FOUR_CIRCUMSTANCES,
        duty="The authority must send the finalised plan.",
        family="If there is to be a plan, the council must send you the final one.",
        note="Exceptions: reg 13(3). Late advice, a late draft or a late reply from a school do not move it. "
        "Sections B, F and I are appealable: s.51(2)(c).",
    ),
    Rule(
        id="plan.admit",
        title="Admission to the setting named",
        needs=(("final_issued",),),
        count=AT_ONCE,
        owed_by="setting",
        owed_to=("family",),
        citation="Children and Families Act 2014, s.43",
        mark="K",
        duty="The setting named in the plan must admit the child or young person.",
        family="The school or college named in the plan must give a place.",
        note="Settings listed in s.43(2) only; not wholly independent settings.",
    ),
    Rule(
        id="plan.secure",
        title="Provision in the plan",
        needs=(("final_issued",),),
        count=NoDate(
            "The law gives no number of days: at once, and for as long as the plan is maintained.",
            "The law gives no number of days. The help must start straight away and go on.",
        ),
        owed_by="authority",
        owed_to=("family",),
        citation="Children and Families Act 2014, s.42",
        mark="K",
        duty="The authority must secure the provision in Section F; the health commissioner, that in "
        "Section G.",
        family="The council must make sure the help in the plan happens.",
        note="No phasing in. S.42(5): unless the family has made suitable alternative arrangements.",
    ),
)
