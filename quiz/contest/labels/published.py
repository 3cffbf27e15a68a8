"""The whole rules of a contest, as every page prints them before and after the publication."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from core.translation import gettext
from core.values.text import N_
from quiz.contest.labels import declared_sentences
from quiz.contest.labels.season_prizes import season_prize_sentences
from quiz.contest.labels.sentences import source_words
from quiz.contest.rules.presets import Rules, Ties
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.terms import PrizeTerms


class Published(Protocol):
    """A contest, as far as its published rules go."""

    rules: Any
    youngest: Any
    collective_tiers: Any
    season_tiers: Any

    @property
    def prize_texts(self) -> dict[str, str]:
        """The names of its prizes in the present language."""

    @property
    def is_weekly(self) -> bool:
        """Whether its rounds are weeks."""

    @property
    def prize_terms(self) -> PrizeTerms:
        """The terms of its prizes."""

    @property
    def rounds(self) -> Any:
        """Its rounds, with the time for a paper."""


def published_sentences(contest: Published, stored: Mapping[str, Any] | None = None) -> list[str]:
    """Return all rules of *contest* as its public page numbers them; of a round with the rules *stored* if given.

    Every page that shows the rules before or after the publication takes them from here. The prizes for the
    whole contest, time and age come last, so that the articles before them keep the numbers of `declared_sentences`.
    """
    collective = [tier.value for tier in contest.collective_tiers]
    said = declared_sentences(stored or contest.rules, contest.prize_terms, collective, is_weekly=contest.is_weekly)
    rules, season = Rules.from_dict(stored or contest.rules), [tier.value for tier in contest.season_tiers]
    return [
        *said,
        *season_prize_sentences(rules, season, contest.prize_texts, is_weekly=contest.is_weekly),
        *_draws_of_the_whole(rules, season, collective),
        gettext("Mỗi bài làm trong %(n)s phút.", n=contest.rounds[0].limit_seconds // 60),
        gettext(
            "Người từ %(years)s tuổi, thuộc đơn vị dự thi. Dưới 16 tuổi cần cha, mẹ hoặc người giám hộ cho phép và "
            "không nêu tên khi đạt giải.",
            years=contest.youngest,
        ),
    ]


def _draws_of_the_whole(rules: Rules, season: Sequence[Tier], collective: Sequence[Tier]) -> list[str]:
    """Return which public number decides a draw for a prize of the whole contest; nothing where none can come to one.

    Units draw only where ties go by the draw; `tie_sentence` says which number decides a draw of a round.
    """
    if rules.draw_source is None or not (season or (collective and rules.ties is Ties.DRAW)):
        return []
    earlier = N_("Bốc thăm cho giải của cả cuộc thi dùng %(source)s, lần công bố đầu tiên sau ngày công bố đợt cuối.")
    words = N_(
        "Bốc thăm cho giải của cả cuộc thi dùng %(source)s, lần công bố đầu tiên sau ngày kết quả các đợt không còn "
        "thay đổi."
    )
    return [gettext(earlier if rules.draw_digits is None else words, source=source_words(rules))]
