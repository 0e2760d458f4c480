"""What is let in, and what is turned away with a sentence that says what to do."""

import io
import time
import zipfile
from pathlib import Path

import docx
import pikepdf
import pytest
from PIL import Image

from workflow.files import checking, child
from workflow.files.checking import Looked, look_at
from workflow.files.kinds import tidy_name


def picture(kind: str, size: tuple[int, int] = (40, 30), **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind, **more)
    return out.getvalue()


def pdf(change: object = None, **saved: object) -> bytes:
    made, out = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    if callable(change):
        change(made)
    made.save(out, **saved)
    return out.getvalue()


def word(extra: dict[str, bytes] | None = None) -> bytes:
    out = io.BytesIO()
    made = docx.Document()
    made.add_paragraph("What we tried")
    made.save(out)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as packed:
        for name, data in (extra or {}).items():
            packed.writestr(name, data)
    return out.getvalue()


def heic() -> bytes:
    import pillow_heif

    out = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (40, 30), "red")).save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "name, data, kept",
    [
        ("a.pdf", pdf(), "application/pdf"),
        ("a.JPG", picture("JPEG"), "image/jpeg"),
        ("a.png", picture("PNG"), "image/png"),
        ("a.webp", picture("WEBP"), "image/jpeg"),
        ("a.heic", heic(), "image/jpeg"),
        ("a.txt", "Füße\r\nand a line".encode("cp1252"), "text/plain"),
        ("a.docx", word(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_what_it_says_it_is_is_let_in(name: str, data: bytes, kept: str) -> None:
    looked = look_at(data, name)
    assert (looked.problem, looked.media_type) == ("", kept) and looked.data


def test_plain_text_is_kept_clean_and_in_one_writing() -> None:
    assert look_at("Füße\r\nand\x07 a line".encode("utf-16"), "a.txt").data == "Füße\nand a line".encode()


def add_script(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = made.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)"))


def add_file(made: pikepdf.Pdf) -> None:
    made.attachments["x.txt"] = pikepdf.AttachedFileSpec(made, b"hidden")


def add_pages(made: pikepdf.Pdf) -> None:
    for _ in range(400):
        made.add_blank_page()


@pytest.mark.parametrize(
    "name, data, says",
    [
        ("a.pdf", picture("PNG"), "not what its name says"),
        ("a.png", pdf(), "not what its name says"),
        ("a.docx", pdf(), "not what its name says"),
        ("a.pdf", b"%PDF-1.7\nbroken", "damaged"),
        ("a.pdf", pdf(add_script), "programs or other files"),
        ("a.pdf", pdf(add_file), "programs or other files"),
        ("a.pdf", pdf(add_pages), "more than 400 pages"),
        ("a.pdf", pdf(encryption=pikepdf.Encryption(owner="x", user="y")), "password"),
        ("a.jpg", picture("JPEG")[:200], "damaged"),
        ("a.docx", word({"word/vbaProject.bin": b"x"}), "macros"),
        ("a.docx", word({"word/media/zeros": b"0" * (30 * 1024 * 1024)}), "too big inside"),
        ("a.docx", word({f"word/media/{n}": b"" for n in range(2001)}), "too big inside"),
        ("a.svg", b"<svg/>", "must be PDF"),
        ("a.html", b"<html>", "must be PDF"),
        ("a.docm", word(), "must be PDF"),
        ("a.zip", word(), "must be PDF"),
        ("noending", b"x", "must be PDF"),
        ("a.txt", b"\x00\x01\x02", "not plain text"),
        ("a.txt", b"", "empty"),
        ("a.mp3", b"ID3", "Sound and video"),
        ("a.pdf", b"%PDF" + b"0" * (50 * 1024 * 1024), "too big"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_is_turned_away_is_told_why(name: str, data: bytes, says: str) -> None:
    looked = look_at(data, name)
    assert says in looked.problem and not looked.data


def test_a_picture_of_too_many_points_is_turned_away() -> None:
    assert "too big" in look_at(picture("PNG", (9000, 7000)), "a.png").problem


def test_a_child_that_hangs_or_dies_is_no_yes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(checking, "WALL_SECONDS", 1)
    for program in ("sleep 30", "kill -9 $$", "echo nonsense", "exit 3"):
        fake = tmp_path / "python"
        fake.write_text(f"#!/bin/sh\n{program}\n")
        fake.chmod(0o755)
        monkeypatch.setattr(child.sys, "executable", str(fake))
        began = time.monotonic()
        assert look_at(pdf(), "a.pdf") == Looked(problem=checking.NOT_CHECKED)
        assert time.monotonic() - began < 10


def test_the_child_is_told_no_secrets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MASTER_KEY", "secret")
    fake, seen = tmp_path / "python", tmp_path / "seen"
    fake.write_text(f"#!/bin/sh\nenv > {seen}\n")
    fake.chmod(0o755)
    monkeypatch.setattr(child.sys, "executable", str(fake))
    look_at(pdf(), "a.pdf")
    assert "secret" not in seen.read_text() and "DATABASE_URL" not in seen.read_text()


@pytest.mark.parametrize(
    "given, kept",
    [
        ("C:\\Users\\Mum\\report.PDF", "report.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("a\u202efdp.exe", "afdp.pdf"),
        ("  spaced   out .pdf", "spaced out.pdf"),
        (".pdf", "pdf.pdf"),
        ("\x00\x01", "file.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
        ("تقرير.pdf", "تقرير.pdf"),
    ],
)
def test_a_name_is_kept_without_paths_tricks_or_excess(given: str, kept: str) -> None:
    assert tidy_name(given, "application/pdf") == kept
