"""What we stand beside: a constant reply, and the barest Flask-WTF form that inserts one row by the ORM."""

from pathlib import Path

from flask import Flask, render_template_string
from flask_wtf import FlaskForm
from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

import core.db  # noqa: F401 - the same pragmas: WAL with synchronous=FULL
from core.web.extensions import Database

PAGE = """<!doctype html><form method="post">
{{ form.csrf_token }}{{ form.level }}{{ form.comment }}<button>Send</button>
</form>"""
db = Database()


class Base(DeclarativeBase):
    """Parent of the one table."""


class Row(Base):
    """What was sent."""

    __tablename__ = "row"

    id: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[int]
    comment: Mapped[str] = mapped_column(String(1000))


class BareForm(FlaskForm):  # type: ignore[misc]
    """Five levels and a comment, with Flask-WTF's session token."""

    level = RadioField(
        choices=[SelectChoice(value=str(n), label=str(n)) for n in range(1, 6)],
        coerce=int,
        validators=[InputRequired()],
    )
    comment = StringField()


def create_reference(database_url: str, folder: Path) -> Flask:
    """The bare application on a database of its own."""
    app = Flask("reference", instance_path=str(folder))
    app.config.update(SECRET_KEY="bench", SQLALCHEMY_ENGINES={"default": database_url})
    db.init_app(app)
    with app.app_context():
        Base.metadata.create_all(db.engine)

    @app.get("/constant")
    def constant() -> str:
        return "ok"

    @app.route("/form", methods=["GET", "POST"])
    def form() -> tuple[str, int]:
        form = BareForm()
        if form.validate_on_submit():
            db.session.add(Row(level=form.level.data, comment=form.comment.data or ""))
            db.session.commit()
            return "thanks", 201
        return render_template_string(PAGE, form=form), 200

    return app
