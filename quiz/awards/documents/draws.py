"""The sentence of a public draw in minutes."""

from collections.abc import Mapping, Sequence

from core.values.dates import day
from quiz.awards.documents.parts import listed
from quiz.contest.labels.prizes import WithPrizes
from quiz.results.models import Draw
from quiz.results.queries.draw_words import order_words
from quiz.results.rules.draws import in_force


def drawn_in_minutes(draws: Sequence[Draw], contest: WithPrizes, names: Mapping[str, str], equals: str) -> list[str]:
    """Return a sentence about each of *draws*, the oldest first: the day, who drew which prize, and the witnesses.

    *names* are those of the refs, where they are known; *equals* is what was drawn among: people or units.
    """
    standing = {each.id for each in in_force([each.value for each in draws])}
    return [_sentence(each, contest, names, equals, stands=each.id in standing) for each in draws]


def _sentence(draw: Draw, contest: WithPrizes, names: Mapping[str, str], equals: str, *, stands: bool) -> str:
    drawn = []
    for label, ticket in order_words(draw, contest):
        name = names.get(draw.members[ticket - 1])
        drawn.append(f"{label}: phiếu số {ticket}{f' ({name})' if name else ''}")
    again = f" Ghi lại, vì: {draw.again}." if draw.again else ""
    ended = "" if stands else " Lần ghi này đã được ghi lại, không dùng."
    if draw.number:
        return (
            f"Bốc thăm bằng số công khai đã ghi trong thể lệ, giữa {len(draw.members)} {equals} đồng hạng {draw.rank}: "
            f"{draw.source}, ngày {day(draw.held_on)}, số {draw.number}. {'; '.join(drawn)}. Chuỗi để tính lại thứ tự: "
            f"{draw.seeded}; mã các phiếu có trên trang kết quả.{again}{ended}"
        )
    return (
        f"Bốc thăm công khai ngày {day(draw.held_on)}, tại {draw.place}, giữa {len(draw.members)} {equals} đồng hạng "
        f"{draw.rank}. {'; '.join(drawn)}. Người chứng kiến: {listed(draw.witnesses)}.{again}{ended}"
    )
