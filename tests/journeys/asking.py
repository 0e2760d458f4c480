"""How a request for an assessment comes about, for every journey that needs one."""

from tests.journeys.conftest import Seat, Stack
from tests.journeys.steps import ask_to_take_part, follow_invitation

CHILD = ("Marlow", "Pretend-Story", "5", "3", "2018")


def name_child(seat: Seat, first: str, last: str, day: str, month: str, year: str) -> None:
    """Fill in who the child is, wherever the form asks for it on this page."""
    for field, text in (("ch_first", first), ("ch_last", last), ("ch_known", first)):
        if seat.page.locator(f'[name="{field}"]').count():
            seat.page.locator(f'[name="{field}"]').fill(text)
    if seat.page.locator("#ch_dob-day").count():
        for part, text in (("day", day), ("month", month), ("year", year)):
            seat.page.locator(f"#ch_dob-{part}").fill(text)


def start_request(sam: Seat, child: tuple[str, str, str, str, str] = CHILD) -> str:
    """The SENCO starts a request and fills in what matters. Returns the form's address."""
    sam.be("Sam Senco").press("Start an EHC needs assessment request")
    form = sam.page.url
    sam.follow("About this request")
    sam.page.locator('[name="rq_ask"]').check()
    sam.page.locator('[name="rq_by-name"]').fill("Sam Senco")
    sam.page.locator('[name="rq_why_now"]').fill("The gap has grown since the summer.\nSecond line: ‘curly’ and 🙂.")
    sam.press("Save and continue")
    sam.go(form).follow("The child or young person")
    name_child(sam, *child)
    sam.press("Save and continue")
    sam.go(form).follow("Strengths and needs")
    sam.page.locator('[name="na_ci_hard"]').fill("Reading is two years behind.")
    sam.press("Save and continue")
    sam.go(form).follow("Send", exact=True)
    sam.page.locator('[name="de_name"]').fill("Sam Senco")
    sam.page.locator('[name="de_role"]').select_option("senco")
    sam.press("Save and continue")
    return form


def invite(sam: Seat, form: str, address: str) -> str:
    """Invite the parent. Returns the three words to pass on."""
    sam.go(form).press("Ask the parent to add their voice")
    return ask_to_take_part(sam, address)


def accept_invitation(pat: Seat, stack: Stack, address: str, words: str) -> str:
    """The parent follows the mail, proves the address, says the words. Returns their views form's address."""
    follow_invitation(pat, stack, address, "Pat Testparent", words, (*CHILD[:2], "Bramble Hill"))
    return pat.page.url


def ask_on_a_phone(pat: Seat, child: tuple[str, str, str, str, str] = CHILD) -> None:
    """Only what is needed: who the child is, who asks, how to reach them, what is hard."""
    pat.go("/").follow("Ask for an assessment", first=True).press("Start now")
    form = pat.page.url.split("/page/")[0]
    for page, fill in (
        ("pq_ask", lambda: pat.page.locator('[name="pq_ask"]').check()),
        ("pq_who", lambda: pat.page.locator('[name="pq_who"]').fill("Mum")),
        ("pq_hard", lambda: pat.page.locator('[name="pq_hard"]').fill("Mornings. צהריים. صباح. 🙂")),
    ):
        pat.go(f"{form}/page/{page}")
        fill()
        pat.press("Save and continue")
    for page in ("ch_first", "ch_dob"):
        pat.go(f"{form}/page/{page}")
        name_child(pat, *child)
        pat.press("Save and continue")
    pat.go(f"{form}/page/pr")
    pat.page.locator('input[name$=".name"]:visible').first.fill("Pat Testparent")
    pat.page.locator('input[name$=".phone"]:visible').first.fill("01632 960 999")
    pat.press("Save and continue")
    pat.go(f"{form}/page/de_name").page.locator('[name="de_name"]').fill("Pat Testparent")
    pat.page.locator('[name="de_role"]').select_option("parent")
    pat.press("Save and continue")
    pat.go(form).press("Go to send").press("Send now").sees("Your reference is")


def hand_over(tablet: Seat, form: str, another: str = "") -> str:
    """The school gives its tablet to the child, with the All About Me for their age or `another`. Returns the
    address of the child's pages."""
    tablet.be("Sam Senco").go(form)
    if another:
        tablet.page.get_by_text("Choose another All About Me").click()
    tablet.press(another or "Start All About Me with the child")
    tablet.fill("Choose a number", "4821").fill("The same number again", "4821").press("Hand over now").press("Start")
    return tablet.page.url.split("/about/")[0]


def let_all_read(tablet: Seat) -> None:
    """The child says that family, teacher and council may see it."""
    for box in ("My family", "My teacher", "The council people who help"):
        tablet.page.get_by_label(box).check()
    tablet.press("Next")
