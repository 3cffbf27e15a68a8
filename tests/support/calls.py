"""Apply the results of calling winners, without an audit entry."""

from core import clock
from quiz.results.operations.closing import Call, apply_call


def confirm_winner(session, round, participant_id, *, now):
    return apply_call(session, round, participant_id, Call.CONFIRM, now=now)


def pass_winner(session, round, participant_id):
    return apply_call(session, round, participant_id, Call.PASS, now=clock.now())


def recall_winner(session, round, participant_id):
    return apply_call(session, round, participant_id, Call.RECALL, now=clock.now())
