"""Record a public draw among people, or units, who are equal in every criterion."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial

from sqlalchemy.orm import Session

from account.models import Approval
from account.operations.agreement import agreement
from account.operations.alone import approve_alone
from account.operations.audit import Actor, Subject, record
from account.rules.chain import Plain
from core.data_version import PUBLIC, renew_version
from core.values.week import local_date
from quiz.contest.models import Contest, Round
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.presets import Rules
from quiz.results.models import Draw
from quiz.results.operations.audit_subjects import of_tie
from quiz.results.operations.closing import ClustersUndecided, reseat
from quiz.results.operations.versions import Changed, TooEarly, lock_round
from quiz.results.queries.entry_codes import list_entry_codes, of_round
from quiz.results.queries.result import find_result
from quiz.results.queries.review import count_undecided
from quiz.results.queries.tie_groups import OpenGroup, TieGroups, read_tie_groups
from quiz.results.rules.draws import DrawRecord, drawn_refs, named_refs
from quiz.results.rules.number_draws import NumberRecord, has_digits, may_decide, seeded_text, tickets_by_number


class WrongDay(Exception):
    """The draw is said to have been held before the results were there, or after today."""


class WrongNumberDay(WrongDay):
    """The number was published before everything was fixed, much later, or is not known yet."""


class WrongDigits(WrongDay):
    """The number has not as many digits as the rules declare; the declared number is its argument."""


class AlreadyDrawn(Exception):
    """The group has a recorded draw, which only a recording with a reason replaces."""


Written = DrawRecord | NumberRecord


def check_written(written: Written, rules: Rules, fixed_on: date, now: datetime) -> None:
    """Check that *written* is of the declared kind, and of a day that may decide what was fixed on *fixed_on*.

    Raises:
        Changed: the *rules* declare a public source and a draw by hand was written, or the other way round.
        WrongDay: it was held before that day, or after today; `WrongNumberDay` as `may_decide` says.
        WrongDigits: the number has more or fewer digits than declared.
    """
    today, by_number = local_date(now), rules.draw_source is not None
    if isinstance(written, NumberRecord) is not by_number:
        raise Changed
    if isinstance(written, NumberRecord):
        if not may_decide(written.held_on, fixed_on, today):
            raise WrongNumberDay
        if not has_digits(written.number, rules.draw_digits):
            raise WrongDigits(rules.draw_digits)
    elif not fixed_on <= written.held_on <= today:
        raise WrongDay


def find_group(groups: TieGroups, key: str, written: Written) -> OpenGroup:
    """Return the group under *key* that *written* is of.

    Raises:
        Changed: there is no such group now: the results changed, or another draw was recorded.
        AlreadyDrawn: it is decided, and *written* gives no reason to record it again.
    """
    found = groups.find(key)
    if found is None:
        raise Changed
    if found.decided_by is not None and not written.again:
        raise AlreadyDrawn
    return found


def check_round_draw(session: Session, round: Round, key: str, written: Written, *, now: datetime) -> OpenGroup:
    """Return the group of *round* that *written* is of, if it may be recorded now.

    Raises:
        TooEarly: the round is not closed.
        ClustersUndecided: the review comes first, since it may take people out of the group.
        WrongDay, Changed, AlreadyDrawn: as `check_written` and `find_group` do.
        BadDraw: the tickets do not fit the group.
    """
    if round.closed_at is None:
        raise TooEarly
    if undecided := count_undecided(session, round):
        raise ClustersUndecided(undecided)
    check_written(written, round.declared, local_date(round.closed_at), now)
    found = find_group(read_tie_groups(session, round), key, written)
    if isinstance(written, DrawRecord):
        drawn_refs(found.group, written.tickets)
    return found


def record_round_draw(
    session: Session,
    actor: Actor,
    round: Round,
    key: str,
    written: Written,
    *,
    reason: str,
    now: datetime,
    approval: Approval | None = None,
) -> Draw:
    """Record the draw of the group under *key*, seat the winners by it, and audit it (decision 0116).

    Everybody who is equal is in the recorded group; the public reads every recording. *approval* is the second
    person's, None where one person decides alone.

    Raises as `check_round_draw` does.
    """
    lock_round(session, round)
    found = check_round_draw(session, round, key, written, now=now)
    result = find_result(session, round)
    codes = partial(list_entry_codes, session, round)
    draw = draw_of(round.contest, found, written, (round.declared.draw_source, of_round(round)), codes, now=now)
    draw.round_id, draw.version = round.id, result.version if result else None
    about = of_tie(round, found.group)
    store_draw(session, actor, draw, about, QuizAction.DRAW_RECORD, reason=reason, now=now, approval=approval)
    reseat(session, round, now=now)
    return draw


def draw_of(
    contest: Contest,
    found: OpenGroup,
    written: Written,
    by: tuple[str | None, str],
    codes: Callable[[Sequence[str]], Sequence[str]],
    *,
    now: datetime,
) -> Draw:
    """Return the draw of *found* as it was *written*, by hand or by a public number; not stored.

    *by* is the source that the rules declare, and what is drawn in the contest; *codes* gives the public codes of refs.
    """
    if isinstance(written, DrawRecord):
        return new_draw(contest, found, written, now=now)
    source, about = by
    return new_number_draw(contest, found, written, source or "", about, codes(found.group.refs), now=now)


def new_draw(contest: Contest, found: OpenGroup, written: DrawRecord, *, now: datetime) -> Draw:
    """Return a draw of *found* that is not stored; its caller says of which round or measure it is."""
    return Draw(
        contest_id=contest.id,
        bloc=found.group.bloc,
        rank=found.group.rank,
        prizes=list(found.group.places),
        members=list(found.group.refs),
        drawn=drawn_refs(found.group, written.tickets),
        held_on=written.held_on,
        place=written.place,
        witnesses=list(written.witnesses),
        again=written.again if found.decided_by is not None else None,
        recorded_at=now,
    )


def new_number_draw(
    contest: Contest,
    found: OpenGroup,
    written: NumberRecord,
    source: str,
    about: str,
    codes: Sequence[str],
    *,
    now: datetime,
) -> Draw:
    """Return a draw of *found*, whose public *codes* are ordered by the number; not stored (decision 0121).

    Everybody in the group has a place. *about* names what is drawn in the contest, as `seeded_text` takes it.
    """
    seeded = seeded_text(contest.slug, about, source, written)
    return Draw(
        contest_id=contest.id,
        bloc=found.group.bloc,
        rank=found.group.rank,
        prizes=list(found.group.places),
        members=list(found.group.refs),
        drawn=drawn_refs(found.group, tickets_by_number(seeded, codes)),
        held_on=written.held_on,
        place="",
        witnesses=[],
        source=source,
        number=written.number,
        seeded=seeded,
        codes=list(codes),
        again=written.again if found.decided_by is not None else None,
        recorded_at=now,
    )


def store_draw(
    session: Session,
    actor: Actor,
    draw: Draw,
    about: Subject,
    action: QuizAction,
    *,
    reason: str,
    now: datetime,
    approval: Approval | None,
) -> None:
    """Store *draw* and its audit entry, without names: how many were in it, and the tickets drawn."""
    why = draw.again or reason
    draw.approval = approval or approve_alone(session, actor, action, about, reason=why, now=now)
    session.add(draw)
    session.flush()
    renew_version(session, PUBLIC)
    tickets = ", ".join(str(draw.members.index(ref) + 1) for ref in named_refs(draw.drawn, draw.prizes))
    after: dict[str, Plain] = {"equals": len(draw.members), "drawn": tickets, "held_on": draw.held_on.isoformat()}
    if draw.number:
        after["number"] = draw.number
    record(session, actor, action, about, after=after | agreement(draw.approval), reason=why, now=now)
