"""Recordings for tests: a tone, and a picture whose right half grows lighter, as a telephone would hand them over."""

import array
import io
import math
import struct
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import av

PLACE = {"location": "+51.5007-000.1246/", "title": "At home"}
RATE = 48_000


def sound(kind: str = "webm", codec: str = "libopus", seconds: int = 2, layout: str = "mono") -> bytes:
    """A tone."""
    out = io.BytesIO()
    with av.open(out, "w", format=kind) as made:
        made.metadata.update(PLACE)
        _tone(made, codec, seconds, layout)
    return out.getvalue()


def film(
    kind: str = "webm",
    codec: str = "libvpx",
    seconds: int = 2,
    size: tuple[int, int] = (320, 240),
    *,
    heard: bool = True,
) -> bytes:
    """A picture with a dark left half and a right half that grows lighter, with a tone or without."""
    out = io.BytesIO()
    with av.open(out, "w", format=kind) as made:
        made.metadata.update(PLACE)
        shown = made.add_stream(codec, rate=30)
        shown.width, shown.height, shown.pix_fmt = *size, "yuv420p"
        toned = made.add_stream("libopus" if kind == "webm" else "aac", rate=RATE) if heard else None
        for at in range(seconds * 30):
            frame = av.VideoFrame(*size, "yuv420p")
            light, *colours = frame.planes
            dark = size[0] // 2
            light.update((bytes([16]) * dark + bytes([100 + at]) * (light.line_size - dark)) * light.height)
            for grey in colours:
                grey.update(bytes([128]) * grey.buffer_size)
            frame.pts, frame.time_base = at, Fraction(1, 30)
            made.mux(list(shown.encode(frame)))
        made.mux(list(shown.encode(None)))
        if toned:
            _play(made, toned, seconds, "stereo")
    return out.getvalue()


def held_sideways(data: bytes) -> bytes:
    """The same MP4, marked as taken with the telephone turned: to be shown a quarter turn clockwise."""
    clockwise = struct.pack(">9i", 0, 1 << 16, 0, -1 << 16, 0, 0, 0, 0, 1 << 30)
    at = data.index(b"tkhd") + 4 + 40
    return data[:at] + clockwise + data[at + len(clockwise) :]


def last_picture(data: bytes) -> Any:
    """The last frame of a video, in grey."""
    with av.open(io.BytesIO(data)) as found:
        return list(found.decode(video=0))[-1].to_image().convert("L")


def told(data: bytes) -> dict[str, Any]:
    """What is in a recording: its seconds, its streams, the size of its picture, and what it says of itself."""
    with av.open(io.BytesIO(data)) as found:
        size = next(((each.width, each.height) for each in found.streams.video), None)
        return {
            "seconds": (found.duration or 0) / av.time_base,
            "streams": [each.codec_context.name for each in found.streams],
            "size": size,
            "says": dict(found.metadata),
        }


def _tone(made: Any, codec: str, seconds: int, layout: str) -> None:
    _play(made, made.add_stream(codec, rate=RATE, layout=layout), seconds, layout)


def _play(made: Any, stream: Any, seconds: int, layout: str) -> None:
    even = av.AudioResampler(format=stream.format.name, layout=layout, rate=RATE)
    for frame in _beats(seconds):
        for each in even.resample(frame):
            made.mux(list(stream.encode(each)))
    made.mux(list(stream.encode(None)))


def _beats(seconds: int) -> Iterator[av.AudioFrame]:
    for at in range(0, RATE * seconds, 960):
        frame = av.AudioFrame(format="s16", layout="mono", samples=960)
        wave = (int(9000 * math.sin((at + n) * 440 * 2 * math.pi / RATE)) for n in range(960))
        frame.planes[0].update(array.array("h", wave).tobytes())
        frame.sample_rate, frame.pts, frame.time_base = RATE, at, Fraction(1, RATE)
        yield frame
