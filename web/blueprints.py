"""Every blueprint package, one for each kind of user's journey."""

from web.application import Coproduce


def init_app(app: Coproduce) -> None:
    """Register the journeys. The demo's code is imported only in demo mode."""
    from web import advice, api, auth, child, council, dates, family, health, home, letters, receipts, school, writing

    journeys = (home, health, auth, family, writing, child, school, advice, council, letters, dates, api, receipts)
    for journey in journeys:
        app.register_blueprint(journey.bp)
    if app.settings.demo:
        from web import demo

        app.register_blueprint(demo.bp)
