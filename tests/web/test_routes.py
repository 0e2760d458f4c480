"""Who may use a route is declared on it and proved for every one."""

from collections.abc import Callable

import pytest

from tests.web.conftest import PageClient, Somebody
from web.application import Coproduce
from web.security import policy

PUBLIC = {
    "home.index",
    "home.safety",
    "home.privacy",
    "home.accessibility",
    "home.help_page",
    "home.contact",
    "home.authority_css",
    "health.live",
    "health.ready",
    "health.metrics",
    "receipts.notify",
    "dates.start",
    "dates.show",
    "dates.calendar_file",
    "dates.letter",
    "api.due",
    "api.document",
    "auth.sign_in",
    "auth.sign_in_professional",
    "auth.sign_in_staff",
    "auth.code",
    "auth.name",
    "auth.go",
    "auth.which",
    "auth.invited",
    "family.ask",
    "family.begin",
    "demo.index",
    "demo.be",
    "demo.mail",
    "demo.one_mail",
}
KINDS = ("family", "professional", "staff")
SOME_ID = "00000000-0000-4000-8000-000000000000"


def _views(app: Coproduce) -> dict[str, Callable[..., object]]:
    return dict(app.view_functions)


def test_z1_every_route_names_who_may_use_it(app: Coproduce) -> None:
    undeclared = {name for name, view in _views(app).items() if not getattr(view, "who_may", ())}
    assert undeclared == set()


def test_z1_the_open_routes_are_those_listed_here(app: Coproduce) -> None:
    opened = {name for name, view in _views(app).items() if "public" in getattr(view, "who_may", ())}
    assert opened == PUBLIC


def _addresses(app: Coproduce) -> list[tuple[str, str, set[str]]]:
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            values = {name: SOME_ID if name.endswith("_id") else "x" for name in rule.arguments}
            found.append(
                (rule.endpoint, str(app.url_map.bind("localhost").build(rule.endpoint, values)), rule.methods or set())
            )
    return found


def test_z1_signed_out_people_are_sent_to_sign_in_from_every_closed_route(
    app: Coproduce, client_for: Callable[[Somebody | None], PageClient]
) -> None:
    client = client_for(None)
    for endpoint, address, methods in _addresses(app):
        if endpoint not in PUBLIC and "GET" in methods:
            response = client.get(address)
            assert response.status_code in (302, 401), endpoint
            assert response.status_code == 401 or response.location == "/sign-in", endpoint


@pytest.mark.parametrize("kind", KINDS)
def test_z1_every_route_refuses_kinds_it_does_not_name(
    app: Coproduce, kind: str, somebody: Callable[..., Somebody], client_for: Callable[[Somebody | None], PageClient]
) -> None:
    client = client_for(somebody(kind))
    for endpoint, address, methods in _addresses(app):
        allowed = getattr(app.view_functions[endpoint], "who_may", ())
        if kind not in allowed and "public" not in allowed and "GET" in methods:
            assert client.get(address).status_code == 404, endpoint


@pytest.mark.parametrize("kind", KINDS)
def test_z2_a_thing_one_may_not_see_and_one_that_is_not_there_look_the_same(
    app: Coproduce, kind: str, somebody: Callable[..., Somebody], client_for: Callable[[Somebody | None], PageClient]
) -> None:
    client = client_for(somebody(kind))
    missing = client.get("/no-such-page")
    for endpoint, address, methods in _addresses(app):
        allowed = getattr(app.view_functions[endpoint], "who_may", ())
        if kind in allowed and SOME_ID in address and "GET" in methods and not endpoint.startswith("family.open_case"):
            response = client.get(address)
            assert response.status_code in (404, 302), endpoint
            if response.status_code == 404 and response.mimetype == "text/html" and missing.mimetype == "text/html":
                assert "<h1" in response.text


def test_w1_get_changes_nothing_without_a_form(app: Coproduce) -> None:
    for rule in app.url_map.iter_rules():
        assert not ({"PUT", "DELETE", "PATCH"} & (rule.methods or set())), rule.endpoint


def test_w1_a_post_without_a_token_is_refused(client_for: Callable[[Somebody | None], PageClient]) -> None:
    response = client_for(None).post("/ask", data={"token": SOME_ID})
    assert response.status_code in (302, 400)
    assert "/forms/" not in (response.location or "")


def test_w1_a_post_from_another_site_is_refused(client_for: Callable[[Somebody | None], PageClient]) -> None:
    response = client_for(None).post("/ask", headers={"Origin": "https://elsewhere.invalid"})
    assert response.status_code == 403


def test_w3_every_response_carries_the_headers(client_for: Callable[[Somebody | None], PageClient]) -> None:
    client = client_for(None)
    for address in ("/", "/sign-in", "/no-such-page", "/health/live", "/static/dist/coproduce.css"):
        headers = client.get(address).headers
        assert headers["X-Content-Type-Options"] == "nosniff", address
        if not address.startswith("/static"):
            assert "default-src 'none'" in headers["Content-Security-Policy"], address
            assert headers["Referrer-Policy"] == "same-origin", address


def test_w3_only_a_page_that_takes_recordings_may_use_the_camera(
    client_for: Callable[[Somebody | None], PageClient],
) -> None:
    assert "camera=()" in client_for(None).get("/").headers["Permissions-Policy"]
    assert "blob:" in policy("n", making=True)
    assert "blob:" not in policy("n")


def test_w4_another_host_name_is_not_answered(client_for: Callable[[Somebody | None], PageClient]) -> None:
    response = client_for(None).get("/", headers={"Host": "evil.invalid"})
    assert response.status_code == 404
    assert "Hartwell" not in response.text
