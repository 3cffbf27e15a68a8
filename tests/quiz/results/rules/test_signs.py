"""Signs of scripts, of second identities and of one person with several names; honest gatherings bear none."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.results.rules.chance import beta_binomial_tail, poisson_tail
from quiz.results.rules.clusters import find_clusters
from quiz.results.rules.reviewed import Opening, PaperSize, ReviewedEntry, Sign
from quiz.results.rules.signs import find_signs
from tests.support import plain_clusters
from tests.support.plain_clusters import PlainSigns, SignLink

SIZE = PaperSize(words=400, questions=10)
"""A paper that takes 50 seconds to read and 10 seconds to tap."""
HOUR = 3_600_000


def entry(ref, **more):
    """Return an honest entry: two minutes of somebody at home, at an hour of their own."""
    at = int(ref.removeprefix("x")) + (20_000 if ref.startswith("x") else 0)
    values = {
        "begun_ms": at * HOUR,
        "duration_ms": 120_000,
        "is_own": True,
        "is_first": True,
        "is_perfect": False,
        "address": f"home {ref}".encode(),
        "phone": f"09{at * 7_654_321 % 100_000_000:08}",
        "name": f"giang a {ref}",
        "birth_year": 1980,
        "unit_id": 1,
    }
    return ReviewedEntry(ref, **(values | more))


def honest(count, first=1000):
    return [entry(str(first + at), is_perfect=at % 8 == 0) for at in range(count)]


def clusters_of(entries, openings=(), family=4):
    return list(find_clusters(find_signs(entries, openings, SIZE, family=family)))


def signs_of(cluster):
    return {count.sign: (count.here, count.everywhere) for count in cluster.signs}


def test_a_script_with_300_phones_is_one_cluster_without_other_people():
    script = [
        entry(
            str(at),
            begun_ms=5 * HOUR + at * 73,
            duration_ms=0,
            is_perfect=True,
            address=b"script",
            phone=f"0912{at * 97_713 % 1_000_000:06}",
        )
        for at in range(300)
    ]

    [found, *rest] = [each for each in clusters_of(script + honest(16)) if each.is_strong]

    assert set(found.refs) == {str(at) for at in range(300)}
    assert rest == []
    assert signs_of(found)[Sign.BLIND] == (300, 300)
    assert signs_of(found)[Sign.BURST] == (300, 300)


def test_300_honest_people_of_one_hall_in_ten_minutes_are_no_cluster():
    draw = random.Random(7)
    hall = [
        entry(
            str(at),
            begun_ms=5 * HOUR + at * 2000,
            duration_ms=draw.randint(55_000, 600_000),
            address=b"hall",
            is_perfect=draw.random() < 0.3,
            phone=f"09{draw.randrange(10**8):08}",
        )
        for at in range(300)
    ]

    for others in (honest(500), honest(5), []):
        assert [each for each in clusters_of(hall + others) if each.is_strong] == []


def test_a_patient_script_is_found_by_its_right_answers():
    script = [entry(str(at), begun_ms=at * 2000, address=b"script", is_perfect=True) for at in range(40)]

    [found] = [each for each in clusters_of(script + honest(100)) if each.is_strong]

    assert len(found.refs) == 40
    assert signs_of(found)[Sign.RIGHT] == (40, 40)


def test_gatherings_of_one_address_are_found_together_however_small_and_far_apart_they_are():
    paused = [
        entry(f"x{at}", begun_ms=at // 5 * HOUR + at * 1000, address=b"script", is_perfect=True) for at in range(60)
    ]

    [found] = [each for each in clusters_of(paused + honest(100)) if each.is_strong]

    assert set(found.refs) == {each.ref for each in paused}


def test_waves_of_one_address_do_not_raise_the_rate_that_they_are_measured_by():
    waves = [
        entry(f"x{at}", begun_ms=at // 30 * HOUR + at * 1000, address=b"script", is_perfect=True) for at in range(600)
    ]

    [found] = [each for each in clusters_of(waves + honest(40)) if each.is_strong]

    assert len(found.refs) == 600


def test_an_address_is_no_part_of_the_rest_that_it_is_compared_with():
    waves = [entry(f"x{at}", begun_ms=at * 1000, address=b"script", is_perfect=True) for at in range(60)]

    assert [len(each.refs) for each in clusters_of(waves + honest(10)) if each.is_strong] == [60]
    assert clusters_of(waves + honest(9)) == []


def test_an_address_of_many_right_entries_does_not_cover_for_another():
    scripts = [
        entry(f"x{at}", begun_ms=at * 1000, address=f"script {at % 3}".encode(), is_perfect=True) for at in range(600)
    ]

    found = [each for each in clusters_of(scripts + honest(100)) if each.is_strong]

    assert [len(each.refs) for each in found] == [200, 200, 200]


def test_some_wrong_entries_among_them_do_not_hide_the_right_ones_of_an_address():
    script = [
        entry(f"x{at}", begun_ms=at * 20_000, duration_ms=95_000, address=b"script", is_perfect=at % 8 != 0)
        for at in range(60)
    ]
    lone = [entry(str(at), duration_ms=95_000, is_perfect=True) for at in range(20)]

    [found] = [each for each in clusters_of(script + lone + honest(100)) if each.is_strong]

    assert set(found.refs) == {each.ref for each in script if each.is_perfect}


def test_one_wrong_answer_each_does_not_hide_the_nearly_right_ones_of_an_address():
    script = [
        entry(f"x{at}", begun_ms=at * 1000, address=b"script", wrong=chosen((at % 10, "BCD"[at % 3])))
        for at in range(40)
    ]
    others = [
        each._replace(wrong=frozenset() if each.is_perfect else chosen((1, "B"), (2, "C"))) for each in honest(100)
    ]

    [found] = [each for each in clusters_of(script + others) if each.is_strong]

    assert set(found.refs) == {each.ref for each in script}


def test_honest_people_of_a_carriers_address_are_left_out_where_only_one_gathering_of_it_is_unusual():
    carrier = [entry(str(at), address=b"carrier", is_perfect=at % 5 == 0) for at in range(200)]
    script = [entry(f"x{at}", begun_ms=500 * HOUR + at * 1000, address=b"carrier", is_perfect=True) for at in range(60)]

    [found] = [each for each in clusters_of(carrier + script + honest(100)) if each.is_strong]

    assert set(found.refs) == {each.ref for each in script}


@settings(max_examples=25)
@given(st.integers(0, 2**32), st.sampled_from([0.05, 0.3, 0.6]))
def test_a_hall_whose_papers_look_like_the_rest_is_no_cluster_to_decide_on(seed, share):
    draw = random.Random(seed)
    hall = [entry(f"x{at}", begun_ms=at * 2000, address=b"hall", is_perfect=draw.random() < share) for at in range(300)]
    rest = [each._replace(is_perfect=draw.random() < share) for each in honest(200)]

    assert [each for each in clusters_of(hall + rest) if each.is_strong] == []


def test_a_hall_may_know_more_than_the_rest():
    hall = [entry(f"x{at}", begun_ms=at * 2000, address=b"hall", is_perfect=at % 2 == 0) for at in range(300)]
    rest = [each._replace(is_perfect=at % 4 == 0) for at, each in enumerate(honest(200))]

    assert [each for each in clusters_of(hall + rest) if each.is_strong] == []


def chosen(*answers):
    return frozenset((str(question), choice) for question, choice in answers)


def diverse(count, first=1000):
    """Return honest entries with one or two wrong answers, all choices alike popular."""
    return [
        entry(str(first + at), wrong=chosen((at % 7, "BCD"[at // 7 % 3]), *([(8, "BCD"[at % 3])] if at % 2 else [])))
        for at in range(count)
    ]


@pytest.mark.parametrize(
    "block",
    [
        lambda at: {"address": b"script", "begun_ms": at * HOUR},
        lambda at: {"address": f"a{at}".encode(), "begun_ms": 5 * HOUR + at * 1000},
    ],
)
def test_the_same_wrong_answers_of_one_address_or_of_ten_minutes_are_a_cluster(block):
    copied = [entry(f"x{at}", wrong=chosen((1, "B"), (4, "D")), **block(at)) for at in range(30)]

    [found] = [each for each in clusters_of(copied + diverse(200)) if each.is_strong]

    assert (set(found.refs), signs_of(found)[Sign.WRONG]) == ({each.ref for each in copied}, (30, 30))


def test_the_same_wrong_answers_on_one_device_are_found_among_its_many_people():
    copied = [entry(f"x{at}", begun_ms=at * HOUR, wrong=chosen((1, "B"), (4, "D"))) for at in range(30)]

    found = find_signs(copied + diverse(200), openings(*(each.ref for each in copied)), SIZE, family=99)

    assert PlainSigns.of(found).flags[Sign.WRONG] == {each.ref for each in copied}


def test_the_same_wrong_answers_far_from_each_other_are_chance():
    copied = [entry(f"x{at}", begun_ms=at * HOUR, wrong=chosen((1, "B"), (4, "D"))) for at in range(150)]

    assert clusters_of(copied + diverse(200)) == []


def test_a_wrong_answer_that_everybody_takes_for_right_is_no_sign():
    hall = [entry(f"x{at}", begun_ms=at * 2000, address=b"hall", wrong=chosen((1, "B"))) for at in range(100)]
    rest = [each._replace(wrong=chosen((1, "B"))) for each in honest(200)]

    assert clusters_of(hall + rest) == []


def test_the_base_rate_of_the_same_wrong_answers_counts_them_everywhere():
    copied = [entry(f"x{at}", begun_ms=at * 1000, wrong=chosen((1, "B"), (4, "D"))) for at in range(30)]
    apart = [entry(str(at), wrong=chosen((1, "B"), (4, "D"))) for at in (50, 60, 70)]

    [found] = [each for each in clusters_of(copied + apart + diverse(200)) if each.is_strong]

    assert signs_of(found)[Sign.WRONG] == (30, 33)


@pytest.mark.parametrize(("outside", "is_found"), [(19, False), (20, True)])
def test_a_hall_that_is_most_of_the_round_has_no_favourites_to_be_compared_with(outside, is_found):
    hall = [entry(f"x{at}", begun_ms=at * 1000, address=b"hall", wrong=chosen((1, "B"))) for at in range(80)]
    rest = [entry(str(at), wrong=chosen((1, "C"))) for at in range(1, outside + 1)]

    assert bool([each for each in clusters_of(hall + rest) if Sign.WRONG in signs_of(each)]) is is_found


def test_a_family_that_talks_about_the_paper_is_no_cluster_to_decide_on():
    family = [entry(f"x{at}", address=b"one", wrong=chosen((1, "B"), (4, "D"))) for at in range(5)]

    assert clusters_of(family + diverse(200)) == []


def test_a_gathering_that_is_the_whole_round_has_nothing_to_be_compared_with():
    whole = [entry(str(at), begun_ms=at * 2000, address=b"hall", is_perfect=True) for at in range(40)]

    assert clusters_of(whole) == []


@pytest.mark.parametrize(("milliseconds", "is_strong"), [(9_999, True), (10_000, False), (49_999, False)])
def test_one_perfect_entry_faster_than_tapping_needs_a_decision_and_than_reading_a_glance(milliseconds, is_strong):
    quick = entry("1", duration_ms=milliseconds, is_perfect=True)

    [found] = clusters_of([quick, *honest(30)])

    assert (found.refs, found.is_strong) == (("1",), is_strong)


def test_reading_time_is_enough():
    assert clusters_of([entry("1", duration_ms=50_000, is_perfect=True), *honest(30)]) == []


def test_a_second_try_was_read_before_but_not_tapped():
    quick = entry("1", duration_ms=20_000, is_perfect=True, is_first=False)

    assert clusters_of([quick]) == []
    assert [each.is_strong for each in clusters_of([quick._replace(duration_ms=9_000)])] == [True]


def test_an_entry_typed_in_by_staff_has_no_speed():
    assert clusters_of([entry("1", duration_ms=0, is_perfect=True, is_own=False)]) == []


def test_fast_people_of_one_address_are_a_cluster_where_others_are_slow():
    quick = [entry(str(at), begun_ms=at * 1000, duration_ms=20_000, address=b"one") for at in range(5)]

    [found] = [each for each in clusters_of(quick + honest(100)) if each.is_strong]

    assert (len(found.refs), signs_of(found)[Sign.FAST]) == (5, (5, 5))


def test_fast_people_of_one_address_are_none_where_everybody_is_fast():
    quick = [entry(str(at), begun_ms=at * 1000, duration_ms=20_000, address=b"one") for at in range(5)]
    others = [each._replace(duration_ms=20_000) for each in honest(100)]

    assert [each for each in clusters_of(quick + others) if each.is_strong] == []


def openings(*refs, device=b"d"):
    return [Opening(device, ref, at) for at, ref in enumerate(refs)]


def test_a_device_with_more_people_than_a_family_needs_a_decision():
    five = [entry(ref) for ref in "12345"]

    [found] = clusters_of(five, openings(*"12345"))

    assert (found.refs, found.is_strong) == (tuple("12345"), True)
    assert signs_of(found) == {Sign.DEVICE: (5, 5), Sign.SEEN: (5, 5)}


def test_a_family_on_one_device_is_a_weak_cluster():
    [found] = clusters_of([entry(ref) for ref in "1234"], openings(*"1234"))

    assert (found.refs, found.is_strong, signs_of(found)) == (tuple("1234"), False, {Sign.SEEN: (4, 4)})


def test_b43_a_paper_begun_where_another_only_opened_it_is_flagged():
    [found] = clusters_of([entry("2")], openings("1", "2"))

    assert (found.refs, signs_of(found)) == (("2",), {Sign.SEEN: (1, 1)})


def test_one_person_trying_twice_on_one_device_is_no_sign():
    assert clusters_of([entry("1")], openings("1", "1")) == []


def test_phones_in_a_row_are_a_cluster_from_three_on():
    row = [entry(str(at), phone=f"09120000{at:02}") for at in (10, 13, 23)]

    assert clusters_of(row[:2]) == []
    [found] = clusters_of([*row, entry("99", phone="0912000034")])

    assert (found.refs, found.is_strong) == (("10", "13", "23"), False)


def test_two_registered_numbers_beside_a_rival_put_only_themselves_in_a_cluster_to_decide_on():
    row = [entry(str(at), phone=f"09120000{at}") for at in (11, 12, 13)]

    strong = [each for each in clusters_of(row, openings("11", "13")) if each.is_strong]

    assert [(each.refs, signs_of(each)[Sign.SEEN]) for each in strong] == [(("11", "13"), (2, 2))]


def test_an_impostor_with_a_rivals_name_on_their_wi_fi_takes_them_into_no_cluster_to_decide_on():
    same = {"name": "lo thi hoa", "birth_year": 1980, "address": b"home"}
    pair = [entry("900", **same), entry("901", **same, duration_ms=0, begun_ms=0)]
    script = [entry(str(at), address=b"script", duration_ms=0, begun_ms=at * 70) for at in range(1, 100)]

    found = clusters_of(pair + script)

    assert [each.refs for each in found if each.is_strong and "900" in each.refs] == []
    assert [len(each.refs) for each in found if each.is_strong] == [100]


@pytest.mark.parametrize("more", [{"name": "lo thi hoa", "birth_year": 1980}, {"begun_ms": 5}, {"address": b"hall"}])
def test_what_others_can_copy_or_share_is_no_second_sign_of_phones_in_a_row(more):
    row = [entry(str(at), phone=f"09120000{at}", **more) for at in (11, 12, 13)]
    hall = [entry(str(at), address=b"hall") for at in range(20, 40)]

    assert [each for each in clusters_of(row + hall) if each.is_strong and Sign.PHONES in signs_of(each)] == []


def test_the_more_phones_a_round_has_the_closer_those_in_a_row_must_be():
    crowd = [entry(str(at), phone=f"03{at * 1000:08}") for at in range(40_000)]
    row = [entry(f"x{at}", phone=f"09120000{at:02}") for at in (10, 12, 14, 20, 30)]

    assert [each.refs for each in clusters_of(crowd + row)] == [("x10", "x12", "x14")]


def test_one_phone_is_a_weak_cluster():
    [found] = clusters_of([entry("1", phone="0912345678"), entry("2", phone="0912345678")])

    assert (found.refs, found.is_strong, signs_of(found)) == (("1", "2"), False, {Sign.PHONE: (2, 2)})


FAST = {"is_perfect": True, "duration_ms": 20_000}


@pytest.mark.parametrize(
    ("address", "how", "is_strong"), [(b"home 2", FAST, True), (b"far", FAST, False), (b"home 2", {}, False)]
)
def test_two_of_one_name_and_year_need_a_decision_where_the_address_is_one_and_both_were_fast(address, how, is_strong):
    two = [entry("1", name="lo thi hoa", address=address, **how), entry("2", name="lo thi hoa", **how)]

    [found] = clusters_of(two)

    assert (found.refs, found.is_strong) == (("1", "2"), is_strong)


@pytest.mark.parametrize(("people", "is_strong"), [(8, True), (9, False)])
def test_two_of_one_name_and_year_meet_by_chance_in_a_hall(people, is_strong):
    hall = [entry(str(at), address=b"hall") for at in range(3, people + 1)]
    two = [entry(ref, name="lo thi hoa", address=b"hall", **FAST) for ref in "12"]

    assert [(each.refs, each.is_strong) for each in clusters_of(two + hall)] == [(("1", "2"), is_strong)]


def test_people_of_one_name_in_two_units_or_of_two_years_are_none():
    one = entry("1", name="lo thi hoa")
    others = entry("2", name="lo thi hoa", unit_id=2), entry("3", name="lo thi hoa", birth_year=1999)

    assert clusters_of([one, *others]) == []


def test_a_burst_is_measured_against_the_other_busy_times_of_the_round():
    evenings = [entry(str(at), begun_ms=at % 40 * HOUR) for at in range(200)]
    rush = [entry(f"x{at}", begun_ms=100 * HOUR + at) for at in range(30)]

    signs = find_signs(evenings + rush, (), SIZE, family=4)

    assert PlainSigns.of(signs).flags[Sign.BURST] == {f"x{at}" for at in range(30)}


def test_excluding_a_strong_cluster_takes_no_family_along():
    signs = PlainSigns(
        dict.fromkeys(Sign, frozenset()),
        [SignLink(Sign.BLIND, frozenset("ab"), True), SignLink(Sign.PHONE, frozenset("bcd"), False)],
    )

    assert [(each.refs, each.is_strong) for each in find_clusters(signs.columns())] == [
        (("a", "b"), True),
        (("c", "d"), False),
    ]


LINKS = st.lists(
    st.builds(SignLink, st.sampled_from(Sign), st.frozensets(st.sampled_from("abcdefgh"), min_size=1), st.booleans())
)


@given(LINKS, st.randoms())
def test_an_entry_is_in_one_cluster_at_most_whatever_the_order_of_the_links(links, shuffle):
    flags = dict.fromkeys(Sign, frozenset())
    found = list(find_clusters(PlainSigns(flags, links).columns()))
    mixed = links[:]
    shuffle.shuffle(mixed)

    refs = [ref for each in found for ref in each.refs]
    assert len(refs) == len(set(refs))
    assert (
        list(find_clusters(PlainSigns(flags, mixed).columns()))
        == found
        == plain_clusters.find_clusters(PlainSigns(flags, links))
    )
    for link in links:
        if link.is_strong:
            assert any(link.refs <= set(each.refs) and each.is_strong for each in found)


ENTRIES = st.lists(
    st.builds(
        ReviewedEntry,
        ref=st.uuids().map(str),
        begun_ms=st.integers(0, 10**9),
        duration_ms=st.integers(0, 10**6),
        is_own=st.booleans(),
        is_first=st.booleans(),
        is_perfect=st.booleans(),
        address=st.sampled_from([None, b"a", b"b"]),
        phone=st.sampled_from(["", "0912345678", "0912345679"]),
        name=st.sampled_from(["", "an", "chi"]),
        birth_year=st.sampled_from([None, 1990]),
        unit_id=st.just(1),
    ),
    unique_by=lambda each: each.ref,
)


@given(ENTRIES, st.sampled_from(Sign))
def test_no_sign_counts_more_in_a_cluster_than_in_the_round_or_than_the_cluster_has(entries, sign):
    for found in clusters_of(entries):
        count = {each.sign: each for each in found.signs}.get(sign)
        assert count is None or 0 < count.here <= min(count.everywhere, len(found.refs))


@given(st.lists(st.integers(0, 600_000), min_size=1, max_size=60))
def test_an_address_alone_never_makes_a_cluster(pauses):
    hall = [entry(str(at), begun_ms=sum(pauses[:at]), address=b"hall", duration_ms=60_000) for at in range(len(pauses))]

    assert clusters_of(hall + honest(30)) == []


@given(st.integers(0, 60), st.floats(0.1, 50))
def test_the_poisson_tail_is_what_its_terms_sum_to(count, mean):
    assert poisson_tail(count, mean) == pytest.approx(1 - sum(_poisson_terms(mean, count)), abs=1e-9)
    assert poisson_tail(count + 1, mean) <= poisson_tail(count, mean) + 1e-12


def _poisson_terms(mean, count):
    term = 2.718281828459045**-mean
    for at in range(count):
        yield term
        term *= mean / (at + 1)


@pytest.mark.parametrize(("count", "trials", "chance"), [(0, 5, 1.0), (5, 5, 0.03125), (6, 5, 0.0), (3, 5, 0.5)])
def test_without_spread_the_beta_binomial_tail_is_the_binomial_one(count, trials, chance):
    assert beta_binomial_tail(count, trials, 0.5, 1e-9) == pytest.approx(chance, abs=1e-6)


@pytest.mark.parametrize(("count", "chance"), [(0, 1.0), (1, 2 / 3), (2, 1 / 3), (3, 0.0)])
def test_the_beta_binomial_tail_of_shares_that_are_all_equally_likely(count, chance):
    assert beta_binomial_tail(count, 2, 0.5, 1 / 3) == pytest.approx(chance)


def test_impossible_means_and_shares_are_refused():
    with pytest.raises(ValueError, match="positive"):
        poisson_tail(1, 0)
    for share, spread in ((0, 0.1), (1, 0.1), (0.5, 0), (0.5, 1)):
        with pytest.raises(ValueError, match="between"):
            beta_binomial_tail(1, 2, share, spread)


def test_no_entries_have_no_signs():
    assert clusters_of([]) == []
