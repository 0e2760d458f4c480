"""Saving an answer: the whole autosave request, against a bare route that puts in one row."""

import time
import uuid
from collections.abc import Callable
from itertools import count

from flask import Flask

from bench.rounds import Measured, alternate
from bench.stage import QUESTION, Stage, attribute, set_up
from models.submissions import SaveReceipt
from workflow import clock

ROUNDS, TIMES = 9, 12


def measure() -> list[Measured]:
    """Time of one request, the database's work included. Nothing waits for a disk, so that work is all there is."""
    with set_up() as stage:
        took = alternate({"save": saver(stage), "bare": bare(stage)}, time.perf_counter, rounds=ROUNDS, times=TIMES)
    return [Measured("saving an answer", took["save"], "a bare route that inserts a row", took["bare"])]


def saver(stage: Stage) -> Callable[[], None]:
    """A browser that types on: each call saves a longer answer, as the page's script would."""
    client, typed = stage.browser(), count(1)
    html = client.get(stage.page()).text
    where = attribute(html, r'data-autosave="([^"]+)"')
    token = attribute(html, r'name="csrf-token" content="([^"]+)"')
    page, version = str(uuid.uuid4()), 0

    def save() -> None:
        nonlocal version
        seq = next(typed)
        answer = {"value": f"Reading is hard, and it has been for {seq} weeks.", "base": version}
        reply = client.post(
            where,
            json={"save": str(uuid.uuid4()), "page": page, "seq": seq, "answers": {QUESTION: answer}},
            headers={"X-CSRFToken": token, "Accept": "application/json"},
        )
        if reply.status_code != 200:
            raise RuntimeError(f"the answer was not saved: {reply.status}")
        version = reply.get_json()["versions"][QUESTION]

    return save


def bare(stage: Stage) -> Callable[[], None]:
    """The least a route could do that keeps something: one row, the same models, engine and row security."""
    app = Flask("bare")
    database = stage.app.database

    @app.post("/")
    def insert() -> dict[str, bool]:
        with database.transaction(stage.authority_id) as session:
            session.add(
                SaveReceipt(submission_id=stage.submission_id, save_id=uuid.uuid4(), result={}, saved_at=clock.now())
            )
        return {"saved": True}

    client = app.test_client()

    def post() -> None:
        reply = client.post("/", json={"value": "Reading is hard, and it has been for years."})
        if reply.status_code != 200:
            raise RuntimeError(f"the row was not put in: {reply.status}")

    return post
