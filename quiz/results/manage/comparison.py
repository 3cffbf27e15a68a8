"""The defence: two people in a box give the criterion that decides between them, and the article of the rules."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.views.current import actor
from core import clock
from core.web.access import requires
from core.web.extensions import db, keyring
from quiz.contest.labels.guesses import guess_words
from quiz.contest.manage import blueprint, round_or_404
from quiz.contest.models import Contest, Round
from quiz.results.forms.comparison import ComparisonForm
from quiz.results.manage.compare_words import compared_page
from quiz.results.manage.compared_page import ComparedPage
from quiz.results.operations.comparison import MOST_A_DAY, NoMoreComparisons, record_comparison
from quiz.results.queries.comparison import Compared, Found, find_typed, read_compared
from quiz.results.queries.result import find_result

Page = Response | tuple[str, int]


@dataclass(frozen=True)
class ComparisonScope:
    """A closed round, or a whole contest, in which two people are compared: how it finds, reads and words them."""

    of: Round | Contest
    find: Callable[[str], Sequence[Found]]
    read: Callable[[Found], Any]
    compare: Callable[[Any, Any], ComparedPage]
    words: Mapping[str, Any]
    """The contest, the address of the page and the way back; of a round also the version of its results."""


@blueprint.route("/<slug>/tuan/<int:number>/doi-chieu", methods=["GET", "POST"])
@requires("contact.open")
def compare(slug: str, number: int) -> Page:
    """Ask for two people and a reason, and show what decides between them; each comparison is recorded."""
    round = round_or_404(slug, number)
    if find_result(db.session, round) is None:
        flash(_("Hãy khóa bài và xếp hạng trước."), "error")
        return redirect(url_for(".round", slug=slug, number=number))
    return comparison_reply(lambda: _scope(round_or_404(slug, number)))


def _scope(round: Round) -> ComparisonScope:
    result = find_result(db.session, round)
    slug, number = round.contest.slug, round.number
    return ComparisonScope(
        round,
        find=lambda typed: find_typed(db.session, keyring(), round, typed),
        read=lambda found: read_compared(db.session, round, found),
        compare=lambda one, other: compared_page(
            round, one, other, guess_words(round.declared, result.target_people if result else None)
        ),
        words={
            "contest": round.contest,
            "round": round,
            "version": result.version if result else None,
            "here": url_for(".compare", slug=slug, number=number),
            "back": url_for(".round", slug=slug, number=number),
        },
    )


def comparison_reply(scope_of: Callable[[], ComparisonScope]) -> Page:
    """Return the form, or the comparison that it asks for; *scope_of* reads the scope, again after a rollback."""
    scope, form = scope_of(), ComparisonForm()
    if not form.validate_on_submit():
        return _page(scope, form, 422 if form.is_submitted() else 200)
    try:
        found = _compared(scope, form)
    except NoMoreComparisons:
        db.session.rollback()
        form.form_errors.append(
            _("Tài khoản này đã tìm và đối chiếu %(n)s lần trong 24 giờ. Xin thử lại sau.", n=MOST_A_DAY)
        )
        return _page(scope_of(), form, 429)
    if found is None:
        return _page(scope, form, 422)
    return _page(scope, form, 200, found)


def _compared(scope: ComparisonScope, form: ComparisonForm) -> ComparedPage | None:
    """Return the comparison; None where a field fits no one, or several, with a message at it.

    Each lookup is recorded: that a name fits no person, several people or a rank is knowledge too.
    """
    one, other = _looked_up(scope, form, "one"), _looked_up(scope, form, "other")
    record_comparison(db.session, actor(), scope.of, (one, other), reason=form.reason.data or "", now=clock.now())
    db.session.commit()
    if isinstance(one, int) or isinstance(other, int):
        return None
    if one.participant.id == other.participant.id:
        form.other.errors = [_("Đây cũng là người thứ nhất. Xin nhập người khác.")]
        return None
    return scope.compare(one, other)


def _looked_up(scope: ComparisonScope, form: ComparisonForm, at: str) -> Compared | int:
    """Return the person that the field *at* names, or how many fit where that is not one."""
    found = scope.find(form[at].data or "")
    chosen = form.chosen(at, found)
    if chosen is None:
        return len(found)
    compared: Compared = scope.read(chosen)
    return compared


def _page(
    scope: ComparisonScope, form: ComparisonForm, status: int, found: ComparedPage | None = None
) -> tuple[str, int]:
    page = render_template(
        "quiz/results/manage/comparison.html",
        form=form,
        found=found,
        now=clock.now(),
        most=MOST_A_DAY,
        **scope.words,
    )
    return page, status
