"""Sound and video are made anew: what is heard and seen stays, what they tell of place and maker does not."""

from collections.abc import Callable
from functools import partial

import pytest

from tests.workflow.files.recorded import film, held_sideways, last_picture, sound, told
from tests.workflow.files.test_looking import pdf, picture
from workflow.files import checking
from workflow.files.checking import NOT_MADE_OVER, Looked, look_at, make_over


@pytest.mark.parametrize(
    "name, record",
    [
        ("a.weba", sound),
        ("a.webm", sound),
        ("a.m4a", partial(sound, "ipod", "aac", layout="stereo")),
        ("a.mp4", partial(sound, "mp4", "aac")),
        ("a.mp3", partial(sound, "mp3", "libmp3lame")),
        ("a.wav", partial(sound, "wav", "pcm_s16le")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_any_sound_becomes_one_kind_that_every_browser_plays(name: str, record: Callable[[], bytes]) -> None:
    looked = make_over(record(), name)
    assert (looked.problem, looked.media_type) == ("", "audio/mp4")
    made = told(looked.data)
    assert made["streams"] == ["aac"] and made["seconds"] == pytest.approx(2, abs=0.2)
    assert made["says"].keys() <= {"major_brand", "minor_version", "compatible_brands", "encoder"}


@pytest.mark.parametrize(
    "name, record, size",
    [
        ("a.webm", film, (320, 240)),
        ("a.mp4", partial(film, "mp4", "libx264", size=(1280, 720)), (854, 480)),
        ("a.mov", partial(film, "mov", "mpeg4", size=(202, 1050)), (164, 854)),
    ],
    ids=["webm", "mp4", "mov"],
)
def test_any_video_becomes_one_kind_no_larger_than_a_telephone_shows(
    name: str, record: Callable[[], bytes], size: tuple[int, int]
) -> None:
    looked = make_over(record(), name)
    assert (looked.problem, looked.media_type) == ("", "video/mp4")
    made = told(looked.data)
    assert made["streams"] == ["h264", "aac"] and made["size"] == size
    assert made["seconds"] == pytest.approx(2, abs=0.2) and "location" not in made["says"]


def test_a_silent_video_is_taken() -> None:
    assert told(make_over(film(heard=False), "a.webm").data)["streams"] == ["h264"]


def test_a_video_taken_with_the_telephone_turned_stands_upright() -> None:
    shown = last_picture(make_over(held_sideways(film("mp4", "libx264")), "a.mp4").data)
    assert shown.size == (240, 320)
    assert shown.getpixel((120, 80)) < 40 < 100 < shown.getpixel((120, 240))  # what was left is at the top


@pytest.mark.parametrize(
    "name, data, says",
    [
        ("a.mp3", pdf(), "not what its name says"),
        ("a.mp4", picture("JPEG"), "not what its name says"),
        ("a.webm", b"\x1a\x45\xdf\xa3" + b"\x42\x82\x84webm" * 9, "damaged"),
        ("a.mp4", b"\x00\x00\x00\x18ftypisom" + b"\x00" * 500, "damaged"),
        ("a.mp3", b"#EXTM3U\nhttp://127.0.0.1/secret\n", "not what its name says"),
        ("a.mp3", b"ID3\x04\x00\x00\x00\x00\x00\x00ffconcat version 1.0\nfile /etc/passwd\n", "damaged"),
    ],
    ids=["pdf", "jpeg", "cut", "hollow", "list of addresses", "list of files"],
)
def test_what_is_not_a_recording_is_turned_away(name: str, data: bytes, says: str) -> None:
    looked = make_over(data, name)
    assert says in looked.problem and not looked.data


def test_one_that_takes_too_long_is_asked_for_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "RECORDING_WALL_SECONDS", 0)
    assert make_over(sound(), "a.weba") == Looked(problem=NOT_MADE_OVER)


@pytest.mark.parametrize(
    "data, recordings, says",
    [
        (b"ID3", False, "where a child shows or tells something"),
        (b"", True, "empty"),
        (b"ID3" + b"0" * (100 * 1024 * 1024), True, "smaller than 100 MB"),
    ],
)
def test_before_it_waits_it_is_asked_what_can_be_asked(data: bytes, recordings: bool, says: str) -> None:
    assert says in look_at(data, "a.mp3", recordings=recordings).problem


def test_a_recording_waits_for_a_worker() -> None:
    assert look_at(sound(), "a.weba", recordings=True) == Looked(waits=True)
