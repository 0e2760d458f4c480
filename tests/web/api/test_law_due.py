"""`POST /api/v1/law/due` answers as the command does, and refuses in sentences."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from law.keys import KEYS
from law.rules import RULE_IDS, current
from models.access import RateCount
from tests.web.conftest import PageClient, Somebody
from web import api
from web.application import Coproduce
from web.dates.events import EVENTS

ADDRESS = "/api/v1/law/due"
QUESTION: dict[str, Any] = {
    "rule": "plan.finalise",
    "trigger": {"request_received": "2026-10-07"},
    "exceptions": [
        {"type": "absent_from_area", "impractical": True, "from": "2026-11-01", "to": "2026-12-15"},
        {"type": "staff_shortage"},
    ],
}


@pytest.fixture
def client(client_for: Callable[[Somebody | None], PageClient]) -> PageClient:
    return client_for(None)


def post(client: PageClient, body: object) -> TestResponse:
    return client.post(ADDRESS, json=body)


def a_question(rule_id: str) -> dict[str, Any]:
    """A question that this rule can answer."""
    values: dict[str, object] = {"as_if_order": "order.amend_content", "setting": "other"}
    return {
        "rule": rule_id,
        "trigger": {key: values.get(key, "2026-10-07") for key in current(rule_id).needs[0]},
    }


def schema(client: PageClient, name: str) -> Draft202012Validator:
    document = client.get("/api/v1/openapi.json").get_json()
    return Draft202012Validator(
        {"$ref": f"#/components/schemas/{name}", **document}, format_checker=Draft202012Validator.FORMAT_CHECKER
    )


def test_the_answer_is_the_commands(app: Coproduce, client: PageClient) -> None:
    answer = post(client, QUESTION)
    more = [part for each in QUESTION["exceptions"] for part in ("--exception", json.dumps(each))]
    command = ["law", "due", QUESTION["rule"], "request_received=2026-10-07", *more, "--json"]
    said = app.test_cli_runner().invoke(args=command)
    assert answer.status_code == 200 and answer.get_json() == json.loads(said.stdout)
    assert answer.get_json()["due"] == "2027-02-24" and answer.get_json()["limit_disapplied"] is True


def test_the_answer_is_the_batch_s_without_its_id(app: Coproduce, client: PageClient, tmp_path: Any) -> None:
    questions = [a_question(rule_id) for rule_id in sorted(RULE_IDS)]
    (tmp_path / "asked").write_text("\n".join(json.dumps(each) for each in questions))
    said = app.test_cli_runner().invoke(args=["law", "due", "--batch", str(tmp_path / "asked")])
    answers = [json.loads(line) for line in said.stdout.splitlines()]
    assert len(answers) == len(RULE_IDS)
    for question, expected in zip(questions, answers, strict=True):
        assert post(client, question).get_json() == {k: v for k, v in expected.items() if k != "id"}


def test_every_rule_s_question_and_answer_fit_the_published_schema(client: PageClient) -> None:
    asked, answered = schema(client, "Question"), schema(client, "Answer")
    for question in (QUESTION, *(a_question(rule_id) for rule_id in sorted(RULE_IDS))):
        asked.validate(question)
        answered.validate(post(client, question).get_json())


def test_the_document_names_every_rule_and_every_fact(client: PageClient) -> None:
    document = client.get("/api/v1/openapi.json").get_json()
    question = document["components"]["schemas"]["Question"]["properties"]
    assert document["openapi"] == "3.1.0" and set(question["rule"]["enum"]) == RULE_IDS
    assert set(question["trigger"]["properties"]) == set(KEYS)
    for named in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(named)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"rule": "nothing", "trigger": {}}, "There is no rule called 'nothing'."),
        ({"rule": "plan.finalise"}, "needs 'request_received'"),
        ({"rule": "plan.finalise", "trigger": {"request_received": "7/10/2026"}}, "written as YYYY-MM-DD"),
        ({"rule": "plan.finalise", "trigger": {"shoe_size": 4}}, "not a fact the law uses"),
        ({"rule": "plan.finalise", "trigger": []}, "'trigger' must be an object"),
        ({"rule": "plan.finalise", "trigger": {}, "exceptions": {}}, "'exceptions' must be a list"),
        ({"rule": "plan.finalise", "trigger": {}, "id": 7}, "'id' is not part of a question"),
        ({"rule": ["plan.finalise"]}, "names a rule"),
        ({"rule": "mediation.certificate_after", "trigger": {"mediation_concluded": "2031-05-01"}}, "holidays"),
        (
            {"rule": "phase.secondary", "trigger": {"date_of_birth": "2016-05-12", "transfer_year_group": 10**30}},
            "too large",
        ),
        ([], "names a rule"),
        ("plan.finalise", "names a rule"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(client: PageClient, body: object, sentence: str) -> None:
    answer = post(client, body)
    assert answer.status_code == 422 and sentence in answer.get_json()["error"]
    schema(client, "Error").validate(answer.get_json())


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 16_000, b"\xff\xfe", b'{"rule": ' + b"9" * 9000 + b"}"])
def test_a_body_that_is_not_json_says_so(client: PageClient, body: bytes) -> None:
    answer = client.post(ADDRESS, data=body, content_type="application/json")
    assert answer.status_code == 422 and answer.get_json()["error"]


def test_other_types_and_large_bodies_are_refused_as_json(client: PageClient) -> None:
    form = client.post(ADDRESS, data={"rule": "plan.finalise"})
    assert form.status_code == 415 and "application/json" in form.get_json()["error"]
    large = client.post(ADDRESS, data=b" " * (16 * 1024 + 1), content_type="application/json")
    assert large.status_code == 413 and "16384" in large.get_json()["error"]
    assert client.get(ADDRESS).status_code == 405


def test_another_site_s_page_cannot_ask(client: PageClient) -> None:
    answer = client.post(ADDRESS, json=QUESTION, headers={"Origin": "https://elsewhere.invalid"})
    assert answer.status_code == 403 and answer.is_json


def test_no_cookie_is_set_nothing_is_cached_and_only_the_count_is_written(
    app: Coproduce, client: PageClient, authority_id: Any
) -> None:
    answer = post(client, QUESTION)
    assert "Set-Cookie" not in answer.headers and answer.headers["Cache-Control"] == "no-store"
    with app.database.transaction(authority_id) as session:
        keys = session.scalars(select(RateCount.key)).all()
        assert len(keys) == 1 and "127.0.0.1" not in keys[0]
        assert session.scalar(select(func.sum(RateCount.count))) == 1


def test_an_address_that_asks_too_often_is_told_how_long_to_wait(
    client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "LIMIT", 2)
    assert [post(client, QUESTION).status_code for _ in range(3)] == [200, 200, 429]
    refused = post(client, QUESTION)
    assert int(refused.headers["Retry-After"]) > 0 and "too often" in refused.get_json()["error"]


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.dates().map(date.isoformat),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*KEYS, "type", "from"]), inner),
    max_leaves=6,
)


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rule=st.sampled_from(sorted(RULE_IDS)), trigger=JUNK, exceptions=JUNK)
def test_no_question_breaks_it(client: PageClient, rule: str, trigger: object, exceptions: object) -> None:
    answer = post(client, {"rule": rule, "trigger": trigger, "exceptions": exceptions})
    assert answer.status_code in (200, 422) and answer.is_json


def test_pages_and_programs_are_told_the_same_day(client: PageClient) -> None:
    assert "plan.finalise" in EVENTS["request"].rules
    page = client.get("/dates/answer?event=request&request_received=2026-10-07").text
    assert f'datetime="{post(client, QUESTION).get_json()["due"]}"' in page
