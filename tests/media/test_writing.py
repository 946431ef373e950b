"""The interview in writing, in rooms without any call: the same conversation and events, and over to speaking."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from interview_platform.media.frames import Event
from interview_platform.media.visit import Visit
from tests.media.browser import Browser
from tests.media.house import House
from tests.media.people import QUESTIONS


class Tab:
    """One tab of a candidate: what it was told."""

    def __init__(self, house: House, name: str = "tab", interview: str = "interview", begun: bool = False) -> None:
        self.house, self.told = house, list[Event]()
        self.visit: Visit = house.rooms.visit(interview, name, begun)
        self._reading = asyncio.ensure_future(self._read())

    async def _read(self) -> None:
        async for event in self.visit.events():
            self.told.append(event)

    def enter(self, mode: str = "text", take: bool = False) -> None:
        self.visit.take({"type": "enter", "mode": mode, "take": take})

    def say(self, text: str, **more: Any) -> None:
        self.visit.take({"type": "say", "text": text, **more})

    async def until(self, kind: str, seconds: float = 10.0, **values: Any) -> Event:
        """The newest event of this kind with these values, as soon as there is one."""

        def found() -> list[Event]:
            return [e for e in self.told if e["type"] == kind and all(e.get(k) == v for k, v in values.items())]

        await self.house.until(found, seconds)
        return found()[-1]

    def kinds(self) -> list[str]:
        return [str(event["type"]) for event in self.told]

    def forget(self) -> None:
        self.told.clear()

    async def leave(self) -> None:
        self.visit.leave()
        self._reading.cancel()
        await asyncio.gather(self._reading, return_exceptions=True)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    made = House(tmp_path)
    yield made
    await made.close()


async def test_a_whole_interview_is_held_in_writing_without_any_call(house: House) -> None:
    tab = Tab(house)
    tab.enter()
    assert (await tab.until("entered"))["mode"] == "text"
    assert (await tab.until("question"))["text"] == QUESTIONS[0]
    await tab.until("state", state="listening")
    tab.say("I built the refunds service.")
    await tab.until("question", number=2)
    await tab.until("caption", speaker="candidate", text="I built the refunds service.", final=True)
    tab.say("To measure first.")
    assert (await tab.until("ended"))["text"] == "Goodbye."
    await house.until(lambda: house.ended)
    said = [(text, kind) for text, _, _, kind in house.conversation.answers]
    assert said == [("I built the refunds service.", "typed"), ("To measure first.", "typed")]
    assert house.recordings == []
    await tab.leave()


async def test_what_is_sent_while_the_room_opens_is_not_lost(house: House) -> None:
    tab = Tab(house)
    tab.enter()
    tab.say("Early words.")
    await tab.until("caption", speaker="candidate", text="Early words.")
    await tab.leave()


async def test_a_wire_that_drops_and_comes_back_goes_on_without_a_second_greeting(house: House) -> None:
    first = Tab(house)
    first.enter()
    await first.until("state", state="listening")
    await first.leave()
    second = Tab(house, begun=True)
    second.enter()
    await second.until("state", state="listening")
    assert (await second.until("question"))["text"] == QUESTIONS[0]
    assert house.conversation.opened == 1
    second.say("Still here.")
    await second.until("question", number=2)
    await second.leave()


async def test_from_writing_to_a_call_the_open_question_is_said_aloud_and_nobody_is_greeted_again(
    house: House,
) -> None:
    tab = Tab(house)
    tab.enter()
    await tab.until("state", state="listening")
    tab.enter("call")
    browser = Browser(camera=False)
    await browser.call(house.rooms, "interview", tab="tab")
    await browser.hear_agent()
    assert house.conversation.opened == 1
    tab.forget()
    tab.enter("text")
    await tab.until("state", state="listening")
    assert house.conversation.opened == 1
    tab.say("In writing after all.")
    await tab.until("question", number=2)
    assert [kind for _, _, _, kind in house.conversation.answers] == ["typed"]
    ((_, part, _, offset, length),) = house.recordings
    assert (part, offset) == (1, 0.0)
    assert house.conversation.answers[0][1] == pytest.approx(length)  # where the recording stands
    await browser.hang_up()
    await tab.leave()


async def test_pasted_characters_are_told_as_an_event_and_the_answer_is_taken_like_any_other(house: House) -> None:
    tab = Tab(house)
    tab.enter()
    await tab.until("state", state="listening")
    tab.say("Copied from somewhere.", pasted=17)
    await tab.until("question", number=2)
    tab.say("Typed by hand.", pasted=0)
    await tab.until("ended")
    await house.until(lambda: house.pasted)
    assert house.pasted == [("interview", 17)]
    assert [text for text, *_ in house.conversation.answers] == ["Copied from somewhere.", "Typed by hand."]
    await tab.leave()


async def test_another_tab_in_front_is_told_as_an_event_and_disturbs_nothing(house: House) -> None:
    tab = Tab(house)
    tab.enter()
    await tab.until("state", state="listening")
    tab.visit.take({"type": "away", "seconds": 12})
    await house.until(lambda: house.left)
    assert house.left == [("interview", 12)]
    assert "error" not in tab.kinds()
    assert house.conversation.answers == []
    await tab.leave()


async def test_a_second_tab_is_asked_first_and_the_first_one_is_told_when_it_is_taken(house: House) -> None:
    first, second = Tab(house, "first"), Tab(house, "second")
    first.enter()
    await first.until("state", state="listening")
    second.enter()
    await second.until("elsewhere")
    second.say("Not let in yet.")
    assert second.kinds() == ["elsewhere"]
    second.enter(take=True)
    await second.until("question")
    await first.until("taken")
    first.say("Too late.")
    second.say("From the second tab.")
    await second.until("question", number=2)
    assert [text for text, *_ in house.conversation.answers] == ["From the second tab."]
    await first.leave()
    await second.leave()


async def test_the_call_of_a_tab_that_does_not_hold_the_interview_is_refused(house: House) -> None:
    from interview_platform.media.rooms import HeldElsewhere

    first = Tab(house, "first")
    first.enter()
    await first.until("entered")
    browser = Browser(camera=False)
    with pytest.raises(HeldElsewhere, match="another tab"):
        await browser.call(house.rooms, "interview", tab="second")
    await browser.hang_up()
    await first.leave()


async def test_a_candidate_cannot_end_an_interview_in_the_recruiters_name(house: House) -> None:
    tab = Tab(house)
    tab.enter()
    await tab.until("state", state="listening")
    tab.visit.take({"type": "end", "by": "recruiter"})
    await tab.until("ended")
    assert house.conversation.ended_by == "candidate"
    await tab.leave()


async def test_a_ping_is_answered_whoever_asks(house: House) -> None:
    tab = Tab(house)
    tab.visit.take({"type": "ping"})
    await tab.until("pong")
    await tab.leave()


async def test_a_written_interview_whose_tab_stays_away_is_closed_and_can_be_opened_again(tmp_path: Path) -> None:
    house = House(tmp_path, rejoin_seconds=0.2)
    tab = Tab(house)
    tab.enter()
    await tab.until("state", state="listening")
    await tab.leave()
    await house.until(lambda: not house.rooms.live())
    again = Tab(house, begun=True)
    again.enter()
    await again.until("state", state="listening")
    assert house.conversation.opened == 2
    await again.leave()
    await house.close()


async def test_when_every_room_is_taken_the_next_waits_in_line_and_comes_in_by_itself(tmp_path: Path) -> None:
    house = House(tmp_path, rejoin_seconds=0.2, calls=1)
    caller = Browser(camera=False)
    await caller.call(house.rooms, "interview")
    await caller.hear_agent()
    anna, ben = Tab(house, "anna", "other"), Tab(house, "ben", "third")
    anna.enter("call")
    assert (await anna.until("lobby"))["place"] == 1
    ben.enter("call")
    assert (await ben.until("lobby"))["place"] == 2
    assert "entered" not in anna.kinds() + ben.kinds()
    await caller.hang_up()
    await anna.until("entered")
    await ben.until("lobby", place=1)
    ben.enter("text")
    assert (await ben.until("entered"))["mode"] == "text"
    for tab in (anna, ben):
        await tab.leave()
    await house.close()


async def test_a_call_past_the_line_is_refused_with_words(tmp_path: Path) -> None:
    from interview_platform.media.rooms import Full

    house = House(tmp_path, calls=1)
    first, second = Browser(camera=False), Browser(camera=False)
    await first.call(house.rooms, "interview")
    with pytest.raises(Full, match="taken"):
        await second.call(house.rooms, "other")
    await first.hang_up()
    await second.hang_up()
    await house.close()
