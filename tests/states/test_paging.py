"""Lists that the database pages: the interviews and the reports."""

from __future__ import annotations

from interview_platform import routes
from interview_platform.models import session
from interview_platform.services import notifications
from interview_platform.states.recruiter_interviews import InterviewsState
from interview_platform.states.recruiter_outbox import OutboxState
from interview_platform.states.recruiter_reports import ReportsState
from interview_platform.wiring import Platform
from tests import builders
from tests.states.recruiter_pages import Recruiter


def _at_a_list(held: Platform, path: str, interviews: int, status: str) -> Recruiter:
    robin = Recruiter(held)
    with session(held.engine) as db:
        job = builders.job(db, robin.actor)
        for number in range(interviews):
            who = builders.candidate(db, robin.actor, name=f"Person {number:03}", email=f"{number}@example.com")
            builders.interview(db, robin.actor, builders.application(db, robin.actor, job, who), status=status)
    robin.at(path)
    return robin


async def test_a_long_list_is_read_a_page_at_a_time(held: Platform) -> None:
    robin = _at_a_list(held, routes.INTERVIEWS, 53, "planned")
    await robin.does(InterviewsState.load)
    page = robin.state(InterviewsState)
    assert (page.first, page.last, page.total, len(page.lines)) == (1, 50, 53, 50)
    seen = {line.name for line in page.lines}
    await robin.does(InterviewsState.page, 1)
    assert (page.first, page.last, len(page.lines)) == (51, 53, 3)
    assert len(seen | {line.name for line in page.lines}) == 53
    await robin.does(InterviewsState.page, 1)
    assert (page.first, page.last) == (51, 53), "there is no page after the last"


async def test_a_search_begins_at_the_first_page_and_says_when_nothing_matches(held: Platform) -> None:
    robin = _at_a_list(held, routes.INTERVIEWS, 53, "planned")
    await robin.does(InterviewsState.load)
    await robin.does(InterviewsState.page, 1)
    page = robin.state(InterviewsState)
    await robin.does(InterviewsState.find, "person 007")
    assert ([line.name for line in page.lines], page.first) == (["Person 007"], 1)
    await robin.does(InterviewsState.find, "nobody")
    assert (page.lines, page.last, page.any_interview) == ([], 0, True)


async def test_the_reports_list_is_paged_like_the_interviews(held: Platform) -> None:
    robin = _at_a_list(held, routes.REPORTS, 51, "ended")
    await robin.does(ReportsState.load)
    page = robin.state(ReportsState)
    assert (page.last, page.total) == (50, 51)
    await robin.does(ReportsState.page, 1)
    assert (page.first, page.last) == (51, 51)
    await robin.does(ReportsState.toggle_undecided)
    assert page.first == 1


async def test_the_outbox_is_searched_by_address_and_narrowed_by_status(held: Platform) -> None:
    robin = _at_a_list(held, routes.OUTBOX, 0, "planned")
    with session(held.engine) as db:
        for number in range(55):
            to = f"person{number}@example.com" if number else ""
            notifications.queue(
                db, robin.actor, dedup_key=str(number), purpose="invite", to=to, subject="Your interview", text="Hello"
            )
    await robin.does(OutboxState.load)
    page = robin.state(OutboxState)
    assert (page.last, page.total) == (50, 55)
    await robin.does(OutboxState.find, "person7@ interview")
    assert [line.address for line in page.lines] == ["person7@example.com"]
    await robin.does(OutboxState.find, "")
    await robin.does(OutboxState.narrow, "failed")
    assert [line.address for line in page.lines] == ["no address"]
