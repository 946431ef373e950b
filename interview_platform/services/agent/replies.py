"""What follows when a candidate says something else than an answer: lines in authored words, or from a source.

Pure but for the Answerer. After most of them the open question is put again in short, so that nobody has to ask for it.
"""

from __future__ import annotations

from collections.abc import Callable

from interview_platform.models import Turn
from interview_platform.ports import Answerer
from interview_platform.services.agent import asides, guard, memory, quoting, trace
from interview_platform.services.agent.intents import Reading
from interview_platform.services.agent.intents_plain import plain, sentences
from interview_platform.services.agent.intents_questions import place_named
from interview_platform.services.agent.lines import Line, Passed, line, once, passing
from interview_platform.services.agent.position import MOST_INVITATIONS, Position
from interview_platform.services.agent.records import Scene

MOST_REPLIES = 3
"""To questions in a row while one of ours is open; further ones wait for the end."""
MOST_AT_ONCE = 3
_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")


class Replies:
    """Lines for one interview. `interview_id` is what the answerer looks up."""

    def __init__(self, interview_id: str, answerer: Answerer | None) -> None:
        self._interview_id = interview_id
        self._answerer = answerer

    def to(self, reading: Reading, said: Turn, scene: Scene) -> list[Line]:
        """What follows from a turn that answers nothing, while a question is open or ours are over."""
        intent = reading.intent
        makers: dict[str, Callable[[Reading, Turn, Scene], list[Line]]] = {
            "repeat": lambda *_: again(scene),
            "rephrase": self._rephrase,
            "moment": lambda *_: [wait(scene)],
            "nervous": self._nervous,
            "end": self._end,
            "unheard": self._unheard,
            "question": self._question,
            "clarify": self._clarify,
            "distress": self._distress,
            "accommodation": self._accommodation,
            "other_language": self._language,
            "insult": self._insult,
            "complaint": self._complaint,
            "correction": self._correction,
            "go_back": self._go_back,
            "score": self._decline,
            "instruct": self._decline,
            "off_topic": self._decline,
            "unsure": self._unsure,
            "off_question": self._off_question,
        }
        maker = makers.get(intent)
        return maker(reading, said, scene) if maker else _again(scene.place, intent)

    def beside(self, reading: Reading, said: Turn, scene: Scene) -> list[Line]:
        """What follows from the words beside an answer; the plan goes on after it."""
        if reading.beside in ("score", "instruct"):
            text = {"score": asides.SCORE, "instruct": asides.INSTRUCT.partition(". ")[0] + "."}[reading.beside]
            return [line("reply", text, trace.DECLINE, intent=reading.beside)]
        if reading.beside == "question":
            return self._answers(reading, said, scene.place)
        if reading.beside == "accommodation":
            return [_need(reading, scene.place)]
        if reading.beside == "distress":
            return [_in_distress(reading, scene.place)]
        if reading.beside == "end":
            return self._end(reading, said, scene)
        return self._insulted(scene) if reading.beside == "insult" else []

    # --- questions ---------------------------------------------------------------------------------------------

    def _question(self, reading: Reading, said: Turn, scene: Scene) -> list[Line]:
        place = scene.place
        if place.waiting and place.replies > MOST_REPLIES:
            asked = Passed("question", reading.aside or said.text)
            later = line("reply", asides.LATER, trace.LATER, place.question, intent="question")
            return [passing(later, asked), *back(place)]
        return [*self._answers(reading, said, place), *after(scene)]

    def _answers(self, reading: Reading, said: Turn, place: Position) -> list[Line]:
        """A reply to each question, from a source or passed on."""
        asked = list(reading.asked or (reading.aside or said.text,))[:MOST_AT_ONCE]
        unknown = sum(trace.decision(turn) == trace.PASS_ON for turn in place.turns)
        found = []
        for question in asked:
            found.append(self._answer(question, unknown, place))
            unknown += found[-1].decision == trace.PASS_ON
        return once(found)

    def _answer(self, question: str, unknown: int, place: Position) -> Line:
        grounded = self._answerer.answer(self._interview_id, question) if self._answerer else None
        refused: list[dict[str, str]] = []
        if grounded is not None and grounded.text:
            sources = [f"{held.title}. {held.text}" for held in grounded.passages]
            why = guard.review(grounded.text, sources=sources, follow_up=False)
            if not why:
                return quoting.quoted(grounded, question, unknown, place)
            refused = [{"text": grounded.text, "reason": why}]
        looked = trace.of_passages(grounded.passages) if grounded else []
        held = trace.agent(trace.PASS_ON, intent="question", guard=refused, passages=looked)
        because = "No source answers it: passed on to the people of the organisation."
        if grounded and grounded.reason:
            because = f"Passed on: {grounded.reason}"
        passed = Passed("question", question)
        return Line("reply", asides.unknown(unknown), place.question, because, held, passed=passed)

    def _clarify(self, reading: Reading, said: Turn, scene: Scene) -> list[Line]:
        place = scene.place
        reply = asides.clarity(reading.aside)
        if not reply or not place.waiting:
            return self._rephrase(reading, said, scene)
        return [line("reply", reply, trace.CLARIFY, place.question, intent="clarify"), *back(place)]

    # --- hearing and understanding -----------------------------------------------------------------------------

    def _rephrase(self, reading: Reading, said: Turn, scene: Scene) -> list[Line]:
        place = scene.place
        asked = _again(place, "rephrase", plainer=True)
        same = place.ask is not None and asked and asked[-1].text == place.ask.text
        if same and place.question is not None and place.question.kind == "custom":
            told = line("reply", asides.TEAMS_WORDS, trace.CLARIFY, place.question, intent="rephrase")
            return [told, *asked]
        return asked

    def _nervous(self, reading: Reading, said: Turn, scene: Scene) -> list[Line]:
        told = sum(trace.intent(turn) == "nervous" and turn.speaker == "agent" for turn in scene.place.turns)
        text = asides.NERVOUS[told % len(asides.NERVOUS)]
        return [line("notice", text, trace.WAIT, scene.place.question, intent="nervous")]

    def _unsure(self, reading: Reading, said: Turn, scene: Scene) -> list[Line]:
        told = line("reply", asides.UNSURE, trace.NOTED, scene.place.question, intent="unsure")
        return [told, *back(scene.place)]

    def _off_question(self, reading: Reading, said: Turn, scene: Scene) -> list[Line]:
        place = scene.place
        because = "What was said is about something else."
        text = asides.COME_BACK.format(_short(place))
        return [line("repeat", text, trace.RETURN, place.question, because, intent="off_question")]

    def _unheard(self, reading: Reading, said: Turn, scene: Scene) -> list[Line]:
        because = "Nothing intelligible was heard."
        return [line("notice", scene.words.not_heard(), trace.UNHEARD, scene.place.question, because, intent="unheard")]

    def _language(self, reading: Reading, said: Turn, scene: Scene) -> list[Line]:
        told = line("notice", asides.LANGUAGE, trace.LANGUAGE, scene.place.question, intent="other_language")
        passed = Passed("accommodation", f"Spoke another language than English: {said.text}")
        return [passing(told, passed), *back(scene.place)]

    # --- the person --------------------------------------------------------------------------------------------

    def _end(self, reading: Reading, said: Turn, scene: Scene) -> list[Line]:
        because = "The candidate asked to stop."
        text = scene.words.confirm_end()
        return [line("notice", text, trace.CONFIRM_END, scene.place.question, because, intent="end")]

    def _distress(self, reading: Reading, said: Turn, scene: Scene) -> list[Line]:
        return [_in_distress(reading, scene.place)]

    def _accommodation(self, reading: Reading, said: Turn, scene: Scene) -> list[Line]:
        return [_need(reading, scene.place), *after(scene)]

    def _insult(self, reading: Reading, said: Turn, scene: Scene) -> list[Line]:
        told = self._insulted(scene)
        return told if told[-1].expects_answer else [*told, *after(scene)]

    def _insulted(self, scene: Scene) -> list[Line]:
        """Calm, once; after that an offer to stop."""
        question = scene.place.question
        calmed = sum(trace.decision(turn) == trace.CALM for turn in scene.place.turns)
        offered = any(turn.text == asides.CALM_AGAIN for turn in scene.place.turns)
        if calmed and not offered:
            return [line("notice", asides.CALM_AGAIN, trace.CONFIRM_END, question, "Offered to stop.", intent="insult")]
        return [line("notice", asides.CALM, trace.CALM, question, intent="insult")]

    def _complaint(self, reading: Reading, said: Turn, scene: Scene) -> list[Line]:
        told = line("notice", asides.COMPLAINT, trace.PASS_ON, scene.place.question, intent="complaint")
        return [passing(told, Passed("complaint", said.text)), *after(scene)]

    def _decline(self, reading: Reading, said: Turn, scene: Scene) -> list[Line]:
        texts = {"score": asides.SCORE, "instruct": asides.INSTRUCT, "off_topic": asides.OFF_TOPIC}
        text = (
            texts[reading.intent] if scene.place.waiting else texts[reading.intent].partition(". ")[0].rstrip(".") + "."
        )
        return [line("reply", text, trace.DECLINE, scene.place.question, intent=reading.intent), *after(scene)]

    # --- earlier answers ---------------------------------------------------------------------------------------

    def _correction(self, reading: Reading, said: Turn, scene: Scene) -> list[Line]:
        number = sum(trace.decision(turn) == trace.CORRECT for turn in scene.place.turns)
        about = scene.place.by_id(said.question_id)
        return [line("reply", asides.corrected(number), trace.CORRECT, about, intent="correction"), *after(scene)]

    def _go_back(self, reading: Reading, said: Turn, scene: Scene) -> list[Line]:
        about = scene.place.by_id(corrected(said.text, scene.place))
        return [line("notice", asides.GO_BACK, trace.GO_BACK, about, intent="go_back")]


