"""Times from somebody's hours: on her clock, also on the days when the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as some

from interview_platform.adapters.own_slots import Hours, cells, moment, starts

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "America/Sao_Paulo",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",  # its clocks change by half an hour
    "Pacific/Apia",
    "Africa/Casablanca",
    "Asia/Kolkata",
    "UTC",
)
CHANGES = (
    date(2026, 3, 8),
    date(2026, 3, 29),
    date(2026, 4, 5),
    date(2026, 10, 4),
    date(2026, 10, 25),
    date(2026, 11, 1),
)


def at(day: int, hour: int, minute: int = 0, month: int = 6) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def hours(*windows: tuple[str, str], zone: str = "UTC", days: range = range(7), **values: object) -> Hours:
    parts = [(time.fromisoformat(begins), time.fromisoformat(ends)) for begins, ends in windows]
    return Hours(zone, dict.fromkeys(days, parts), **values)


def day_of(held: Hours, day: date, minutes: int = 60, taken: frozenset[datetime] = frozenset()) -> list[str]:
    """A day's times on the host's clock."""
    zone = ZoneInfo(held.zone)
    since = datetime.combine(day, time(), zone)
    until = datetime.combine(day + timedelta(days=1), time(), zone)
    found = starts(held, minutes, since - timedelta(days=3), since, until, taken)
    return [f"{one.astimezone(zone):%H:%M}" for one in found]


def test_a_day_without_anything_in_it() -> None:
    assert day_of(hours(("09:00", "12:00"), ("13:00", "14:00")), date(2026, 6, 1)) == [
        "09:00",
        "09:30",
        "10:00",
        "10:30",
        "11:00",
        "13:00",
    ]
    assert day_of(hours(("09:00", "10:00")), date(2026, 6, 1), minutes=20) == ["09:00", "09:20", "09:40"]
    assert day_of(hours(("09:00", "09:50")), date(2026, 6, 1)) == []


def test_weekends_and_blocked_days_are_left_out() -> None:
    held = hours(("09:00", "10:00"), days=range(5), blocked=frozenset({date(2026, 6, 2)}))
    found = starts(held, 60, at(1, 0), at(1, 0), at(8, 0), set())
    assert [one.day for one in found] == [1, 3, 4, 5]


def test_a_blocked_day_is_a_day_on_her_own_calendar() -> None:
    held = hours(("08:00", "09:00"), zone="Pacific/Auckland", blocked=frozenset({date(2026, 6, 3)}))
    found = starts(held, 60, at(1, 0), at(1, 0), at(5, 0), set())
    assert [one.astimezone(ZoneInfo("Pacific/Auckland")).day for one in found] == [2, 4, 5]


def test_notice_and_horizon_bound_what_is_offered() -> None:
    held = hours(("09:00", "17:00"), notice=timedelta(hours=4), horizon=timedelta(days=1))
    found = starts(held, 60, at(1, 8, 10), at(1, 0), at(9, 0), set())
    assert (found[0], found[-1]) == (at(1, 12, 30), at(1, 16))


def test_taken_times_and_the_pause_after_them_are_left_out() -> None:
    held = hours(("09:00", "12:00"), buffer_minutes=10)
    taken = frozenset(cells(at(1, 10), 30, 10))
    assert day_of(held, date(2026, 6, 1), 30, taken) == ["09:00", "11:00", "11:30"]


def test_the_day_that_is_an_hour_short_has_no_times_in_the_gap() -> None:
    berlin = hours(("01:00", "05:00"), zone="Europe/Berlin")
    assert day_of(berlin, date(2026, 3, 29)) == ["01:00", "01:30", "03:00", "03:30", "04:00"]
    # 01:30 is an hour before 03:30: what lasts an hour runs through the jump


def test_the_day_that_is_an_hour_long_counts_the_hour_once_at_its_ends() -> None:
    zone = "Europe/Berlin"
    assert len(day_of(hours(("01:00", "05:00"), zone=zone), date(2026, 10, 25), 30)) == 10
    assert day_of(hours(("02:30", "04:00"), zone=zone), date(2026, 10, 25), 30) == ["02:30", "03:00", "03:30"]
    assert day_of(hours(("01:00", "02:30"), zone=zone), date(2026, 10, 25), 30) == ["01:00", "01:30", "02:00"]


def test_nine_oclock_stays_nine_oclock_when_the_clocks_change() -> None:
    held = hours(("09:00", "10:00"), zone="America/New_York")
    found = starts(held, 60, at(30, 0, month=10), at(30, 0, month=10), at(4, 0, month=11), set())
    assert [f"{one:%d %H}" for one in found] == ["30 13", "31 13", "01 14", "02 14", "03 14"]


def test_a_clock_time_that_does_not_exist_is_the_moment_of_the_jump() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    for late in (True, False):
        assert moment(date(2026, 3, 29), time(2, 30), berlin, late=late) == datetime(2026, 3, 29, 1, tzinfo=UTC)


clocks = some.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))


@given(
    zone=some.sampled_from(ZONES),
    day=some.sampled_from(CHANGES) | some.dates(date(2024, 1, 1), date(2030, 12, 31)),
    window=some.tuples(clocks, clocks).map(sorted),
    minutes=some.sampled_from((15, 20, 30, 45, 60, 90)),
    pause=some.sampled_from((0, 5, 10, 15)),
    taken=some.sets(some.integers(0, 400), max_size=30),
)
@example("Europe/Berlin", date(2026, 3, 29), [time(2, 0), time(4, 0)], 30, 0, set())
@example("Europe/Berlin", date(2026, 10, 25), [time(2, 0), time(4, 0)], 30, 0, set())
@example("Australia/Lord_Howe", date(2026, 4, 5), [time(1, 0), time(3, 0)], 45, 5, {20})
@example("Europe/Berlin", date(2026, 3, 29), [time(0, 0), time(2, 0)], 15, 0, set())
def test_whatever_the_hours_what_is_offered_lies_in_them_and_is_free(zone, day, window, minutes, pause, taken) -> None:
    held = Hours(zone, {number: [tuple(window)] for number in range(7)}, buffer_minutes=pause)
    there = ZoneInfo(zone)
    since = datetime.combine(day, time(), there).astimezone(UTC)
    since -= timedelta(minutes=since.minute % 5)
    busy = {since + timedelta(minutes=5 * index) for index in taken}
    found = starts(held, minutes, since, since, since + timedelta(days=1), busy)
    assert found == sorted(set(found))
    for one in found:
        last = one + timedelta(minutes=minutes, seconds=-1)  # what ends as the clock jumps ends within the hours
        begins, ends = one.astimezone(there), last.astimezone(there)
        assert window[0] <= begins.time()
        assert ends.time() < window[1]
        assert begins.date() == ends.date()
        assert not busy & set(cells(one, minutes, pause))
        assert since <= one < since + timedelta(days=1)


@given(zone=some.sampled_from(ZONES), day=some.dates(date(2024, 1, 1), date(2030, 12, 31)), clock=clocks)
def test_a_clock_time_is_never_before_it_shows(zone, day, clock) -> None:
    early, late = (moment(day, clock, ZoneInfo(zone), late=late) for late in (False, True))
    shown = early.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert shown >= datetime.combine(day, clock)
    assert timedelta(0) <= late - early <= timedelta(hours=1)
    assert early.minute % 5 == 0
