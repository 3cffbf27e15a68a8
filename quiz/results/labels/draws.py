"""The words of public draws."""

from collections import Counter
from collections.abc import Sequence

from core.translation import gettext
from core.values.dates import day
from core.values.text import N_
from quiz.contest.labels.prizes import WithPrizes, prize_shown
from quiz.results.models import Draw
from quiz.results.rules.draws import TieGroup

CHANGED = N_("Danh sách đã thay đổi sau khi mở trang này. Xin xem lại rồi ghi.")
WRONG_DAY = N_("Ngày bốc thăm phải từ ngày chốt đợt thi đến hôm nay.")
ALREADY = N_("Nhóm này đã có kết quả bốc thăm; muốn ghi lại thì phải nêu lý do.")
REVIEW_FIRST = N_("Còn cụm bài chưa quyết định: rà soát xong rồi mới bốc thăm.")
NOT_CLOSED = N_("Đợt thi chưa được khóa bài và xếp hạng.")
MISFIT = N_("Số phiếu không khớp với danh sách. Xin xem lại.")


def places_words(places: Sequence[str], contest: WithPrizes) -> str:
    """Return the prizes that are drawn for, counted: 1 Giải Nhất, 2 Giải Nhì."""
    counted = Counter(places).items()
    return ", ".join(f"{count} {prize_shown(name, contest)}" for name, count in counted)


def place_labels(group: TieGroup, contest: WithPrizes) -> list[str]:
    """Return the words of each ticket that must be drawn: the prize, numbered where there are several of it."""
    places = group.places[: group.needed]
    many, seen, found = Counter(places), Counter[str](), list[str]()
    for name in places:
        seen[name] += 1
        words = prize_shown(name, contest)
        numbered = gettext("%(prize)s, suất %(n)s", prize=words, n=seen[name])
        found.append(str(numbered) if many[name] > 1 else words)
    return found


def order_words(draw: Draw, contest: WithPrizes) -> list[tuple[str, int]]:
    """Return the prize and the ticket of each one drawn, reserves after the prizes, in the order drawn."""
    group = TieGroup(draw.bloc, draw.rank, tuple(draw.members), tuple(draw.prizes))
    labels = place_labels(group, contest)
    labels += [str(gettext("Dự khuyết")) for _ in draw.drawn[len(labels) :]]
    tickets = (draw.members.index(ref) + 1 for ref in draw.drawn)
    return list(zip(labels, tickets, strict=True))


def drawn_sentence(draw: Draw) -> str:
    """Return what the public reads of a draw of people."""
    return gettext(
        "Hạng %(rank)s: %(n)s người bằng nhau ở mọi tiêu chí; quyết định bằng bốc thăm công khai ngày %(day)s, tại "
        "%(place)s, có hai người chứng kiến.",
        rank=draw.rank, n=len(draw.members), day=day(draw.held_on), place=draw.place,
    )  # fmt: skip


def unit_drawn_sentence(draw: Draw) -> str:
    """Return what the public reads of a draw of units."""
    return gettext(
        "Hạng %(rank)s: %(n)s đơn vị bằng nhau; quyết định bằng bốc thăm công khai ngày %(day)s, tại %(place)s, có hai "
        "người chứng kiến.",
        rank=draw.rank, n=len(draw.members), day=day(draw.held_on), place=draw.place,
    )  # fmt: skip


def replaced_sentence(draw: Draw, later: Draw) -> str:
    """Return that *later* replaced *draw*, and why."""
    words = N_("Lần ghi ngày %(day)s cho hạng %(rank)s đã được ghi lại, vì: %(why)s")
    return gettext(words, day=day(draw.recorded_at), rank=draw.rank, why=later.again or "")
