"""Several people on one request: all write at once, nothing is lost, and each reads only what is for them."""

import re
import uuid

import pytest

from tests.journeys.asking import accept_invitation, hand_over, invite, let_all_read, start_request
from tests.journeys.conftest import DESK, PHONE, Seat, Seats, Stack

pytestmark = pytest.mark.full
ASKED = "vw_parent_q"  # written by the school and by the parents who take part


def an_address() -> str:
    """A family's address that nobody has used."""
    return f"parent-{uuid.uuid4().hex[:8]}@family.example"


def open_at(seat: Seat, form: str, page: str, box: str, words: str) -> None:
    """Type on a page, without sending it yet."""
    seat.go(f"{form}/page/{page}").page.locator(f'[name="{box}"]').fill(words)


def test_a_school_a_parent_and_a_child_write_at_once_and_nothing_is_lost(seat: Seats, stack: Stack) -> None:
    sam, pat, tablet = seat("sam-t", DESK), seat("pat-t", PHONE), seat("tablet-t", {"width": 768, "height": 1024})
    address = an_address()
    form = start_request(sam)
    views = accept_invitation(pat, stack, address, invite(sam, form, address))
    child = hand_over(tablet, form)
    let_all_read(tablet)
    # All three have a page open and type before anyone sends; two of them into the same box.
    open_at(sam, form, "views", ASKED, "SCHOOL: what worries you about mornings?")
    open_at(pat, form, "views", ASKED, "PARENT: will there be a taxi?")
    tablet.go(f"{child}/about/ap_good").page.locator('[name="ap_good"]').fill("CHILD: trains 🚂")
    sam.press("Save and continue")
    tablet.press("Next")
    pat.press("Save and continue")
    assert "/two-versions/" in pat.page.url
    pat.sees("SCHOOL: what worries you").sees("PARENT: will there be a taxi?").sees("Sam Senco").sees("You")
    pat.page.get_by_label("Keep both, side by side").check()
    pat.press("Save my choice").sees("Nothing was thrown away")
    open_at(pat, views, "vp_great", "vp_great", "PARENT: kind to his sister")
    pat.press("Save and continue").go(views).press("Share")
    tablet.go(f"{child}/finish").press("I am happy with this").press("Give it back")
    tablet.fill("Your number", "4821").press("Take the screen back")
    sam.go(f"{form}/check").sees("Two versions. Both are kept.").sees("PARENT: will there be a taxi?")
    sam.go(form).press("Go to send").press("Send now").sees("Your reference is")
    for reader in (sam, seat("casey-t", DESK).be("Casey Worker")):
        reader.go(f"{form}/print").sees("SCHOOL: what worries you").sees("PARENT: will there be a taxi?")
        who = reader.page.locator("main").inner_text()
        assert re.search(r"(Sam Senco|You) wrote, .*\n+SCHOOL:", who), who
        assert re.search(r"Pat Testparent wrote, .*\n+PARENT: will", who), who
    beside_it(seat("casey-t2", DESK).be("Casey Worker"), form, views, child)


def beside_it(casey: Seat, form: str, views: str, child: str) -> None:
    """What lay beside the request was sent with it, each under its own writer."""
    casey.go(f"{views}/print").sees("PARENT: kind to his sister").sees("Pat Testparent")
    casey.go(f"{child.replace('/child/', '/forms/')}/print").sees("CHILD: trains 🚂")


DOORS = ("", "/print", "/check", "/history/vp_great", "/people", "/page/vp_great", "/said/vp_great")


def opens(seat: Seat, *forms: str) -> dict[str, str]:
    """What somebody gets at every door of some forms, in their own place and in their case."""
    paths = [each + door for each in forms for door in DOORS] + [f"{seat.stack.base}/home"]
    found = {path: seat.context.request.get(path).text() for path in paths}
    cases = set(re.findall(r'href="(/cases/[^"#?]+)', "".join(found.values())))
    return found | {path: seat.context.request.get(seat.stack.base + path).text() for path in cases}


def test_parents_who_live_apart_never_read_each_other(seat: Seats, stack: Stack) -> None:
    sam = seat("sam-apart", DESK)
    form = start_request(sam)
    homes = {}
    for name, mark in (("pat-apart", "VIOLETHERON"), ("lou-apart", "AMBEROTTER")):
        parent, address = seat(name, PHONE), an_address()
        views = accept_invitation(parent, stack, address, invite(sam, form, address))
        for words in (f"{mark} draft", f"{mark} as it stands"):
            open_at(parent, views, "vp_great", "vp_great", words)
            parent.press("Save and continue")
        homes[mark] = (parent, views, address)
    nothing_of_each_other(homes, form)
    for parent, views, _ in homes.values():
        parent.go(views).press("Share")
    nothing_of_each_other(homes, form)
    sam.go(form).press("Go to send").press("Send now").sees("Your reference is")
    nothing_of_each_other(homes, form)
    for mark, (_, views, _) in homes.items():  # the school reads both, each by itself
        sam.go(f"{views}/print").sees(f"{mark} as it stands")


def nothing_of_each_other(homes: dict[str, tuple[Seat, str, str]], form: str) -> None:
    """Each reads their own words, and on no page a word or the address of the other."""
    for mark, (parent, views, _) in homes.items():
        ((other, (_, theirs, address)),) = [each for each in homes.items() if each[0] != mark]
        pages = opens(parent, views, theirs, form)
        assert f"{mark} as it stands" in pages[f"{views}/print"]
        for path, text in pages.items():
            assert other not in text and address not in text, path
