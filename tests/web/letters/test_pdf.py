"""A letter as PDF: tagged, titled and in its language, whole, under a name that says nothing of anybody."""

import io
import subprocess
import uuid

import pikepdf
import pytest
from sqlalchemy import select

from models.cases import Notice
from models.people import Contact
from tests.web.council.conftest import Made, Office, made, office, served  # noqa: F401  (fixtures)
from workflow import printing
from workflow.files import child


def words(pdf: bytes) -> str:
    """What a PDF says, read by another program, with single spaces."""
    said = subprocess.run(["pdftotext", "-", "-"], input=pdf, stdout=subprocess.PIPE, check=True).stdout
    return " ".join(said.decode().split())


@pytest.fixture
def refusal(office: Office) -> uuid.UUID:  # noqa: F811
    """A letter of refusal to a parent whose address is known."""
    with office.world() as world:
        _, process = world.request()
        world.decide(process, assess=False)
        wanted = select(Notice).where(Notice.kind == "refuse_to_assess_family")
        notice = world.session.scalars(wanted).one()
        assert notice.person_id
        world.session.add(Contact(person_id=notice.person_id, kind="address", value="1 Invented Row\nHartwell"))
        return notice.id


def test_a_letter_s_pdf_is_tagged_titled_and_holds_the_whole_letter(office: Office, refusal: uuid.UUID) -> None:  # noqa: F811
    answer = office.as_("caseworker").get(f"/letters/{refusal}/pdf")
    assert answer.mimetype == "application/pdf"
    with office.look() as session:
        notice = session.scalars(select(Notice).where(Notice.id == refusal)).one()
        assert f'filename="letter-{notice.notified_on}.pdf"' in answer.headers["Content-Disposition"]
        letter = notice.letter
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert pdf.Root.MarkInfo.Marked and "/StructTreeRoot" in pdf.Root and str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle and str(pdf.docinfo["/Title"]) == letter["title"]
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
    said = words(answer.data)
    assert "1 Invented Row Hartwell" in said and "Hartwell Council" in said
    for part in letter["parts"]:  # wherever a line of it breaks
        assert "".join(part["text"].split()) in "".join(said.split())


def test_the_letters_of_a_page_of_the_list_are_one_pdf_each_on_pages_of_its_own(
    office: Office,  # noqa: F811
    refusal: uuid.UUID,
) -> None:
    client = office.as_("caseworker")
    assert "/council/letters/pdf" in client.get("/council/letters").text
    answer = client.get("/council/letters/pdf")
    assert answer.mimetype == "application/pdf" and 'filename="letters-2' in answer.headers["Content-Disposition"]
    with office.look() as session:
        count = len(session.scalars(select(Notice.id)).all())
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert len(pdf.pages) >= count
    assert "Hartwell NHS" in words(answer.data)


def test_without_its_libraries_the_letter_is_printed_by_the_browser(
    office: Office,  # noqa: F811
    refusal: uuid.UUID,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(child, "run", lambda *args, **more: None)
    client = office.as_("caseworker")
    assert client.get(f"/letters/{refusal}/pdf").location == f"/letters/{refusal}"
    assert client.get("/council/letters/pdf").location == "/council/letters/print?page=1"
    assert "Use the button to print the page instead" in client.get(f"/letters/{refusal}").text


def test_nobody_else_gets_it(office: Office, refusal: uuid.UUID) -> None:  # noqa: F811
    assert office.client_for(office.somebody("family")).get(f"/letters/{refusal}/pdf").status_code == 404


def test_what_makes_it_fetches_nothing_and_a_page_that_asks_for_something_is_not_made() -> None:
    assert printing.pdf('<html lang="en-GB"><title>T</title><p>One</p>')
    assert printing.pdf('<html lang="en-GB"><title>T</title><img alt="" src="file:///etc/hostname">') is None


def notices_with(made: Made, what: str) -> list[Notice]:  # noqa: F811
    """The letters of a case that enclose something, or only tell of it."""
    with made.office.look() as session:
        return [each for each in session.scalars(select(Notice)) if what in each.contents]


def test_a_letter_that_encloses_a_plan_holds_the_whole_plan(served: Made) -> None:  # noqa: F811
    (letter,) = notices_with(served, "draft")
    said = words(served.office.as_("caseworker").get(f"/letters/{letter.id}/pdf").data)
    assert "Draft education, health and care plan" in said and "Reading words of one syllable." in said
    assert "Section F" in said and "Left blank in a draft." in said and "From:" not in said
    assert "Nothing is in this section." in said


def test_the_letters_to_post_enclose_it_too(served: Made) -> None:  # noqa: F811
    said = words(served.office.as_("caseworker").get("/council/letters/pdf").data)
    assert "Reading words of one syllable." in said


def test_a_plan_that_was_sent_can_be_kept_as_a_tagged_pdf(served: Made) -> None:  # noqa: F811
    client = served.office.as_("caseworker")
    assert f"/plans/{served.plan_id}/pdf" in client.get(f"/plans/{served.plan_id}/print").text
    answer = client.get(f"/plans/{served.plan_id}/pdf")
    assert answer.mimetype == "application/pdf" and 'filename="plan-2' in answer.headers["Content-Disposition"]
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert pdf.Root.MarkInfo.Marked and str(pdf.docinfo["/Title"]) == "Draft education, health and care plan"
    assert "Reading words of one syllable." in words(answer.data)


def test_a_plan_that_is_still_written_is_no_pdf(made: Made) -> None:  # noqa: F811
    assert made.office.as_("caseworker").get(f"/plans/{made.plan_id}/pdf").status_code == 404
