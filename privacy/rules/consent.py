"""What may be agreed to: silence is no consent, and a child agrees to less (Luật 91/2025/QH15)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ConsentNotices:
    """The purposes for which a room asks people to agree, each by itself, and in which words.

    `notices` keeps every wording ever agreed to: what its box says, by purpose; `wording` is that of today. `free` are
    the purposes that may be withdrawn and given again, `of_adults` those that nobody who may be a child is asked for.
    """

    wording: str
    notices: Mapping[str, Mapping[str, str]]
    names: Mapping[str, str]
    free: tuple[str, ...]
    of_adults: frozenset[str] = frozenset()

    def offered(self, standing: Collection[str] = (), *, is_child: bool) -> tuple[str, ...]:
        """The free purposes that somebody may agree to, for the first time or again: those not *standing* already.

        >>> asked = ConsentNotices(
        ...     wording="1", notices={}, names={}, free=("named", "called"), of_adults=frozenset({"named"})
        ... )
        >>> asked.offered(["called"], is_child=False), asked.offered(is_child=True)
        (('named',), ('called',))
        """
        return tuple(each for each in self.free if each not in standing and not (is_child and each in self.of_adults))

    def boxes(self, purposes: Collection[str]) -> dict[str, str]:
        """What the boxes of *purposes* say today, in the order of the page."""
        return {each: self.notices[self.wording][each] for each in self.free if each in purposes}