# --- small steps ------------------------------------------------------------------------------------------------


def again(scene: Scene) -> list[Line]:
    """What is open said again: in the same words first, then in plainer ones."""
    return _again(scene.place, "repeat")


def wait(scene: Scene) -> Line:
    """There is time."""
    text = asides.PAUSE if scene.place.offered == trace.DISTRESS else scene.words.moment()
    return line("notice", text, trace.WAIT, scene.place.question, intent="moment")


def corrected(text: str, place: Position) -> str | None:
    """The id of the question whose answer a correction is about: the one named, or the one whose words it shares."""
    answered = [entry for entry in place.plan if any(t.question_id == entry.id and t.text for t in place.turns)]
    put = [entry for entry in answered if entry.id in place.asked_ids]
    named = place_named(plain(text))
    if named in _PLACES and _PLACES.index(named) < len(place.plan):
        return place.plan[_PLACES.index(named)].id
    others = [entry for entry in put if place.question is None or entry.id != place.question.id]
    if named and others:
        return others[-1].id
    note = memory.meant(text, place.turns)
    if note is not None and note.question_id:
        return note.question_id
    return others[-1].id if others else place.question.id if place.question else None


def asked_before(reading: Reading, said: Turn, place: Position) -> bool:
    """Whether the candidate asked just this already."""
    own = [turn for turn in place.turns if turn.speaker == "candidate" and turn.id != said.id]
    asked = {plain(sentence) for turn in own for sentence in sentences(turn.text)}
    return all(plain(sentence) in asked for sentence in reading.asked or (said.text,))


