"""The shell of every page: titles, headings, the exit button, and what a strict policy lets through."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask, g, render_template
from flask_babel import Babel
from jinja2 import PackageLoader, PrefixLoader
from jinja2.loaders import ChoiceLoader, DictLoader, FileSystemLoader

TEMPLATES = Path(__file__).parents[2] / "templates"
HOME = ("index", "safety", "privacy", "accessibility", "help", "contact", "left")
ERRORS = ("400", "403", "404", "409", "413", "429", "500", "503")
OURS = sorted(
    path.relative_to(TEMPLATES).as_posix()
    for folder in ("layouts", "components", "errors", "home")
    for path in (TEMPLATES / folder).glob("*.html")
)
QUESTION = """{% extends "layouts/question.html" %}{% set heading = "Who helps?" %}
{% set autosave_url = "/save" %}
{% set audience = reader %}{% block fields %}<label for="a">A</label><input id="a" name="a">{% endblock %}"""


@pytest.fixture
def page_app() -> Flask:
    app = Flask("shell", template_folder=str(TEMPLATES))
    app.secret_key = "only for this test"
    app.jinja_loader = ChoiceLoader(
        [
            FileSystemLoader(TEMPLATES),
            DictLoader({"question.html": QUESTION}),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    app.jinja_env.globals["asset"] = lambda path: f"/static/{path}?v=1"
    app.jinja_env.globals["csrf_token"] = lambda: "token"
    Babel(app)
    return app


@pytest.fixture
def in_page(page_app: Flask) -> Iterator[None]:
    with page_app.test_request_context("/"):
        g.authority = SimpleNamespace(name="Hartwell Council", settings={"contact_phone": "01632 960100"})
        yield


def heading_and_title(html: str) -> tuple[str, str]:
    """The one h1 and the title, without tags and spare spaces."""
    headings = re.findall(r"<h1[^>]*>(.*?)</h1>", html, re.S)
    assert len(headings) == 1
    title = re.search(r"<title>(.*?)</title>", html, re.S)
    assert title
    return re.sub(r"<.*?>", "", headings[0]).strip(), title.group(1).strip()


@pytest.mark.usefixtures("in_page")
@pytest.mark.parametrize("name", [f"home/{name}.html" for name in HOME] + [f"errors/{name}.html" for name in ERRORS])
def test_every_page_has_one_heading_and_its_title_starts_with_it(name: str) -> None:
    heading, title = heading_and_title(render_template(name, reference="K7QF"))
    assert title == f"{heading} \N{EN DASH} Hartwell Council"


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_needs_no_authority_and_no_database(page_app: Flask, name: str) -> None:
    with page_app.test_request_context("/"):
        assert "Your council" in render_template(f"errors/{name}.html", reference="K7QF")


@pytest.mark.usefixtures("in_page")
def test_not_allowed_and_not_there_are_the_same_page() -> None:
    assert render_template("errors/403.html") == render_template("errors/404.html")


@pytest.mark.usefixtures("in_page")
def test_w2_a_lost_session_gives_the_typed_words_back_whole() -> None:
    typed = "\n She draws.\n<b>Every day</b>"
    html = render_template("errors/400.html", kept={"What is she good at?": typed})
    boxes = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", html, re.S)
    assert boxes == ["\n She draws.\n&lt;b&gt;Every day&lt;/b&gt;"]


@pytest.mark.usefixtures("in_page")
@pytest.mark.parametrize(
    ("reader", "has_exit"), [("family", True), ("child", True), ("school", False), ("council", False)]
)
def test_w11_families_and_children_can_leave_every_page_at_once(reader: str, has_exit: bool) -> None:
    html = render_template("question.html", reader=reader)
    assert ("govuk-exit-this-page" in html) is has_exit


@pytest.mark.usefixtures("in_page")
def test_a_page_with_errors_says_so_in_its_title_and_links_to_the_input() -> None:
    html = render_template("question.html", reader="family", form_problems=[("dob-day", "Enter a real date")])
    heading, title = heading_and_title(html)
    assert title.startswith(f"Error: {heading}")
    assert '<a href="#dob-day">Enter a real date</a>' in html


@pytest.mark.usefixtures("in_page")
def test_enter_in_a_box_presses_continue_and_nothing_else() -> None:
    form = render_template("question.html", reader="family").split("<form")[-1]
    first = re.search(r"<button[^>]*>", form)
    assert first
    assert "app-default-button" in first.group() and "name=" not in first.group()


@pytest.mark.parametrize("name", OURS)
def test_w6_no_template_has_inline_style_or_script(name: str) -> None:
    source = (TEMPLATES / name).read_text()
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:", source)
    assert all("nonce" in tag for tag in re.findall(r"<script[^>]*>", source))


@pytest.mark.parametrize("name", OURS)
def test_no_page_loads_anything_from_another_server(name: str) -> None:
    source = (TEMPLATES / name).read_text()
    assert not re.search(r"(src|action)=\"(https?:)?//", source)


@pytest.mark.usefixtures("in_page")
def test_a_refusal_says_why_and_a_wait_says_how_long() -> None:
    assert "Only its author can change it." in render_template(
        "errors/409.html", sentence="Only its author can change it."
    )
    assert "Try again in 3 minutes." in render_template("errors/429.html", wait_seconds=170)


@pytest.mark.usefixtures("in_page")
def test_a_signed_in_family_can_leave_at_once_even_where_the_page_forgot_to_say() -> None:
    html = render_template("errors/404.html", actor=SimpleNamespace(kind="family"))
    assert "govuk-exit-this-page" in html
