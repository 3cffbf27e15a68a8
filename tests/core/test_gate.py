"""A gate lets few through, lets few wait, and refuses the others at once."""

from threading import Event, Thread
from time import monotonic

import pytest

from core.gate import Busy, Gate


def hold(gate, until, entered):
    with gate.passing():
        entered.set()
        until.wait(10)


def test_beyond_those_inside_and_waiting_a_caller_is_refused_at_once():
    gate, until, entered = Gate(at_once=1, waiting=0, patience=5), Event(), Event()
    inside = Thread(target=hold, args=(gate, until, entered))
    inside.start()
    entered.wait(10)

    begun = monotonic()
    with pytest.raises(Busy), gate.passing():
        pass
    took = monotonic() - begun
    until.set()
    inside.join()

    assert took < 1
    with gate.passing():
        pass


def test_a_waiting_caller_gets_through_when_another_leaves():
    gate, until, entered, second = Gate(at_once=1, waiting=1, patience=10), Event(), Event(), Event()
    threads = [Thread(target=hold, args=(gate, until, entered))]
    threads[0].start()
    entered.wait(10)
    threads.append(Thread(target=hold, args=(gate, until, second)))
    threads[1].start()

    was_outside = not second.wait(0.05)
    until.set()

    assert was_outside
    assert second.wait(10)
    for thread in threads:
        thread.join()


def test_a_wait_ends_at_its_patience_and_frees_the_place():
    gate, until, entered = Gate(at_once=1, waiting=1, patience=0.05), Event(), Event()
    inside = Thread(target=hold, args=(gate, until, entered))
    inside.start()
    entered.wait(10)

    for _ in range(3):
        with pytest.raises(Busy), gate.passing():
            pass
    until.set()
    inside.join()

    with gate.passing():
        pass


def test_a_failure_inside_frees_the_place():
    gate = Gate(at_once=1, waiting=0, patience=0.05)
    for _ in range(3):
        with pytest.raises(KeyError), gate.passing():
            raise KeyError

    with gate.passing():
        pass
