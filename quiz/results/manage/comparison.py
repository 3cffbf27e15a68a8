"""The defence: two people in a box give the criterion that decides between them, and the article of the rules."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.views.current import actor
from core import clock
from core.web.access import requires
from core.web.extensions import db, keyring
from quiz.contest.labels.guesses import guess_words
from quiz.contest.manage import blueprint, round_or_404
from quiz.contest.models import Round
from quiz.results.forms.comparison import ComparisonForm
from quiz.results.manage.compare_words import ComparedPage, compared_page
from quiz.results.operations.comparison import MOST_A_DAY, NoMoreComparisons, record_comparison
from quiz.results.queries.comparison import ComparedEntry, find_typed, read_compared
from quiz.results.queries.result import find_result

Page = Response | tuple[str, int]


@blueprint.route("/<slug>/tuan/<int:number>/doi-chieu", methods=["GET", "POST"])
@requires("contact.open")
def compare(slug: str, number: int) -> Page:
    """Ask for two people and a reason, and show what decides between them; each comparison is recorded."""
    round, form = round_or_404(slug, number), ComparisonForm()
    if find_result(db.session, round) is None:
        flash(_("Hãy khóa bài và xếp hạng trước."), "error")
        return redirect(url_for(".round", slug=slug, number=number))
    if not form.validate_on_submit():
        return _page(round, form, 422 if form.is_submitted() else 200)
    try:
        found = _compared(round, form)
    except NoMoreComparisons:
        db.session.rollback()
        form.form_errors.append(
            _("Tài khoản này đã tìm và đối chiếu %(n)s lần trong 24 giờ. Xin thử lại sau.", n=MOST_A_DAY)
        )
        return _page(round_or_404(slug, number), form, 429)
    if found is None:
        return _page(round, form, 422)
    return _page(round, form, 200, found)


def _compared(round: Round, form: ComparisonForm) -> ComparedPage | None:
    """Return the comparison; None where a field fits no one, or several, with a message at it.

    Each lookup is recorded: that a name fits no person, several people or a rank is knowledge too.
    """
    one, other = _looked_up(round, form, "one"), _looked_up(round, form, "other")
    record_comparison(db.session, actor(), round, (one, other), reason=form.reason.data or "", now=clock.now())
    db.session.commit()
    if isinstance(one, int) or isinstance(other, int):
        return None
    if one.participant.id == other.participant.id:
        form.other.errors = [_("Đây cũng là người thứ nhất. Xin nhập người khác.")]
        return None
    result = find_result(db.session, round)
    return compared_page(round, one, other, guess_words(round.declared, result.target_people if result else None))


def _looked_up(round: Round, form: ComparisonForm, at: str) -> ComparedEntry | int:
    """Return the entry that the field *at* names, or how many fit where that is not one."""
    found = find_typed(db.session, keyring(), round, form[at].data or "")
    chosen = form.chosen(at, found)
    return len(found) if chosen is None else read_compared(db.session, round, chosen)


def _page(round: Round, form: ComparisonForm, status: int, found: ComparedPage | None = None) -> tuple[str, int]:
    result = find_result(db.session, round)
    page = render_template(
        "quiz/results/manage/comparison.html",
        contest=round.contest,
        round=round,
        form=form,
        found=found,
        version=result.version if result else None,
        now=clock.now(),
        most=MOST_A_DAY,
    )
    return page, status
