"""The view that the address of a board asks for, and its switches to other views."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from quiz.boards.labels.board import ORDER
from quiz.boards.rules.board import BoardOrder, UnitLine, offered_orders
from quiz.contest.models import Contest, Round

ALL_WEEKS = "ca"
"""The value of `tuan` for all closed weeks."""
TODAY = "hom-nay"
"""The value of `don-vi` for the communes of today."""
BLOC = "doi-tuong"
"""The value of the address with the number of a bloc."""


@dataclass(frozen=True)
class BoardView:
    """The view that the address asks for: the round (None: all closed ones), the order, one's own unit, whose units,
    and the bloc (None: everybody).
    """

    round: Round | None
    order: BoardOrder
    unit_id: int | None = None
    by_today: bool = False
    bloc: int | None = None


def query_of(view: BoardView) -> dict[str, str]:
    """Return the values of the address of *view*, without its usual ones being left out."""
    asked = {"tuan": str(view.round.number) if view.round else ALL_WEEKS, "xep": view.order.value}
    if view.by_today:
        asked["don-vi"] = TODAY
    if view.bloc is not None:
        asked[BLOC] = str(view.bloc)
    return asked | ({"xa": str(view.unit_id)} if view.unit_id is not None else {})


def week_switch(contest: Contest, view: BoardView, weeks: Sequence[Round | None]) -> list[tuple[str, str, bool]]:
    """Return the switch between weeks: words, address, and whether it is shown now; empty for one alone."""
    asked = {name: value for name, value in query_of(view).items() if name in ("xep", "xa", BLOC)}
    if len(weeks) < 2:
        return []
    return [
        (
            _week_words(contest, each, weeks),
            address_of(contest, asked | {"tuan": _week_value(each)}),
            each is view.round,
        )
        for each in weeks
    ]


def _week_value(round: Round | None) -> str:
    return str(round.number) if round else ALL_WEEKS


def _week_words(contest: Contest, round: Round | None, weeks: Sequence[Round | None]) -> str:
    if round is None:
        is_over = all(each.closed_at for each in contest.rounds)
        return str(_("Cả cuộc thi") if is_over else _("Các tuần đã chốt"))
    return str(_("Tuần %(number)s", number=round.number)) if len(weeks) < 6 else str(round.number)


def bloc_switch(contest: Contest, view: BoardView) -> list[tuple[str, str, bool]]:
    """Return the switch between everybody and each bloc; empty without blocs, and for the communes of today."""
    if not contest.blocs or view.by_today:
        return []
    asked = {name: value for name, value in query_of(view).items() if name != BLOC}
    each_bloc = [
        (bloc.name, address_of(contest, asked | {BLOC: str(bloc.position)}), bloc.position == view.bloc)
        for bloc in contest.blocs
    ]
    return [(_("Tất cả"), address_of(contest, asked), view.bloc is None), *each_bloc]


def order_switch(contest: Contest, view: BoardView, lines: Sequence[UnitLine]) -> list[tuple[str, str, bool]]:
    """Return the switch between the offered orders; empty for one alone."""
    offered = offered_orders(lines)
    if len(offered) < 2:
        return []
    return [
        (_(ORDER[each]), address_of(contest, query_of(view) | {"xep": each.value}), each is view.order)
        for each in offered
    ]


def address_of(contest: Contest, query: Mapping[str, str]) -> str:
    """Return the address of a view, its values in the order in which replies are kept."""
    return url_for("quiz.board", slug=contest.slug, **dict(sorted(query.items())))  # type: ignore[arg-type]