def back(place: Position) -> list[Line]:
    """The open question in short; nothing while none is open."""
    if not place.waiting or place.ask is None:
        return []
    number = sum(trace.decision(turn) == trace.RETURN for turn in place.turns)
    because = "Back to the open question."
    return [line("repeat", asides.back(_short(place), number), trace.RETURN, place.question, because)]


def after(scene: Scene) -> list[Line]:
    """What a reply is followed by: the open question, or whether there is anything else, or nothing."""
    place = scene.place
    if place.offered == trace.INVITE or (not place.waiting and place.next is None and place.invitations):
        if place.invitations < MOST_INVITATIONS:
            return [line("notice", scene.words.invite(again=True), trace.INVITE, None)]
        return []
    return back(place)


def _again(place: Position, intent: str, plainer: bool = False) -> list[Line]:
    """The open question said again: in the same words first, then in plainer ones."""
    if place.offered and place.offer is not None and intent in {"repeat", "rephrase"}:
        return [line("notice", place.offer.text, place.offered, place.by_id(place.offer.question_id), intent=intent)]
    if not place.waiting or place.ask is None:
        return []
    plain_text = place.question.plain_text if place.question and place.ask.kind != "follow_up" else ""
    plainly = bool(plain_text) and (plainer or place.repeats > 0)
    because = (
        "The candidate asked to hear it again." if intent in {"repeat", "rephrase"} else "The candidate wants to go on."
    )
    decision = trace.RETURN if intent not in {"repeat", "rephrase"} else trace.REPHRASE if plainly else trace.REPEAT
    return [line("repeat", plain_text if plainly else place.ask.text, decision, place.question, because, intent=intent)]


def _short(place: Position) -> str:
    """What is open, without a bridge before it: in the planned words, unless plainer ones were asked for."""
    assert place.ask is not None
    if place.ask.kind == "follow_up":
        return sentences(place.ask.text)[-1]
    since = [turn for turn in place.turns if turn.position > place.ask.position]
    plainer = any(trace.decision(turn) == trace.REPHRASE for turn in since)
    plain_text = place.question.plain_text if place.question and plainer else ""
    return plain_text or place.ask.text


def _need(reading: Reading, place: Position) -> Line:
    words = reading.aside or reading.rest
    text = asides.accommodation(words)
    again = any(turn.speaker == "agent" and turn.text == text for turn in place.turns)
    said = asides.NOTED if again else text
    told = line("reply", said, trace.ACCOMMODATE, place.question, intent="accommodation")
    return passing(told, Passed("accommodation", words))


def _in_distress(reading: Reading, place: Position) -> Line:
    told = line("notice", asides.distress(reading.aside), trace.DISTRESS, place.question, intent="distress")
    return passing(told, Passed("distress", reading.aside))
