"""The transcript as WebVTT: every word once, at its time, whatever was said."""

from __future__ import annotations

import html
import re
from itertools import pairwise

import pytest
from sqlalchemy import Engine

from interview_platform.models import Turn, session
from interview_platform.services import reports, webvtt
from tests import builders
from tests.services.scoring.material import ended

CUE = re.compile(r"(\d+)\n(\d\d):(\d\d):(\d\d\.\d{3}) --> (\d\d):(\d\d):(\d\d\.\d{3})\n<v ([^>]+)>(.*)</v>")


def turn(text: str, started: float, over: float, speaker: str = "candidate", words: object = None) -> Turn:
    return Turn(
        interview_id="i", position=0, speaker=speaker, kind="answer", text=text, started_seconds=started,
        ended_seconds=over, words=words or [],
    )  # fmt: skip


def cues(*turns: Turn) -> list[tuple[float, float, str, str]]:
    """(start, end, voice, text), as a reader of the file has them."""
    found = []
    blocks = webvtt.document(turns).strip().split("\n\n")
    assert blocks[0] == "WEBVTT"
    assert blocks[1].startswith("NOTE\n")
    for number, block in enumerate(blocks[2:], start=1):
        match = CUE.fullmatch(block)
        assert match, block
        assert int(match[1]) == number
        hours, minutes, seconds = match[2], match[3], match[4]
        start = int(hours) * 3600 + int(minutes) * 60 + float(seconds)
        end = int(match[5]) * 3600 + int(match[6]) * 60 + float(match[7])
        assert "<" not in match[9]
        found.append((start, end, match[8], html.unescape(match[9])))
    return found


def timed(text: str, start: float, each: float = 0.4, pauses: dict[int, float] | None = None) -> list[list[object]]:
    """Words of equal length, with pauses before some."""
    found: list[list[object]] = []
    for number, word in enumerate(text.split()):
        start += (pauses or {}).get(number, 0.0)
        found.append([word, start, start + each, 0.9])
        start += each
    return found


def test_each_side_has_its_voice_and_its_times() -> None:
    assert cues(turn("Hello. Ready?", 1.25, 3.5, "agent"), turn("Yes.", 4, 4.5)) == [
        (1.25, 3.5, "Interviewer", "Hello. Ready?"),
        (4.0, 4.5, "Candidate", "Yes."),
    ]


@pytest.mark.parametrize(
    "said",
    ["if a < b && b > c then <script>alert(1)</script>", "00:00:01.000 --> 00:00:09.000", "AT&amp;T &lt;v Judge&gt;"],
)
def test_what_was_said_is_shown_and_never_read_as_markup(said: str) -> None:
    ((_, _, voice, text),) = cues(turn(said, 1, 9))
    assert (voice, text) == ("Candidate", said)
    assert webvtt.document([turn(said, 1, 9)]).count("-->") == 1


def test_lines_in_a_typed_answer_do_not_end_its_caption() -> None:
    ((_, _, _, text),) = cues(turn("one\n\nWEBVTT\n\n2\u2028three\x00", 1, 5))
    assert text == "one WEBVTT 2 three"


def test_a_long_turn_is_shown_in_pieces_that_can_be_read_with_no_word_lost() -> None:
    said = " ".join(f"word{number}" + ("." if number % 9 == 8 else "") for number in range(120))
    shown = cues(turn(said, 10, 70))
    assert " ".join(text for *_, text in shown) == said
    assert max(len(text) for *_, text in shown) <= webvtt.CAPTION_CHARACTERS
    assert shown[0][0] == 10
    assert shown[-1][1] == pytest.approx(70, abs=0.01)
    assert all(end <= later + 0.001 for (_, end, *_), (later, *_) in pairwise(shown))


def test_words_with_times_are_shown_when_they_are_said() -> None:
    said = "We moved the queue to Kafka. Then nothing was lost any more."
    words = timed(said, 20.0, pauses={6: 4.0})
    shown = cues(turn(said, 20, 30, words=words))
    assert [(start, text) for start, _, _, text in shown] == [
        (20.0, "We moved the queue to Kafka."),
        (pytest.approx(26.4), "Then nothing was lost any more."),
    ]
    assert shown[0][1] == pytest.approx(22.4)


def test_a_transcript_that_was_corrected_since_keeps_to_the_time_of_speech() -> None:
    words = timed("we use cube net ease a lot", 20.0, pauses={5: 10.0})
    shown = cues(turn("We use Kubernetes a lot", 20, 35, words=words))
    assert " ".join(text for *_, text in shown) == "We use Kubernetes a lot"
    assert all(20 <= start <= end <= 33 for start, end, *_ in shown)
    assert not any(start < 27 < end for start, end, *_ in shown)


def test_overlapping_or_backward_word_times_still_make_a_valid_file() -> None:
    words = [["a", 5.0, 6.0, 0.9], ["b", 4.0, 4.5, 0.9], ["c", 9.0, 8.0, 0.9]]
    shown = cues(turn("a b c", 4, 9, words=words))
    assert all(end > start for start, end, *_ in shown)
    assert [text for *_, text in shown] == ["a b", "c"]


def test_what_was_typed_is_in_the_file_at_its_place_and_covers_no_picture() -> None:
    ((start, end, _, text),) = cues(turn("typed", 12.0, 12.0))
    assert (start, text) == (12.0, "typed")
    assert end - start == pytest.approx(webvtt.BLINK_SECONDS)


def test_captions_are_in_order_of_time_and_hours_are_counted() -> None:
    shown = cues(turn("later", 7325.5, 7326), turn("sooner", 3.0, 4.0, "agent"))
    assert [(start, text) for start, _, _, text in shown] == [(3.0, "sooner"), (7325.5, "later")]


def test_without_turns_the_file_is_empty_and_valid() -> None:
    assert cues() == []
    assert cues(turn("  \n ", 1, 2)) == []


def test_the_report_has_the_captions_of_its_interview_and_names_nobody(engine: Engine) -> None:
    held = ended(engine)
    with session(engine) as db:
        builders.turn(db, held.interview, 2, "agent", "Thank you & goodbye.", started_seconds=37, ended_seconds=39)
    with session(engine) as db:
        seen = reports.view(db, held.actor, held.interview.id)
    assert "00:00:37.000 --> 00:00:39.000\n<v Interviewer>Thank you &amp; goodbye.</v>" in seen.captions
    assert seen.candidate_name not in seen.captions
