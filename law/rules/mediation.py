"""Mediation. SEND Regulations 2014, regs 33-42."""

from law import calendar
from law.errors import BadTrigger
from law.facts import Facts
from law.rules import order
from law.rules.shape import Count, NoDate, Outcome, Rule, Worked
from law.rules.work import day

ORDERS = {rule.id: rule.count for rule in order.RULES if rule.needs == (("order_made",),)}


def _as_if_ordered(facts: Facts) -> Outcome:
    """The period of the matching order, from the agreement. Reg 42(2)."""
    matching = ORDERS.get(str(facts["as_if_order"]))
    start = day(facts, "agreement_date")
    if isinstance(matching, Count):
        return Outcome(calendar.METHODS[matching.method](start, matching.number), "agreement_date")
    if isinstance(matching, Worked):
        due = matching.work({**facts, "order_made": start}).due
        return Outcome(due, "agreement_date")
    raise BadTrigger("as_if_order", f"'as_if_order' must be the id of an order rule, not {facts['as_if_order']!r}.")


def _five_working_days_before(facts: Facts) -> Outcome:
    return Outcome(calendar.workdays_before(day(facts, "mediation_date"), 5), "mediation_date")


RULES = (
    Rule(
        id="mediation.contact",
        title="Last day to ask about mediation",
        needs=(("decision_sent",),),
        count=Count("months_after", 2),
        owed_by="family",
        owed_to=("mediation_adviser",),
        citation="SEND Regulations 2014, reg 33",
        mark="A",
        duty="The family must contact the mediation adviser before appealing.",
        family="If you want to appeal, you must first talk to the mediation adviser.",
        note="August and Christmas change nothing. Not needed where the only issue is Section I.",
    ),
    Rule(
        id="mediation.certificate_no_mediation",
        title="Certificate where there is no mediation",
        needs=(("family_told_adviser_no_mediation",),),
        count=Count("workdays_after", 3),
        owed_by="mediation_adviser",
        owed_to=("family",),
        citation="SEND Regulations 2014, reg 34",
        mark="B",
        duty="The mediation adviser must issue a certificate.",
        family="The mediation adviser must send you a certificate.",
    ),
    Rule(
        id="mediation.notify_commissioner",
        title="Telling health about mediation",
        needs=(("family_told_la_health_issue",),),
        count=Count("workdays_after", 3),
        owed_by="authority",
        owed_to=("health",),
        citation="SEND Regulations 2014, reg 35",
        mark="B",
        duty="The authority must tell each commissioner of the issues and the health provision wanted.",
        family="The council must tell the NHS what the problem is and what help you want.",
    ),
    Rule(
        id="mediation.arrange",
        title="Mediation arranged",
        needs=(("family_told_la_wants_mediation",),),
        count=Count("days", 30),
        owed_by="authority",
        owed_to=("family",),
        citation="SEND Regulations 2014, reg 36",
        mark="B",
        duty="The authority must arrange mediation.",
        family="The council must set up the mediation.",
        note="Health only: the commissioner arranges it, within 30 days of being told by the authority.",
    ),
    Rule(
        id="mediation.inform_details",
        title="Date and place of the mediation",
        needs=(("mediation_date",),),
        count=Worked(
            _five_working_days_before,
            "The date is 5 working days before the mediation, which is the least the rule allows.",
            "This must happen at least 5 working days before that day.",
        ),
        owed_by="authority",
        owed_to=("family",),
        citation="SEND Regulations 2014, reg 38",
        mark="K",
        duty="The authority or the commissioner must tell the family the date and place.",
        family="You must be told where and when the mediation is.",
    ),
    Rule(
        id="mediation.deemed_certificate",
        title="Certificate where mediation cannot be arranged",
        needs=(("la_told_adviser_cannot_arrange",),),
        count=Count("workdays_after", 3),
        owed_by="mediation_adviser",
        owed_to=("family",),
        citation="SEND Regulations 2014, reg 39",
        mark="B",
        duty="The mediation adviser must issue a certificate.",
        family="The mediation adviser must send you a certificate.",
        note="The authority must tell the adviser as soon as it realises.",
    ),
    Rule(
        id="mediation.certificate_after",
        title="Certificate after mediation",
        needs=(("mediation_concluded",),),
        count=Count("workdays_after", 3),
        owed_by="mediation_adviser",
        owed_to=("family",),
        citation="SEND Regulations 2014, reg 39",
        mark="B",
        duty="The mediation adviser must issue a certificate.",
        family="The mediation adviser must send you a certificate.",
    ),
    Rule(
        id="mediation.attend",
        title="Who comes to the mediation",
        needs=(("mediation_date",),),
        count=NoDate("No period runs: it is a duty on the day.", "This is for the day itself."),
        owed_by="authority",
        owed_to=("family",),
        citation="SEND Regulations 2014, reg 38",
        mark="B",
        duty="The authority, and the commissioner where health is in issue, must send someone with authority to "
        "settle.",
        family="The council must send someone who can say yes.",
    ),
    Rule(
        id="mediation.comply_appealable",
        title="Carrying out an agreement the tribunal could have ordered",
        needs=(("agreement_date", "as_if_order"),),
        replaced_by=("agreed_date_in_writing",),
        count=Worked(
            _as_if_ordered,
            "The period is that of the matching tribunal order, counted from the agreement.",
            "The time is the same as if the tribunal had ordered it.",
        ),
        owed_by="authority",
        owed_to=("family",),
        citation="SEND Regulations 2014, reg 42(2) and 42(5)",
        mark="A",
        duty="The authority must do what was agreed.",
        family="The council must do what was agreed.",
    ),
    Rule(
        id="mediation.comply_other",
        title="Carrying out any other agreement",
        needs=(("agreement_date",),),
        replaced_by=("agreed_date_in_writing",),
        count=Count("weeks", 2),
        owed_by="authority",
        owed_to=("family",),
        citation="SEND Regulations 2014, reg 42(3) and 42(5)",
        mark="A",
        duty="The authority or the commissioner must do what was agreed.",
        family="The council or the NHS must do what was agreed.",
    ),
    Rule(
        id="mediation.commissioner_notify_la",
        title="Health tells the authority of an agreement",
        needs=(("agreement_date",),),
        count=Count("weeks", 1),
        owed_by="health",
        owed_to=("authority",),
        citation="SEND Regulations 2014, reg 42(4)",
        mark="A",
        duty="If the authority was not a party, the commissioner must tell it what was agreed.",
        family="If the council was not there, the NHS must tell it what was agreed.",
        note="A date agreed in writing does not replace this one.",
    ),
)
