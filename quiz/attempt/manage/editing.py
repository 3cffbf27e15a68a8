"""Correct a contest: everything while it is a draft or has no registration, its texts at any time."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from account.views.current import actor
from commune.models import Unit
from commune.queries import list_units
from core import clock
from core.content import ENGLISH, texts_of_one
from core.values.week import local_date
from core.web.access import requires, scope
from core.web.extensions import db, settings
from quiz.attempt.operations import editing
from quiz.contest.forms import ContestForm, WordsForm
from quiz.contest.forms.schedule import pattern_of
from quiz.contest.manage import blueprint, contest_or_404
from quiz.contest.manage.contest import free_address, plan_of
from quiz.contest.models import Contest
from quiz.contest.queries import list_contest_units
from quiz.contest.queries.english import round_names
from quiz.contest.rules.bloc_text import prizes_text
from quiz.contest.rules.fields import written_fields
from quiz.contest.rules.names import written_pairs
from quiz.contest.rules.plan import Pattern
from quiz.contest.rules.presets import Rules
from quiz.contest.rules.prizes import written

Page = Response | tuple[str, int]


@blueprint.route("/<slug>/sua", methods=["GET", "POST"])
@requires("contest.manage")
def edit(slug: str) -> Page:
    """Correct a contest; the declared settings are fixed after the first registration."""
    contest = contest_or_404(slug)
    asks_all = "preset" in request.form if request.method == "POST" else editing.may_redeclare(db.session, contest)
    return _edit_all(contest) if asks_all else _edit_words(contest)


def _edit_words(contest: Contest) -> Page:
    form = WordsForm(obj=contest, **_english(contest)).of(contest)
    if form.validate_on_submit():
        editing.edit_words(
            db.session,
            actor(),
            contest,
            english=form.english,
            round_names=form.read_round_names,
            now=clock.now(),
            **form.words,
        )
        return _saved(contest)
    return render_template("quiz/attempt/manage/contest_words.html", contest=contest, form=form), _status(form)


def _english(contest: Contest) -> dict[str, str]:
    """Return the texts of *contest* in English, by the names of their form fields."""
    texts = {f"{field}_en": text for field, text in texts_of_one(db.session, contest, ENGLISH).items()}
    return {**texts, "rounds_en": written_pairs(round_names(db.session, contest))}


def _edit_all(contest: Contest) -> Page:
    units = units_of(contest)
    form = _form_of(contest, units)
    if form.fills_table:
        filled = form.fill_table()
        page = render_template("quiz/contest/manage/contest_form.html", contest=contest, form=form)
        return page, 200 if filled else 422
    if form.validate_on_submit():
        try:
            _edit(contest, form, units)
        except editing.AlreadyDeclared:
            db.session.rollback()
            return render_template(
                "quiz/attempt/manage/contest_words.html", contest=contest, form=form, is_late=True
            ), 409
        except editing.WouldLoseQuestions as error:
            db.session.rollback()
            weeks = ", ".join(map(str, error.numbers))
            form.weeks.errors = [_("Tuần %(weeks)s đã có câu hỏi. Muốn bỏ, xin đánh dấu ô bên dưới.", weeks=weeks)]
        except IntegrityError:
            db.session.rollback()
            form.title.errors = [_("Vừa có tên này. Xin bấm lần nữa.")]
        else:
            return _saved(contest)
    return render_template("quiz/contest/manage/contest_form.html", contest=contest, form=form), _status(form)


def _status(form: WordsForm) -> int:
    return 422 if form.is_submitted() else 200


def _edit(contest: Contest, form: ContestForm, units: list[Unit]) -> None:
    by_id = {unit.id: unit for unit in units}
    same_title = form.title.data == contest.title
    plan = plan_of(form, contest.slug if same_title else free_address(form.title.data, but=contest))
    entering = [by_id[id] for id in form.entering]
    unit, drops, now = by_id[form.unit.data], form.drops.data, clock.now()
    editing.edit_contest(db.session, actor(), contest, unit, entering, plan, drops=drops, now=now)


def units_of(contest: Contest) -> list[Unit]:
    """Return the units to choose from: the account's present ones, and those that the contest already has."""
    units = list_units(db.session, scope(), local_date(clock.now()))
    return list(dict.fromkeys([*units, contest.unit, *list_contest_units(db.session, contest)]))


def _form_of(contest: Contest, units: list[Unit]) -> ContestForm:
    first, rules, entering = contest.rounds[0], Rules.from_dict(contest.rules), [each.unit_id for each in contest.units]
    day, planned, names = local_date(first.opens_at), contest.planned, [bloc.name for bloc in contest.blocs]
    form = ContestForm(
        title=contest.title, organiser=contest.organiser, hotline=contest.hotline, summary=contest.summary,
        unit=contest.unit_id, preset=rules.preset, shuffles=rules.shuffles,
        shown=rules.shown, first_day=day, weeks=len(contest.rounds), schedule=pattern_of(planned).value,
        eligibility=rules.eligibility.value, most_sharing=rules.most_sharing, call_days=rules.call_days,
        limit_minutes=first.limit_seconds // 60, units=entering, people_per_phone=contest.people_per_phone,
        fields=written_fields(contest.asked_fields), blocs="\n".join(names),
        tiers=prizes_text([tier.value for tier in (*contest.tiers, *contest.season_tiers)], names),
        collective="\n".join(written(tier.value) for tier in contest.collective_tiers), youngest=contest.youngest,
        measure=contest.prize_terms.measure or "", cap=contest.prize_terms.cap,
        objection_days=contest.prize_terms.objection_days, claim_days=contest.prize_terms.claim_days,
        starts_together=rules.starts_together, draw_source=rules.draw_source, draw_digits=rules.draw_digits,
        all_right_only=rules.all_right_only, rest_rounds=rules.rest_rounds, most_prizes=rules.most_prizes,
        **_english(contest),
    )  # fmt: skip
    form.expect(today=local_date(clock.now()), sends_sms=bool(settings().sms_url), kept_from=day, kept=planned).offer(
        units
    )
    if not form.is_submitted():
        form.show_rules(rules)
        if form.pattern is Pattern.TABLE:
            form.show_table(planned)
        form.show_entering(entering)
    return form


def _saved(contest: Contest) -> Response:
    db.session.commit()
    flash(_("Đã lưu."), "success")
    return redirect(url_for(".contest", slug=contest.slug))
