"""An amendment of prizes in words: which places lose, and the prizes of a round together before and after."""

from types import SimpleNamespace

import pytest

from quiz.contest.labels.amendments import matter_of, plan_change
from quiz.contest.rules.amendments import DeclaredPlan
from quiz.contest.rules.presets import PRESETS
from quiz.contest.rules.prizes import Tier

FIRST, SECOND = Tier("Giải Nhất", 1, 1_000_000), Tier("Giải Nhì", 2, 500_000)
MORE = Tier("Giải Khuyến khích", 5, 100_000)
BLOCS = ("Học sinh", "Người dân")


def contest_of(*blocs, is_weekly=True):
    names = dict(enumerate(blocs, 1))
    return SimpleNamespace(
        is_weekly=is_weekly,
        rounds=[],
        prize_texts={},
        blocs=blocs,
        numbered_blocs=[*names] or [None],
        bloc_name=lambda at: names.get(at, ""),
    )


def changed(before, after, contest=None):
    return plan_change(contest or contest_of(), DeclaredPlan({}, before, ()), DeclaredPlan({}, after, ()))


@pytest.mark.parametrize(
    ("before", "after", "lost"),
    [
        (
            (FIRST, SECOND),
            (FIRST, Tier("Giải Nhì", 1, 700_000), MORE),
            "có giải ít đi (Giải Nhì còn 1, trước 2),"
            " có thứ hạng nhận ít tiền hơn (hạng 3 còn 100.000 đồng, trước 500.000 đồng),"
            " có thứ hạng nhận giải khác với đã công bố",
        ),
        ((FIRST, SECOND), (FIRST,), "có giải ít đi (không còn Giải Nhì; hạng 2–3 không còn giải)"),
        (
            (FIRST, SECOND),
            (FIRST, Tier("Giải Nhì", 2)),
            "có thứ hạng nhận ít tiền hơn (hạng 2–3 không còn tiền thưởng)",
        ),
        ((SECOND,), (SECOND, FIRST), ""),
    ],
)
def test_the_places_that_lose_are_named(before, after, lost):
    assert changed(before, after).lost == lost


def test_a_place_that_loses_in_one_bloc_is_named_with_it():
    before = tuple(Tier("Giải Nhất", 1, 500_000, bloc) for bloc in (1, 2))
    after = (before[0], Tier("Giải Nhất", 1, 400_000, 2))

    assert changed(before, after, contest_of(*BLOCS)).lost == (
        "có thứ hạng nhận ít tiền hơn (Người dân hạng 1 còn 400.000 đồng, trước 500.000 đồng)"
    )


def test_a_place_of_units_is_named_as_one():
    plans = [DeclaredPlan({}, (FIRST,), (Tier("Giải Nhất tập thể", 1, amount),)) for amount in (5_000_000, 4_000_000)]

    found = plan_change(contest_of(), *plans)

    assert "giải tập thể hạng 1 còn 4.000.000 đồng, trước 5.000.000 đồng" in found.lost
    assert list(found.totals) == ["Giải tập thể: 1 giải, 4.000.000 đồng (trước: 1 giải, 5.000.000 đồng)."]


@pytest.mark.parametrize(
    ("contest", "words"),
    [
        (contest_of(), "Cả tuần: 8 giải, 2.500.000 đồng (trước: 3 giải, 2.000.000 đồng)."),
        (contest_of(is_weekly=False), "Cả đợt: 8 giải, 2.500.000 đồng (trước: 3 giải, 2.000.000 đồng)."),
        (contest_of(*BLOCS), "Cả tuần: 16 giải, 5.000.000 đồng (trước: 6 giải, 4.000.000 đồng)."),
    ],
)
def test_the_prizes_of_a_round_are_summed_before_and_after(contest, words):
    assert list(changed((FIRST, SECOND), (FIRST, SECOND, MORE), contest).totals) == [words]


def test_prizes_without_an_amount_are_counted_alone_and_the_same_prizes_not_at_all():
    doubled = changed((Tier("Giải Nhất", 1),), (Tier("Giải Nhất", 2),))
    assert list(doubled.totals) == ["Cả tuần: 2 giải (trước: 1 giải)."]
    assert list(changed((FIRST,), (FIRST,)).totals) == []


def test_each_prize_that_changes_is_shown_before_and_after():
    change = changed((FIRST, SECOND), (FIRST, Tier("Giải Nhì", 1, 700_000), MORE))

    assert change.pairs == [
        ("Giải Nhì, mỗi tuần", "2 × 500.000 → 1 × 700.000 đồng"),
        ("Giải Khuyến khích, mỗi tuần", "không có → 5 × 100.000 đồng"),
    ]
    assert set(change.prizes) == {*change.gone, *change.come}


@pytest.mark.parametrize(
    ("preset", "season", "matter"),
    [
        ("guess", (), "đổi giải"),
        ("vcnet", (), "đổi cách thi, cách xếp hạng, đổi giải"),
        ("vcnet", (FIRST,), "đổi cách thi, cách xếp hạng"),
    ],
)
def test_the_matter_of_an_amendment_names_the_rules_and_every_kind_of_prize(preset, season, matter):
    before, after = (DeclaredPlan({}, (), (), each).to_dict() for each in ((FIRST,), season))
    amendment = SimpleNamespace(
        before=PRESETS["guess"].to_dict(),
        after=PRESETS[preset].to_dict(),
        plan={"before": before, "after": after},
        units=None,
        headcounts=None,
    )

    assert matter_of(amendment) == matter
