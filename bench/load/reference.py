"""The reference of the benchmarks: a constant reply, a bare Flask-WTF form and what is added to it, a bare paper."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from flask import Flask, abort, render_template, session
from flask_wtf import FlaskForm
from jinja2 import DictLoader
from sqlalchemy import ForeignKey, String, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from wtforms import IntegerField, RadioField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

import core.db  # noqa: F401 - the same pragmas: WAL with synchronous=FULL
from core.crypto import new_code
from core.web.extensions import Database

QUESTIONS, CHOICES, RIGHT = 10, "ABCD", "A"
TODAY = date(2026, 6, 1)
TEMPLATES = {
    "form.html": """<!doctype html><form method="post">
{{ form.csrf_token }}{{ form.level }}<button>Send</button>
</form>""",
    "thanks.html": """<!doctype html><p>Thanks</p><form class="more" method="post" action="/more">
{{ form.csrf_token }}{{ form.reasons }}{{ form.comment }}<button>Send</button>
</form>""",
    "enter.html": """<!doctype html><form method="post">
{{ form.csrf_token }}{{ form.code }}{{ form.code.errors|join }}<button>Begin</button>
</form>""",
    "paper.html": """<!doctype html><form method="post" action="/submit">
{{ form.csrf_token }}
{% for field in questions %}<fieldset><legend>{{ field.label.text }}</legend>{{ field }}</fieldset>
{% endfor %}
{{ form.guess.label }}{{ form.guess }}<button>Submit</button>
</form>""",
}
db = Database()


class ReferenceBase(DeclarativeBase):
    """Base class of the reference's tables."""


class SentForm(ReferenceBase):
    """A submitted form."""

    __tablename__ = "row"

    id: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[int]
    reasons: Mapped[str] = mapped_column(String(100), default="")
    comment: Mapped[str] = mapped_column(String(1000), default="")


class ReferencePerson(ReferenceBase):
    """A registered participant, found by their code."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)


class ReferencePaper(ReferenceBase):
    """A paper: inserted when it is begun, updated when it is submitted."""

    __tablename__ = "paper"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    started_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    correct: Mapped[int | None]


class Answers(ReferenceBase):
    """The answers of a paper and its number."""

    __tablename__ = "answers"

    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), primary_key=True)
    letters: Mapped[str] = mapped_column(String(100))
    guess: Mapped[int]


class ReferenceEntry(ReferenceBase):
    """The counted paper of a person."""

    __tablename__ = "entry"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), unique=True)


class Receipt(ReferenceBase):
    """The receipt of a paper, in place of the product's stored reply."""

    __tablename__ = "receipt"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"))


class ReferenceCount(ReferenceBase):
    """The number of papers of a day, in place of the product's tally."""

    __tablename__ = "count"

    day: Mapped[date] = mapped_column(primary_key=True)
    papers: Mapped[int] = mapped_column(default=0)


def _choices(values: str) -> list[SelectChoice]:
    return [SelectChoice(value=value, label=f"Choice {value}") for value in values]


def _radio(label: str, values: str) -> Any:
    return RadioField(label, choices=_choices(values), validators=[InputRequired()])


class BareForm(FlaskForm):  # type: ignore[misc]
    """Five levels, with Flask-WTF's session token."""

    level = _radio("Level", "12345")


