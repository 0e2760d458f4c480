"""The invented council: its settings, its schools, and the people who work there."""

HOSTS = ("localhost", "127.0.0.1", "[::1]")
SLUG, NAME = "hartwell", "Hartwell Council"

SETTINGS = {
    "colour": "#14484c",
    "contact_phone": "01632 960 100",
    "contact_email": "plans@hartwell.example",
    "contact_address": "The Made-up Building, 1 Invented Street, Hartwell HW1 1AA",
    "contact_hours": "Monday to Friday, 9am to 5pm",
    "contact_line": "Call us on 01632 960 100 or write to plans@hartwell.example.",
    "officer": {"name": "The EHC team", "phone": "01632 960 101", "email": "plans@hartwell.example"},
    "mediation": {"name": "Meadow Mediation", "phone": "01632 960 102", "email": "hello@meadow.example"},
    "sendiass_name": "Hartwell SENDIASS",
    "sendiass_phone": "01632 960 103",
    "sendiass_email": "ask@sendiass.example",
    "dpo_email": "privacy@hartwell.example",
    "sendiass": {"name": "Hartwell SENDIASS", "phone": "01632 960 103", "email": "ask@sendiass.example"},
    "disagreement": {"name": "Hartwell Resolution Service", "phone": "01632 960 104"},
    "local_offer_url": "https://offer.hartwell.example",
    "childrens_services_name": "Hartwell children's services",
    "childrens_services_phone": "01632 960 105",
    "out_of_hours_phone": "01632 960 106",
    "adult_social_care_phone": "01632 960 107",
    "bodies": {
        "health": {"name": "Hartwell Integrated Care Board", "email": "ehc@health.example"},
        "social_care": {"name": "Hartwell social care", "email": "ehc@care.example"},
    },
}

SCHOOLS = (
    ("Acorns Nursery", "early_years", "900001"),
    ("Bramble Hill Primary School", "school", "900002"),
    ("Copper Beech Junior School", "school", "900003"),
    ("Dragonfly Academy", "school", "900004"),
    ("Hartwell College", "post_16", "900005"),
)

STAFF = (
    ("Casey Worker", "casey.worker@hartwell.example", "caseworker"),
    ("Morgan Caseload", "morgan.caseload@hartwell.example", "caseworker"),
    ("Dara Decider", "dara.decider@hartwell.example", "decider"),
    ("Max Manager", "max.manager@hartwell.example", "manager"),
)

SENCOS = (
    ("Nell Nurture", "nell@acorns.example", "senco", "Acorns Nursery"),
    ("Sam Senco", "sam@bramblehill.example", "senco", "Bramble Hill Primary School"),
    ("Heddy Head", "heddy@bramblehill.example", "head", "Bramble Hill Primary School"),
    ("Sol Support", "sol@copperbeech.example", "senco", "Copper Beech Junior School"),
    ("Ada Access", "ada@dragonfly.example", "senco", "Dragonfly Academy"),
    ("Cole Learning", "cole@hartwellcollege.example", "senco", "Hartwell College"),
)

PARENTS = (
    ("Pat Pretend", "pat.pretend@family.example"),
    ("Lou Pretend", "lou.pretend@family.example"),
    ("Fran Fictional", "fran.fictional@family.example"),
    ("Immy Imagined", "immy.imagined@family.example"),
    ("Zara Storybook", "zara.storybook@family.example"),
)
