"""Fields that take files. The bytes are handed on; what is kept is a list of files already stored."""

import os
from collections.abc import Iterator
from typing import Any, ClassVar

from werkzeug.datastructures import FileStorage

from forms.pages.base import Answer, Problem, one_line

MEGABYTE = 1024 * 1024
PAPERS = (".pdf", ".docx", ".xlsx", ".txt")
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".heic")
RECORDINGS = (".webm", ".weba", ".mp4", ".mov", ".m4a", ".mp3", ".wav")


class File(Answer):
    """Any number of files. Data: a list of `{"id", "name", ...}`, stored before and not taken off."""

    template = "file"
    kinds: ClassVar[tuple[str, ...]] = (*PAPERS, *PICTURES)
    say: ClassVar[str] = "PDF, Word, Excel, text or a photo"

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.uploads: list[FileStorage] = []

    def read(self, typed: Any) -> Any:
        self.uploads = [each for each in typed.getlist(self.name) if isinstance(each, FileStorage) and each.filename]
        taken_off = typed.getlist(f"{self.name}-remove")
        return [each for each in self.stored(self.object_data) if each["id"] not in taken_off]

    def stored(self, value: Any) -> list[dict[str, Any]]:
        """The files in a value."""
        return list(value or ())

    @property
    def kept(self) -> list[dict[str, Any]]:
        """The files there are."""
        return self.stored(self.data)

    def check(self) -> Iterator[Problem]:
        for upload in self.uploads:
            ending = os.path.splitext(upload.filename or "")[1].lower()
            most = 100 if ending in RECORDINGS else 50
            if ending not in self.kinds:
                yield self.id, f"{upload.filename} cannot be added. It must be {self.say}."
            elif _size(upload) > most * MEGABYTE:
                yield self.id, f"{upload.filename} is too big. It must be smaller than {most} MB."
            elif _size(upload) == 0:
                yield self.id, f"{upload.filename} is empty."


class Media(File):
    """A child's own drawing, photo, sound or video, with words for those who cannot see or hear it."""

    template = "media"
    kinds = (*PICTURES, *RECORDINGS, ".pdf")
    say = "a picture, a photo, sound or video"

    def read(self, typed: Any) -> dict[str, Any]:
        kept = {"files": super().read(typed), "words": one_line(typed, f"{self.name}-words")}
        return {part: value for part, value in kept.items() if value}

    def stored(self, value: Any) -> list[dict[str, Any]]:
        return list((value or {}).get("files", ()))


def _size(upload: FileStorage) -> int:
    """Bytes, from the stream itself: the browser's own count may be missing."""
    at = upload.stream.tell()
    size = upload.stream.seek(0, os.SEEK_END)
    upload.stream.seek(at)
    return size
