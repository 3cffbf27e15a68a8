"""Exclude an entry after the close, or recognise it again, as a new version of the results."""

import uuid
from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from account.models import Approval
from account.operations.agreement import agreement
from account.operations.alone import approve_alone
from account.operations.audit import Actor, record
from core.messages.outbox import record_event
from quiz.attempt.queries.paper_rows import counted_entries
from quiz.contest.models import Round
from quiz.contest.rules.actions import QuizAction
from quiz.results.models import Exclusion, Result
from quiz.results.operations.audit_subjects import excluded, of_paper, recognition
from quiz.results.operations.correcting import rank_correction
from quiz.results.operations.standings import Step, nothing
from quiz.results.operations.versions import (
    Changed,
    NothingToDo,
    Preview,
    TooEarly,
    preview_of,
    store_version,
)
from quiz.results.queries import events
from quiz.results.queries.correction import get_paper
from quiz.results.queries.draft import draft_results, excluded_in, limited_in, unranked_in
from quiz.results.queries.result import find_result
from quiz.results.rules.corrections import Cause, ExclusionReason
from quiz.results.rules.ranking import stored_target


def preview_exclusion(
    session: Session, round: Round, participant_id: uuid.UUID, ground: ExclusionReason | None
) -> Preview:
    """Return the results without the participant's entry for *ground*, or, with None, with it again.

    Raises:
        TooEarly: the round is not closed.
        NothingToDo: the entry already is excluded, or recognised.
    """
    return preview_exclusions(session, round, [participant_id], ground)


def preview_exclusions(
    session: Session, round: Round, participant_ids: Collection[uuid.UUID], ground: ExclusionReason | None
) -> Preview:
    """Return the results without these participants' entries, or, with None, with them again; others stay as they are.

    Source: decisions 0022 and 0036. Until the publication the target A counts recognised entries only, so it is
    recomputed; for a published round A stays as published, so that a later exclusion can't decide a guess.

    Raises:
        TooEarly: the round is not closed.
        NothingToDo: every one of the entries already is excluded, or recognised.
    """
    result = find_result(session, round)
    if round.closed_at is None or result is None:
        raise TooEarly
    without, counted = set(excluded_in(session, round)), counted_entries(session, round)
    asked = {str(id) for id in participant_ids}.intersection(counted.refs)
    changing = asked - without if ground is not None else asked & without
    if not changing:
        raise NothingToDo
    keeps = round.published_at is not None
    unranked, limited = unranked_in(session, round, counted), limited_in(session, round, result)
    draft = draft_results(
        round,
        counted,
        unranked=unranked,
        without=without ^ changing,
        target=stored_target(round.declared, result.target, result.target_people),
        keeps=keeps,
        limited=limited,
    )
    return preview_of(session, round, result, draft, ranked=len(counted) - len(without | unranked))


def exclude_entry(
    session: Session,
    actor: Actor,
    round: Round,
    participant_id: uuid.UUID,
    ground: ExclusionReason | None,
    *,
    seen: str,
    reason: str,
    now: datetime,
    approval: Approval | None = None,
    between: Step = nothing,
) -> Result:
    """Make the next version of *round*'s results as `preview_exclusion` says, record it and announce the correction.

    *seen* is the digest of the approved preview, *approval* the second person's, None where one person decides alone.
    *between* is called between the steps, where a caller that must not hold up other writers commits.

    Raises:
        Changed: the preview has changed.
        TooEarly, NothingToDo: as `preview_exclusion` does.
    """

    def preview() -> Preview:
        found = preview_exclusion(session, round, participant_id, ground)
        if found.digest != seen:
            raise Changed
        return found

    shown = rank_correction(session, round, preview, now=now, between=between)
    paper = get_paper(session, round, participant_id)
    about, was = of_paper(round, paper), recognition(paper.exclusion.ground if paper.exclusion else None)
    approval = approval or approve_alone(session, actor, QuizAction.ENTRY_EXCLUDE, about, reason=reason, now=now)
    result = store_exclusions(session, round, shown, ground, approval=approval, now=now)
    after = {**excluded(result, ground), **agreement(approval)}
    record(session, actor, QuizAction.ENTRY_EXCLUDE, about, before=was, after=after, reason=reason, now=now)
    return result


def store_exclusions(
    session: Session, round: Round, shown: Preview, ground: ExclusionReason | None, *, approval: Approval, now: datetime
) -> Result:
    """Store the previewed version, exclude or recognise the entries that it changes, and announce the correction.

    The caller has ranked it by `rank_correction`, and records the deed.
    """
    standing, turns = excluded_in(session, round), shown.result.turns
    cause = Cause.RESTORE if ground is None else Cause.EXCLUDE
    result = store_version(
        session, round, shown.draft, cause=cause, turns=turns, now=now, approval=approval, has_lines=True
    )
    for ref in standing.keys() - shown.draft.without:
        standing[ref].until_version = result.version
    key = {"round_id": result.round_id, "since_version": result.version}
    added = sorted(shown.draft.without - standing.keys()) if ground is not None else []
    session.add_all(Exclusion(**key, participant_id=uuid.UUID(ref), ground=ground) for ref in added)
    session.flush()
    record_event(session, events.corrected(session, round, result, now), now=now)
    return result
