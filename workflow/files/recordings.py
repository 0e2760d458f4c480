"""Sound and video, made anew: what is heard and seen stays; when, where and with what it was made does not.

Runs where `looking` runs, in a child process under limits. What comes out plays in every browser: AAC, and H.264 no
larger than a phone shows.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workflow.files.kinds import M4A, MP4, Unfit

if TYPE_CHECKING:
    from av.container import InputContainer, OutputContainer
    from av.filter import Graph
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

# The one reader each kind is given: a file must not choose to be read as a list of other files.
READERS = {
    "video/webm": "matroska",
    "video/mp4": "mov",
    "video/quicktime": "mov",
    "audio/mp4": "mov",
    "video/x-m4v": "mov",
    "audio/mpeg": "mp3",
    "audio/x-wav": "wav",
}
LONGEST_SIDE, MOST_SIDE = 854, 8192
FRAMES, SOUND_RATE = 25, 48_000
_TURNS = {
    90: ("transpose=cclock",),
    -90: ("transpose=clock",),
    180: ("hflip", "vflip"),
    -180: ("hflip", "vflip"),
}


def make_anew(source: Path, kept: Path, media_type: str) -> str:
    """Write the recording in `source` to `kept` and return its new media type. Raises `Unfit`."""
    import av

    av.logging.set_level(None)
    reader = READERS[media_type]
    try:
        first = _first_picture(source, reader)
        with (
            av.open(str(source), format=reader, metadata_errors="replace") as given,
            av.open(str(kept), "w", format="mp4", options={"movflags": "faststart"}) as made,
        ):
            if _copy(given, made, first) == 0:
                raise Unfit("There is nothing in it to hear or see.")
    except (av.FFmpegError, ValueError, IndexError, OverflowError):
        raise Unfit("It is damaged: we cannot open it.") from None
    return MP4 if first else M4A


def _first_picture(source: Path, reader: str) -> "VideoFrame | None":
    """The first frame of what moves; None where nothing does. Sizes must be known before any sound is written."""
    import av

    with av.open(str(source), format=reader, metadata_errors="replace") as given:
        moving = _moving(given)
        return next(given.decode(moving)) if moving else None


def _moving(given: "InputContainer") -> "VideoStream | None":
    return next((each for each in given.streams.video if not _cover(each)), None)


def _cover(stream: "VideoStream") -> bool:
    """Whether a stream is the picture on the front of a song."""
    from av.stream import Disposition

    return bool(stream.disposition & Disposition.attached_pic)


def _copy(given: "InputContainer", made: "OutputContainer", first: "VideoFrame | None") -> int:
    """Draw and sound everything anew. Returns how many pieces were heard or seen."""
    makers: dict[int, Any] = {}
    if first and (moving := _moving(given)):
        makers[moving.index] = _Pictures(moving, first, made)
    if given.streams.audio:
        sound = given.streams.audio[0]
        makers[sound.index] = _Sound(made)
    if not makers:
        return 0
    pieces = 0
    for packet in given.demux([given.streams[at] for at in makers]):
        maker = makers[packet.stream.index]
        for frame in packet.decode():
            pieces += 1
            made.mux(list(maker.encoded(frame)))
    for maker in makers.values():
        made.mux(list(maker.rest()))
    return pieces


class _Sound:
    """Any sound as AAC, one or two channels."""

    def __init__(self, made: "OutputContainer") -> None:
        from av.audio.resampler import AudioResampler

        self._stream = made.add_stream("aac", rate=SOUND_RATE)
        self._stream.bit_rate = 96_000
        self._even = AudioResampler(format="fltp", layout="stereo", rate=SOUND_RATE)

    def encoded(self, frame: Any) -> Iterator[Any]:
        for each in self._even.resample(frame):
            yield from self._stream.encode(each)

    def rest(self) -> Iterator[Any]:
        yield from self.encoded(None)
        yield from self._stream.encode(None)


class _Pictures:
    """Any moving picture as H.264: upright, of even size, at most 25 a second."""

    def __init__(self, given: "VideoStream", first: "VideoFrame", made: "OutputContainer") -> None:
        size, turned = _fitting(first.width, first.height), abs(first.rotation) == 90
        options = {"preset": "veryfast", "crf": "28", "threads": "2"}
        self._stream = made.add_stream("libx264", rate=FRAMES, options=options)
        self._stream.width, self._stream.height = reversed(size) if turned else size
        self._stream.pix_fmt = "yuv420p"
        self._graph = _steps(given, f"scale={size[0]}:{size[1]}", *_TURNS.get(first.rotation, ()), f"fps={FRAMES}")

    def encoded(self, frame: Any) -> Iterator[Any]:
        self._graph.push(frame)
        yield from self._pulled()

    def rest(self) -> Iterator[Any]:
        self._graph.push(None)
        yield from self._pulled()
        yield from self._stream.encode(None)

    def _pulled(self) -> Iterator[Any]:
        import av

        while True:
            try:
                drawn: Any = self._graph.pull()
            except (av.BlockingIOError, av.EOFError):
                return
            drawn.pict_type = 0  # the encoder chooses anew which pictures stand whole
            yield from self._stream.encode(drawn)


def _fitting(width: int, height: int) -> tuple[int, int]:
    """The size that is kept: even, no side longer than a telephone shows. Raises `Unfit` for one that is a trick."""
    if not (0 < width <= MOST_SIDE and 0 < height <= MOST_SIDE):
        raise Unfit("The picture is too big. Make it smaller, then add it again.")
    ratio = min(1.0, LONGEST_SIDE / max(width, height))
    return max(2, int(width * ratio) // 2 * 2), max(2, int(height * ratio) // 2 * 2)


def _steps(given: "VideoStream", *steps: str) -> "Graph":
    """The steps from a frame as it was taken to one as it is kept."""
    from av.filter import Graph

    graph = Graph()
    last = graph.add_buffer(template=given)
    for step in (*steps, "format=yuv420p", "buffersink"):
        name, _, how = step.partition("=")
        after = graph.add(name, how) if how else graph.add(name)
        last.link_to(after)
        last = after
    graph.configure()
    return graph
