"""A job's pool by saved views: opened from the row or the address, saved, removed and put back; the columns."""

from __future__ import annotations

import pytest

from interview_platform import routes
from interview_platform.errors import BadInput
from interview_platform.models import session
from interview_platform.services import pool_views
from interview_platform.states.pool_saved import ViewsState
from interview_platform.states.recruiter_pool import PoolState
from interview_platform.wiring import Platform
from tests import builders
from tests.states.recruiter_pages import Recruiter


@pytest.fixture
async def robin(held: Platform) -> Recruiter:
    """A recruiter at the pool of her only job."""
    made = Recruiter(held)
    with session(held.engine) as db:
        made.job = builders.job(db, made.actor).id  # type: ignore[attr-defined]
    made.at(routes.job(made.job))  # type: ignore[attr-defined]
    await made.does(PoolState.load)
    await made.does(ViewsState.load)
    return made


async def saved(robin: Recruiter, name: str = "New with Python", first: bool = False) -> str:
    """A view of new candidates found by "python"; its id."""
    await robin.does(PoolState.find, "python")
    await robin.does(PoolState.pick_stage, "new")
    await robin.does(ViewsState.ask, "")
    await robin.does(ViewsState.write_name, name)
    if first:
        await robin.does(ViewsState.switch_first)
    await robin.does(ViewsState.save)
    assert robin.state(ViewsState).wrong == ""
    return str(robin.state(PoolState).view)


async def test_a_saved_view_is_shown_and_brings_back_what_it_holds(robin: Recruiter) -> None:
    view = await saved(robin)
    [chip] = robin.state(ViewsState).chips
    assert (chip.key, chip.name, chip.shared, chip.mine) == (view, "New with Python", False, True)
    await robin.does(ViewsState.open_view, "")
    page = robin.state(PoolState)
    assert (page.view, page.search, page.stage) == ("", "", "")
    await robin.does(ViewsState.open_view, view)
    assert (page.view, page.search, page.stage) == (view, "python", "new")


async def test_a_link_to_a_view_opens_it_and_a_link_to_a_removed_one_shows_everybody(robin: Recruiter) -> None:
    view = await saved(robin)
    await robin.does(ViewsState.open_view, "")
    robin.at(routes.job(robin.job, view))  # type: ignore[attr-defined]
    await robin.does(PoolState.load)
    assert (robin.state(PoolState).view, robin.state(PoolState).search) == (view, "python")
    await robin.does(ViewsState.ask, view)
    await robin.does(ViewsState.remove)
    told = await robin.does(PoolState.load)
    page = robin.state(PoolState)
    assert (page.view, page.ready, len(told)) == ("", True, 1)


async def test_removing_can_be_undone(robin: Recruiter) -> None:
    view = await saved(robin)
    await robin.does(ViewsState.ask, view)
    await robin.does(ViewsState.remove)
    views = robin.state(ViewsState)
    assert (views.chips, views.removed, views.removed_name) == ([], view, "New with Python")
    await robin.does(ViewsState.undo)
    assert ([chip.key for chip in views.chips], views.removed) == ([view], "")


async def test_the_first_view_is_opened_with_the_job(held: Platform, robin: Recruiter) -> None:
    view = await saved(robin, first=True)
    robin.state(PoolState).reset()
    await robin.does(PoolState.load)
    assert robin.state(PoolState).view == view
    assert robin.state(ViewsState).chips[0].first


async def test_a_name_that_is_taken_is_said_in_the_dialog_which_stays_open(robin: Recruiter) -> None:
    await saved(robin)
    await robin.does(ViewsState.ask, "")
    await robin.does(ViewsState.write_name, "new with python")
    await robin.does(ViewsState.save)
    views = robin.state(ViewsState)
    assert ("already has this name" in views.wrong, views.is_open, len(views.chips)) == (True, True, 1)


async def test_columns_are_remembered_for_the_person(held: Platform, robin: Recruiter) -> None:
    await robin.does(PoolState.pick_column, "added")
    assert "added" not in robin.state(PoolState).columns
    with session(held.engine) as db:
        assert "added" not in pool_views.columns(db, robin.actor)
    with pytest.raises(BadInput):
        raise BadInput(str(await robin.does(PoolState.pick_column, "made-up")))
    assert "made-up" not in robin.state(PoolState).columns
