"""A child draws, speaks and makes a video on the page itself; with no camera or no network nothing made is lost."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.asking import hand_over, start_request
from tests.journeys.conftest import PHONE, Seat, Seats

pytestmark = pytest.mark.full


def keep(tablet: Seat) -> None:
    """Keep what was made: the page comes back with it."""
    with tablet.page.expect_navigation():
        tablet.page.get_by_role("button", name="Keep this").click()
    tablet.look()


def record(tablet: Seat, how: str) -> None:
    tablet.page.get_by_role("button", name=how).click()
    expect(tablet.page.get_by_role("button", name="Keep this")).to_be_hidden()
    expect(tablet.page.locator("[data-clock]")).to_have_text("0:02")
    tablet.page.get_by_role("button", name="Stop", exact=True).click()
    expect(tablet.page.get_by_role("button", name="Keep this")).to_be_visible()
    tablet.look()


def test_a_child_draws_speaks_and_makes_a_video_on_the_page(seat: Seats) -> None:
    tablet = seat("tablet-making", PHONE)
    tablet.context.grant_permissions(["microphone", "camera"])
    page = tablet.page
    childs = hand_over(tablet, start_request(tablet))
    tablet.go(f"{childs}/about/ap_picture")
    page.get_by_role("button", name="Draw", exact=True).click()
    box = page.locator("[data-canvas]").bounding_box()
    assert box
    page.get_by_role("button", name="Blue").click()
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 120, steps=5)
    page.mouse.up()
    page.get_by_label("What does it show or say?").fill("Me and the sea")
    keep(tablet)
    expect(page.get_by_role("img", name="Me and the sea")).to_be_visible()

    record(tablet, "Record my voice")
    page.get_by_role("button", name="Throw it away").click()
    expect(page.locator("audio")).to_have_count(0)
    record(tablet, "Record my voice")
    tablet.context.set_offline(True)
    page.get_by_role("button", name="Keep this").click()
    tablet.sees("It is not kept yet.")
    expect(page.get_by_role("link", name="Save it on this device")).to_be_visible()
    tablet.context.set_offline(False)
    page.wait_for_function("navigator.onLine")
    keep(tablet)
    record(tablet, "Make a video")
    keep(tablet)
    for _ in range(40):
        if page.locator("audio, video").and_(page.locator("[src]")).count() == 2:
            break
        page.wait_for_timeout(500)
        page.reload()
    for player in ("audio[src]", "video[src]"):
        told = page.locator(player).evaluate(
            "async (it) => { it.muted = true; await it.play(); return [it.duration, it.error]; }"
        )
        assert told[0] > 1 and told[1] is None
    assert re.search(r"Keep this", page.content())
    tablet.look()


def test_where_nobody_lets_us_listen_a_file_can_be_added_instead(seat: Seats) -> None:
    tablet = seat("tablet-no-microphone", PHONE)
    tablet.context.grant_permissions([])
    childs = hand_over(tablet, start_request(tablet))
    tablet.go(f"{childs}/about/ap_picture")
    tablet.page.evaluate(
        "() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('NotAllowedError')) }"
    )
    tablet.page.get_by_role("button", name="Record my voice").click()
    tablet.sees("We were not let use the microphone or camera.")
    expect(tablet.page.locator('input[type="file"]')).to_be_visible()
