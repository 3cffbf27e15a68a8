"""The paper on a printed sheet, decoded by what the sheet was printed from, beside what its round asks today."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from core.crypto import Keyring
from core.values.language import use
from quiz.attempt.models import Attempt, PaperSheet
from quiz.attempt.queries.paper import AskedQuestion, Paper, find_paper, paper_of, salted_secret
from quiz.attempt.rules.order import arrange
from quiz.attempt.rules.printed import PrintedChoice, PrintedQuestion, QuestionPrint, counterparts
from quiz.bank.rules.mending import why_no_typo
from quiz.contest.models import Round
from quiz.contest.rules.presets import Rules

PAPER, ONLINE = "paper", ("self", "assisted")
"""Modes of attempts: on a printed sheet, and on a paper that this program showed."""


@dataclass(frozen=True)
class DecodedSheet:
    """The questions of a sheet at their places, as printed, answered in the letters that the round has today.

    `changed` are the places of questions that the round does not ask so any more. Where `has_other_length`, papers of
    the round have more or fewer questions by now. A sheet of an earlier version that did not keep what it was printed
    from has `is_unknown`, and the paper of today.
    """

    paper: Paper
    changed: tuple[int, ...] = ()
    has_other_length: bool = False
    is_unknown: bool = False

    @property
    def is_outdated(self) -> bool:
        """Whether the sheet asks something else than the round, so that it can't be compared with other papers."""
        return bool(self.changed) or self.has_other_length


def print_of(paper: Paper, rules: Rules) -> QuestionPrint:
    """Return *paper*, the questions of a round with *rules*, as sheets are printed from it."""
    return QuestionPrint(tuple(map(_printed, paper.questions)), rules.shuffles, rules.shown)


def decode(session: Session, keyring: Keyring, sheet: PaperSheet) -> DecodedSheet:
    """Return the paper on *sheet*; texts are Vietnamese, as they are printed."""
    round = sheet.round
    with use("vi"):
        today = find_paper(session, round.id, round.paper_version)
    if sheet.printed is None:
        return DecodedSheet(paper_of(keyring, round, today, sheet.id), is_unknown=True)
    return _decoded(keyring, sheet, QuestionPrint.from_text(sheet.printed.content), today)


def shown_paper(session: Session, keyring: Keyring, attempt: Attempt) -> Paper:
    """Return the paper that an attempt was answered on: its own order, that of its sheet, or that of the round."""
    round = attempt.round
    whole = find_paper(session, round.id, round.paper_version)
    if attempt.mode in ONLINE:
        return paper_of(keyring, round, whole, attempt.id)
    sheet = session.get(PaperSheet, attempt.id) if attempt.mode == PAPER else None
    return decode(session, keyring, sheet).paper if sheet else whole


def list_outdated(session: Session, keyring: Keyring, round: Round) -> list[PaperSheet]:
    """Return the sheets of *round* that are not keyed in yet and ask something else than the round does today."""
    query = select(PaperSheet).join(PaperSheet.printed).options(contains_eager(PaperSheet.printed))
    query = query.where(PaperSheet.round_id == round.id, PaperSheet.second_by_id.is_(None))
    with use("vi"):
        today = find_paper(session, round.id, round.paper_version)
    now = print_of(today, round.declared).to_text()
    waiting = session.scalars(query.order_by(PaperSheet.number))
    others = [sheet for sheet in waiting if sheet.printed and sheet.printed.content != now]
    prints = {sheet.printed.id: QuestionPrint.from_text(sheet.printed.content) for sheet in others if sheet.printed}
    return [each for each in others if _decoded(keyring, each, prints[each.print_id or 0], today).is_outdated]


def list_blank_sheets(session: Session, keyring: Keyring, round: Round) -> list[PaperSheet]:
    """Return the sheets of *round* for anybody that no account has keyed in and that can still be, by number."""
    mine = PaperSheet.round_id == round.id, PaperSheet.first_by_id.is_(None), PaperSheet.printed_for_id.is_(None)
    outdated = {each.id for each in list_outdated(session, keyring, round)}
    found = session.scalars(select(PaperSheet).where(*mine).order_by(PaperSheet.number))
    return [each for each in found if each.id not in outdated]


def _decoded(keyring: Keyring, sheet: PaperSheet, printed: QuestionPrint, today: Paper) -> DecodedSheet:
    round = sheet.round
    paper = Paper(today.version, tuple(_asked(printed, today)))
    if printed.shuffles and round.order_salt is not None:
        secret = salted_secret(keyring, round.order_salt)
        paper = paper.arranged(arrange(secret, str(sheet.id), paper.arrangeable, printed.shown))
    asked = paper.questions
    changed = tuple(question.position for question in asked if not question.ref)
    has_other_length = len(asked) != round.declared.asked(len(today.questions))
    paper = Paper(today.version, asked, is_drawn=len(asked) < len(today.questions))
    return DecodedSheet(paper, changed, has_other_length)


def _asked(printed: QuestionPrint, today: Paper) -> Iterator[AskedQuestion]:
    """Yield the printed questions in the order of the round, with the reference, letters and key of today."""
    now = {each.position: each for each in map(_printed, today.questions)}
    found = counterparts(printed.questions, list(now.values()), lambda one, other: one == other or _is_typo(one, other))
    for question in printed.questions:
        match = found[question.position]
        letters = question.letters_in(match) if match else {}
        yield _question(question, letters, today.by_position[match.position] if match else None)


def _question(printed: PrintedQuestion, letters: Mapping[str, str], now: AskedQuestion | None) -> AskedQuestion:
    stored = [letters.get(choice.letter, choice.letter) for choice in printed.choices]
    return AskedQuestion(
        ref=now.ref if now else "",
        position=printed.position,
        text=printed.text,
        choices=tuple((choice.letter, choice.text) for choice in printed.choices),
        key=now.key if now else frozenset(),
        asks_several=printed.asks_several,
        stored="".join(stored),
        topic=printed.topic,
        keeps_choices=printed.keeps_choices,
        mended_at=now.mended_at if now else None,
        pictures=now.pictures if now else {},
    )


def _printed(asked: AskedQuestion) -> PrintedQuestion:
    digests = {letter: picture.digest for letter, picture in asked.pictures.items()}
    choices = [PrintedChoice(letter, text, digests.get(letter, "")) for letter, text in asked.choices]
    return PrintedQuestion(
        asked.position,
        asked.text,
        tuple(choices),
        digests.get("", ""),
        asked.asks_several,
        asked.topic,
        asked.keeps_choices,
    )


def _is_typo(before: str, after: str) -> bool:
    return why_no_typo(before, after) is None
