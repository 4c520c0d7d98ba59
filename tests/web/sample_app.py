"""A small application on the web package: pages that use every component, and ways to fail."""

import uuid
from datetime import UTC, date, datetime, time
from pathlib import Path
from types import SimpleNamespace

from flask import Flask, abort, flash, redirect, render_template, request
from flask_wtf import CSRFProtect
from flask_wtf.file import FileField
from sqlalchemy.exc import OperationalError
from wtforms import (
    BooleanField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Optional

from portal import errors
from portal.web.forms import DateParts, IdempotencyKey, MaxLength, NotInFuture, PortalForm
from portal.web.setup import configure_web

PROJECT = Path(__file__).resolve().parents[2]
ACTOR = SimpleNamespace(
    name="Dr A Example",
    role_name="clinician",
    organisation_name="Lakeside Surgery",
    user_id=uuid.UUID(int=1),
    organisation_id=uuid.UUID(int=2),
)
LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff" * 2
TEAM = SimpleNamespace(name="Contact team", telephone="0121 496 0100")


class SampleForm(PortalForm):
    place = StringField(
        "Where was Ada seen?", [DataRequired("Enter where Ada was seen")], description="A room or a home."
    )
    password = PasswordField("Password")
    reason = TextAreaField("Reason", [DataRequired("Enter a reason"), MaxLength(2000)])
    told = RadioField(
        "Have you told the family?",
        [DataRequired("Say whether you have told the family")],
        choices={"yes": "Yes", "no": "No, it could put someone at risk"},
    )
    why_not = TextAreaField("Why not?", [Optional()])
    people = SelectMultipleField("Who must not see it?", choices={"a": "Ada", "b": "Ben", "none": "Nobody"})
    last_seen = DateParts(
        "When was Ada last seen?",
        [DataRequired("Enter when Ada was last seen"), NotInFuture()],
        noun="Date last seen",
    )
    practice = SelectField(
        "Practice", choices={"": "Choose one", "Y90001": "Lakeside Surgery"}, validators=[Optional()]
    )
    upload = FileField("Conference list")
    declaration = BooleanField(
        "I have read this report", [DataRequired("Confirm that you have read this report")]
    )
    key = IdempotencyKey()


def make_app(folder: Path | None = None, **config) -> Flask:
    app = Flask("portal", root_path=str(PROJECT / "portal"), template_folder=str(PROJECT / "templates"))
    app.config.update(
        SECRET_KEY="only-for-tests", PORTAL_ENVIRONMENT="demonstration", WTF_CSRF_TIME_LIMIT=None
    )
    app.config.update(config)
    app.jinja_loader.searchpath.append(str(PROJECT / "tests/web/templates"))
    CSRFProtect(app)
    configure_web(app)
    app.context_processor(lambda: {"actor": ACTOR, "contact_teams": (TEAM,)})
    _add_pages(app)
    _add_long_names(app)
    _add_failures(app)
    return app


def _add_pages(app: Flask) -> None:
    app.add_url_rule("/sign-out", "accounts.sign_out", lambda: redirect("/", 303), methods=["POST"])
    app.add_url_rule("/sign-in", "accounts.sign_in", lambda: render_template("sample/document.html"))
    saves: list[dict[str, str]] = []
    app.config["SAVES"] = saves
    app.config["ANSWERS"] = []

    @app.route("/")
    def first():
        return render_template(
            "sample/components.html",
            now=datetime(2026, 12, 10, 14, 2, tzinfo=UTC),
            day=date(2026, 12, 10),
            at=time(14, 0),
        )

    @app.route("/form", methods=["GET", "POST"])
    def form_page():
        form = SampleForm()
        if form.validate_on_submit():
            flash("Saved.", "success")
            return redirect("/", 303)
        return render_template("sample/form.html", form=form, autosave_url="")

    @app.route("/autosaved", methods=["GET", "POST"])
    def autosaved():
        form = SampleForm()
        if request.method == "POST":
            saves.append({**request.form, "by": "button"})
            return redirect("/", 303)
        return render_template("sample/form.html", form=form, autosave_url="/save")

    @app.route("/save", methods=["POST"])
    def save():
        status = app.config["ANSWERS"].pop(0) if app.config["ANSWERS"] else 200
        if status == 200:
            saves.append(dict(request.form))
            return {"saved_at": "14:02", "revision": len(saves)}
        return {"conflict_url": "/form"}, status

    @app.route("/document")
    def document():
        return render_template("sample/document.html")

    @app.route("/file")
    def file():
        return app.response_class("a,b", mimetype="text/csv")


def _add_long_names(app: Flask) -> None:
    @app.route("/long-names")
    def long_names():
        form = SampleForm()
        for field in form:
            field.label.text = LONG_NAME
        for field in (form.told, form.people, form.practice):
            field.choices = {"a": LONG_NAME, "b": LONG_NAME}
        return render_template("sample/long_names.html", form=form, name=LONG_NAME)


def _add_failures(app: Flask) -> None:
    @app.route("/status/<int:code>")
    def status(code):
        abort(code)

    @app.route("/raise/<name>", methods=["GET", "POST"])
    def raise_error(name):
        raise (
            getattr(errors, name)("Ring the contact team.")
            if request.args.get("said")
            else getattr(errors, name)()
        )

    @app.route("/bug")
    def bug():
        raise ValueError("Ada Example 9991234567")

    @app.route("/database-down")
    def database_down():
        raise OperationalError("SELECT 'Ada Example'", {"name": "Ada Example"}, Exception("Ada Example"))
