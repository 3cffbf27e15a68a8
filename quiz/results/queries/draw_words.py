"""The words of public draws."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence

from core.translation import gettext
from core.values.dates import day
from core.values.text import N_
from quiz.contest.labels.prizes import WithPrizes, prize_shown
from quiz.results.models import Draw
from quiz.results.queries.draws import OwnDraw
from quiz.results.rules.draws import TieGroup, in_force, named_refs

SHOWN = 16
"""The letters of a code that a sentence has; pages list them whole."""
CHANGED = N_("Danh sách đã thay đổi sau khi mở trang này. Xin xem lại rồi ghi.")
WRONG_DAY = N_("Ngày bốc thăm phải từ ngày chốt đợt thi đến hôm nay.")
WRONG_NUMBER_DAY = N_(
    "Số phải được công bố sau ngày khóa bài và xếp hạng (giải chung cuộc, giải tập thể: sau ngày kết quả cuối cùng "
    "được chốt), trong 7 ngày, và không sau hôm nay."
)
WRONG_DIGITS = N_("Thể lệ ghi số có %(n)s chữ số. Xin ghi một số, đủ %(n)s chữ số, giữ cả số 0 ở đầu.")
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
    """Return the prize and the ticket of each one drawn, some reserves after the prizes, in the order drawn."""
    group = TieGroup(draw.bloc, draw.rank, tuple(draw.members), tuple(draw.prizes))
    labels = place_labels(group, contest)
    named = named_refs(draw.drawn, draw.prizes)
    labels += [str(gettext("Dự khuyết")) for _ in named[len(labels) :]]
    tickets = (draw.members.index(ref) + 1 for ref in named)
    return list(zip(labels, tickets, strict=True))


def drawn_sentence(draw: Draw) -> str:
    """Return what the public reads of a draw of people."""
    if draw.number:
        return gettext(
            "Hạng %(rank)s: %(n)s người bằng nhau ở mọi tiêu chí; quyết định bằng %(number)s.",
            rank=draw.rank,
            n=len(draw.members),
            number=number_words(draw),
        )
    return gettext(
        "Hạng %(rank)s: %(n)s người bằng nhau ở mọi tiêu chí, còn %(prizes)s giải; quyết định bằng bốc thăm công khai "
        "ngày %(day)s, tại %(place)s, có hai người chứng kiến.",
        rank=draw.rank,
        n=len(draw.members),
        prizes=min(len(draw.prizes), len(draw.members)),
        day=day(draw.held_on),
        place=draw.place,
    )


def number_words(draw: Draw) -> str:
    """Return the public number of *draw* with its source and day."""
    words = N_("số công khai (%(source)s, ngày %(day)s: %(number)s)")
    return gettext(words, source=draw.source, day=day(draw.held_on), number=draw.number)


def _own_held(own: OwnDraw, draw: Draw) -> str:
    if draw.number:
        return gettext(
            "Hạng %(rank)s có %(n)s người bằng nhau ở mọi tiêu chí, nên xếp theo %(number)s. Mã phiếu của bạn: "
            "%(code)s.",
            rank=own.rank,
            n=own.people,
            number=number_words(draw),
            code=own.code[:SHOWN],
        )
    return gettext(
        "Hạng %(rank)s có %(n)s người bằng nhau ở mọi tiêu chí, nên đã bốc thăm công khai ngày %(day)s, tại %(place)s.",
        rank=own.rank,
        n=own.people,
        day=day(draw.held_on),
        place=draw.place,
    )


def own_sentence(own: OwnDraw) -> str:
    """Return what a participant reads of the tie that they are in."""
    if own.waits or own.draw is None:
        return gettext(
            "Bạn đồng hạng %(rank)s với %(n)s người khác, bằng nhau ở mọi tiêu chí. Thể lệ quyết định bằng bốc thăm "
            "công khai: đang chờ bốc thăm.",
            rank=own.rank,
            n=own.people - 1,
        )
    held = _own_held(own, own.draw)
    if own.place is None:
        return f"{held} {gettext('Bạn không bốc được giải.')}"
    if own.reserve:
        return f"{held} {gettext('Bạn là dự khuyết thứ %(n)s.', n=own.reserve)}"
    return f"{held} {gettext('Bạn bốc được số %(n)s.', n=own.place)}"


def unit_drawn_sentence(draw: Draw) -> str:
    """Return what the public reads of a draw of units."""
    if draw.number:
        return gettext(
            "Hạng %(rank)s: %(n)s đơn vị bằng nhau; quyết định bằng %(number)s.",
            rank=draw.rank,
            n=len(draw.members),
            number=number_words(draw),
        )
    return gettext(
        "Hạng %(rank)s: %(n)s đơn vị bằng nhau; quyết định bằng bốc thăm công khai ngày %(day)s, tại %(place)s, có hai "
        "người chứng kiến.",
        rank=draw.rank,
        n=len(draw.members),
        day=day(draw.held_on),
        place=draw.place,
    )


def replaced_sentence(draw: Draw, later: Draw) -> str:
    """Return that *later* replaced *draw*, and why."""
    words = N_("Lần ghi ngày %(day)s cho hạng %(rank)s đã được ghi lại, vì: %(why)s")
    return gettext(words, day=day(draw.recorded_at), rank=draw.rank, why=later.again or "")


def public_sentences(draws: Sequence[Draw], deciding: Collection[int], said: Callable[[Draw], str]) -> list[str]:
    """Return what the public reads of *draws*, the oldest first: of those *deciding* about prizes, by *said*, and of
    the others why they do not decide.
    """
    standing, found = {each.id for each in in_force([each.value for each in draws])}, list[str]()
    for draw in draws:
        later = next((each for each in draws if each.id > draw.id and each.again and _meet(each, draw)), None)
        if draw.id in deciding:
            found.append(said(draw))
        elif draw.id not in standing and later is not None:
            found.append(replaced_sentence(draw, later))
        else:
            words = N_("Lần bốc thăm ngày %(day)s cho hạng %(rank)s không còn dùng, vì nhóm bằng nhau đã đổi.")
            found.append(gettext(words, day=day(draw.held_on), rank=draw.rank))
    return found


def _meet(one: Draw, other: Draw) -> bool:
    return not set(one.members).isdisjoint(other.members)
