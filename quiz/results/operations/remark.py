"""Re-mark a closed round by another key of one question, as a new version of the results."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from account.models import Approval
from account.operations.agreement import agreement
from account.operations.alone import approve_alone
from account.operations.audit import Actor, record
from core.bulk import ReadyRows, make_room, set_by_id, stored_places, without_collections
from core.messages.outbox import record_event
from core.values.columns import Ints
from quiz.attempt.models import Attempt, Entry
from quiz.attempt.operations.tally import rebuild_tally, replace_tally
from quiz.attempt.queries.paper import find_paper
from quiz.attempt.queries.recount import recount_papers, rules_of
from quiz.attempt.queries.round_papers import RoundPapers, read_papers
from quiz.attempt.queries.tally_check import Cells
from quiz.contest.models import Round, RoundQuestion
from quiz.contest.models.contest import new_version
from quiz.contest.operations.audit_subjects import of_question
from quiz.contest.rules.actions import QuizAction
from quiz.results.models import KeyVersion, Result
from quiz.results.operations.answers import count_answers, ready_answers, store_answers
from quiz.results.operations.audit_subjects import key_words, remarked
from quiz.results.operations.correcting import rank_correction
from quiz.results.operations.freezing import is_corrected
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
from quiz.results.queries.draft import draft_results, excluded_in, limited_in, unranked_in
from quiz.results.queries.remark import VOID, MarkChanges, key_of, preview_marks, takes_as_many
from quiz.results.queries.result import find_result
from quiz.results.rules.corrections import Cause


@dataclass(frozen=True)
class Remark:
    """The marks by another key, and the resulting preview."""

    question: RoundQuestion
    marks: MarkChanges
    preview: Preview


def preview_remark(session: Session, round: Round, position: int, fix: str) -> Remark:
    """Return the results of *round* with the key *fix* (letters, or `VOID`) for the question at *position*.

    Source: F13 of `docs/abuse.md`, decision 0022. The target A is recomputed even after the publication, since
    the published number of all-correct entries was wrong. The answers and guesses to which attempts committed do not
    change.

    Raises:
        TooEarly: the round is not closed.
        NothingToDo: *fix* is the present key, there is no such question or letter, or one answer can't be several.
    """
    return _preview(session, round, read_papers(session, round), position, fix)


def _preview(session: Session, round: Round, papers: RoundPapers, position: int, fix: str) -> Remark:
    result = find_result(session, round)
    if round.closed_at is None or result is None:
        raise TooEarly
    question = next((each for each in round.questions if each.position == position), None)
    if question is None or key_of(question) == fix or not _is_key(question, fix):
        raise NothingToDo
    marks, without = preview_marks(papers, round, question, fix), excluded_in(session, round)
    unranked, limited = unranked_in(session, round, marks.recount.entries), limited_in(session, round, result)
    draft = draft_results(round, marks.recount.entries, unranked=unranked, without=without, limited=limited)
    ranked = len(marks.recount.entries) - len(without.keys() | unranked)
    return Remark(question, marks, preview_of(session, round, result, draft, ranked=ranked))


def remark_round(
    session: Session, actor: Actor, round: Round, position: int, fix: str, *, seen: str, reason: str, now: datetime,
    approval: Approval | None = None, between: Step = nothing,
) -> Result:  # fmt: skip
    """Do what `preview_remark` says, wholly or not at all, record it and announce the correction.

    *seen* is the digest of the approved preview, *approval* the second person's, None where one person decides alone.
    *between* is called between the steps, where a caller that must not hold up other writers commits.

    The old key and the old version stay; the attempts that count, their marks and the tally are those of the new one.

    Raises:
        Changed: the preview has changed.
        TooEarly, NothingToDo: as `preview_remark` does.
    """
    ready = list[_Ready]()

    def preview() -> Preview:
        ready[:] = [_prepare(session, round, position, fix, seen, now)]
        return ready[0].found.preview

    shown = rank_correction(session, round, preview, now=now, between=between)
    was = key_words(key_of(ready[0].found.question))
    differences = _store(session, round, ready[0], fix, version=shown.result.version + 1)
    about = of_question(round, position)
    approval = approval or approve_alone(session, actor, QuizAction.ROUND_REMARK, about, reason=reason, now=now)
    result = store_version(
        session, round, shown.draft, cause=Cause.REMARK, turns=shown.result.turns, now=now,
        differences=differences, approval=approval, has_lines=True,
    )  # fmt: skip
    record_event(session, events.corrected(session, round, result, now), now=now)
    after = {**remarked(result, fix), **agreement(approval)}
    record(session, actor, QuizAction.ROUND_REMARK, about, before={"key": was}, after=after, reason=reason, now=now)
    return result


def _is_key(question: RoundQuestion, fix: str) -> bool:
    """Return whether *fix* can be a key: several letters only where participants could choose several."""
    letters = [choice.letter for choice in question.choices]
    if fix == VOID:
        return True
    return bool(fix) and list(fix) == sorted(set(fix)) and set(fix) <= set(letters) and takes_as_many(question, fix)


@dataclass(frozen=True)
class _Ready:
    """A re-mark with all that it stores, made before anything is locked: the counts by the old and by the new key."""

    found: Remark
    before: Cells
    answers: ReadyRows
    since: datetime
    places: Ints | None


@without_collections()
def _prepare(session: Session, round: Round, position: int, fix: str, seen: str, now: datetime) -> _Ready:
    papers = read_papers(session, round)
    before = recount_papers(papers, rules_of(round), find_paper(session, round.id, round.paper_version).key).cells
    found = _preview(session, round, papers, position, fix)
    if found.preview.digest != seen:
        raise Changed
    key = None if fix == VOID else frozenset(fix)
    answers = ready_answers(session, count_answers(round, found.marks.recount, {found.question.ref: key}))
    places = stored_places(session, Attempt, found.marks.changed.attempts)
    return _Ready(found, before, answers, now, places)


def _store(session: Session, round: Round, ready: _Ready, fix: str, *, version: int) -> list[str]:
    """Store marks, entries, key, tally and answers; return how the tally had differed from a recount."""
    marks = ready.found.marks
    make_room(session)
    differences = replace_tally(session, round, ready.before)
    set_by_id(session, Attempt, "correct", *marks.changed, ready.places)
    for who, attempt, guess in marks.moved:
        mine = update(Entry).where(Entry.round_id == round.id, Entry.participant_id == UUID(who))
        session.execute(mine.values(attempt_id=UUID(attempt), guess=guess))
    _store_key(session, ready.found.question, fix, version=version)
    round.paper_version = new_version()
    session.expire_all()
    if is_corrected(session, round, ready.since):
        rebuild_tally(session, round)
    else:
        replace_tally(session, round, marks.recount.cells)
    store_answers(session, round, ready.answers)
    return differences


def _store_key(session: Session, question: RoundQuestion, fix: str, *, version: int) -> None:
    mine = KeyVersion.round_question_id == question.id
    if not session.scalar(select(func.count()).select_from(KeyVersion).where(mine)):
        was = "".join(sorted(question.key))
        session.add(KeyVersion(round_question_id=question.id, version=1, letters=was, is_void=question.is_void))
    question.is_void = fix == VOID
    if fix != VOID:
        question.letters = fix
    letters = "".join(sorted(question.key))
    session.add(KeyVersion(round_question_id=question.id, version=version, letters=letters, is_void=question.is_void))
    session.flush()