class BareAdditionForm(FlaskForm):  # type: ignore[misc]
    """Seven boxes to tick and a comment, for a row that is stored."""

    reasons = SelectMultipleField(
        choices=_choices("abcdefg"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    comment = StringField()


class ReferenceEnterForm(FlaskForm):  # type: ignore[misc]
    """The code of a registered person."""

    code = StringField(validators=[InputRequired()])


class ReferencePaperForm(FlaskForm):  # type: ignore[misc]
    """Ten radio groups of four choices, declared below, and a number."""

    guess = IntegerField("How many?", validators=[InputRequired()])


for _number in range(1, QUESTIONS + 1):
    setattr(ReferencePaperForm, f"q{_number}", _radio(f"Question {_number}", CHOICES))


def create_reference(database_url: str, folder: Path | str) -> Flask:
    """Return the reference application on its own database; its templates are compiled once, as files would be."""
    app = Flask("reference", instance_path=str(folder))
    app.config.update(SECRET_KEY="bench", SQLALCHEMY_ENGINES={"default": database_url})
    app.jinja_loader = DictLoader(TEMPLATES)
    db.init_app(app)
    with app.app_context():
        ReferenceBase.metadata.create_all(db.engine)
        db.engine.dispose()  # the forked servers must not share a connection
    app.add_url_rule("/constant", view_func=constant)
    app.add_url_rule("/form", view_func=form, methods=["GET", "POST"])
    app.add_url_rule("/more", view_func=more, methods=["POST"])
    app.add_url_rule("/enter", view_func=enter, methods=["GET", "POST"])
    app.add_url_rule("/submit", view_func=submit, methods=["POST"])
    return app


def register(app: Flask, codes: list[str]) -> None:
    """Register a person for each of *codes*."""
    with app.app_context():
        db.session.execute(insert(ReferencePerson), [{"code": code} for code in codes])
        if db.session.get(ReferenceCount, TODAY) is None:
            db.session.add(ReferenceCount(day=TODAY))
        db.session.commit()
        db.engine.dispose()


def constant() -> str:
    """A reply without any work."""
    return "ok"


def form() -> tuple[str, int]:
    """Show the bare form, or store it and offer the second one."""
    form = BareForm()
    if not form.validate_on_submit():
        return render_template("form.html", form=form), 200
    row = SentForm(level=int(form.level.data))
    db.session.add(row)
    db.session.commit()
    session["row"] = row.id
    return render_template("thanks.html", form=BareAdditionForm(formdata=None)), 201


def more() -> tuple[str, int]:
    """Add the second form to the row that was stored."""
    form, row = BareAdditionForm(), db.session.get_one(SentForm, session["row"])
    if not form.validate_on_submit():
        return render_template("thanks.html", form=form), 422
    row.reasons, row.comment = " ".join(form.reasons.data or ()), form.comment.data or ""
    db.session.commit()
    return "thanks", 201


def enter() -> tuple[str, int]:
    """Ask for the code, then begin a paper and show it."""
    form = ReferenceEnterForm()
    if not form.validate_on_submit():
        return render_template("enter.html", form=form), 200
    person = db.session.scalar(select(ReferencePerson).where(ReferencePerson.code == form.code.data)) or abort(404)
    paper = ReferencePaper(person_id=person.id, started_at=datetime.now(UTC).replace(tzinfo=None))
    db.session.add(paper)
    db.session.commit()
    session["paper"] = paper.id
    return _paper_page(ReferencePaperForm(formdata=None)), 200


def submit() -> tuple[str, int]:
    """Store a paper with its answers, its entry, its receipt and the count of the day."""
    form = ReferencePaperForm()
    if not form.validate_on_submit():
        return _paper_page(form), 422
    paper, receipt = db.session.get_one(ReferencePaper, session["paper"]), new_code()
    letters = [form[f"q{number}"].data for number in range(1, QUESTIONS + 1)]
    paper.submitted_at, paper.correct = datetime.now(UTC).replace(tzinfo=None), letters.count(RIGHT)
    db.session.add(Answers(paper_id=paper.id, letters="".join(letters), guess=form.guess.data))
    db.session.add(ReferenceEntry(person_id=paper.person_id, paper_id=paper.id))
    db.session.add(Receipt(code=receipt, paper_id=paper.id))
    db.session.get_one(ReferenceCount, TODAY).papers = ReferenceCount.papers + 1
    db.session.commit()
    return f"thanks, {receipt}", 201


def _paper_page(form: ReferencePaperForm) -> str:
    questions = [form[f"q{number}"] for number in range(1, QUESTIONS + 1)]
    return render_template("paper.html", form=form, questions=questions)
