"""Personas: every shape of file that says something can be read, and the right line is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from interview_platform.errors import BadInput
from interview_platform.evaluation import personas
from interview_platform.evaluation.personas import NO_QUESTION, NOTHING_LEFT, Speaker


def read(folder: Path, text: str, name: str = "one.yaml") -> personas.Persona:
    (folder / name).write_text(text, encoding="utf-8")
    return personas.read(folder)[0]


def test_the_shipped_personas_are_many_and_differ_in_job_and_style() -> None:
    found = personas.read()
    assert len(found) >= 16
    assert len({persona.style for persona in found}) == len(found)
    assert len({str(persona.job) for persona in found}) >= 6
    assert all(persona.job.get("custom_questions") for persona in found)


@pytest.mark.parametrize(
    "text",
    [
        "[First line., Second line.]",
        "say: [First line., Second line.]",
        "name: x\nlines:\n- First line.\n- text: Second line.",
        "- answer: First line.\n- answer: Second line.\n",
        '{"replies": [{"reply": "First line."}, {"response": "Second line."}]}',
    ],
)
def test_files_with_nothing_but_lines_are_read(tmp_path: Path, text: str) -> None:
    speaker = Speaker(read(tmp_path, text))
    assert [speaker.reply("anything").say for _ in range(3)] == ["First line.", "Second line.", NOTHING_LEFT]


def test_questions_and_answers_may_be_a_mapping(tmp_path: Path) -> None:
    speaker = Speaker(read(tmp_path, "answers:\n  refund: About refunds.\n  (hire: Not a pattern.\n"))
    assert speaker.reply("Who (hired you?").say == "Not a pattern."
    assert speaker.reply("Tell me about a refund.").say == "About refunds."


def test_a_file_may_hold_several_personas(tmp_path: Path) -> None:
    (tmp_path / "two.yaml").write_text("personas:\n- {name: A, say: [a]}\n- {name: B, say: [b]}\n", encoding="utf-8")
    assert [persona.answers[0].say for persona in personas.read(tmp_path)] == ["a", "b"]


def test_the_scenarios_of_rehearsals_are_personas_too() -> None:
    found = personas.read(Path("tests/scenarios"))
    assert [persona.name for persona in found] == ["backend-strong", "nurse-terse", "sales-rambling"]
    assert all(persona.resume and persona.answers and persona.job["title"] for persona in found)


def test_an_answer_is_found_by_the_questions_words_or_its_id(tmp_path: Path) -> None:
    text = "answers:\n- {for: backend-debugging-1, say: By id.}\n- {for: bakery, say: By words.}\n- say: Free."
    speaker = Speaker(read(tmp_path, text))
    assert speaker.reply("The bakery?").say == "By words."
    assert speaker.reply("A fault?", ("backend-debugging-1",)).say == "By id."
    assert speaker.reply("The bakery again?").say == "Free."


def test_an_aside_is_said_once_when_its_time_has_come_and_the_question_stays_open(tmp_path: Path) -> None:
    text = "answers: [one, two]\nasides:\n- {after: 1, say: Wait.}\n- {for: bakery, say: 'What?'}\n"
    speaker = Speaker(read(tmp_path, text))
    said = [speaker.reply(asked).say for asked in ("first?", "second?", "second?", "the bakery?")]
    assert said == ["one", "Wait.", "two", "What?"]


def test_defaults_come_last_and_the_last_one_again(tmp_path: Path) -> None:
    speaker = Speaker(read(tmp_path, "answers: [one]\ndefault: [two, three]\n"))
    assert [speaker.reply("?").say for _ in range(4)] == ["one", "two", "three", "three"]


def test_who_is_asked_for_questions_and_has_none_says_so(tmp_path: Path) -> None:
    speaker = Speaker(read(tmp_path, "answers: [one]\n"))
    assert speaker.reply("Do you have a question for us?", invited=True).say == NO_QUESTION
    assert speaker.reply("?").say == "one"


def test_labels_are_kept_and_no_label_is_not_an_empty_one(tmp_path: Path) -> None:
    persona = read(tmp_path, "answers:\n- {say: a, covers: [Says x]}\n- {say: b, covers: []}\n- {say: c}\n")
    assert [line.covers for line in persona.answers] == [("Says x",), (), None]


def test_a_job_is_looked_up_beside_the_file_then_taken_for_a_family(tmp_path: Path) -> None:
    (tmp_path / "jobs").mkdir()
    (tmp_path / "jobs" / "baker.yaml").write_text(
        "{title: Head Baker, custom_questions: ['Why bread?']}", encoding="utf-8"
    )
    assert read(tmp_path, "job: baker\nsay: [x]", "a.yaml").job["title"] == "Head Baker"
    assert read(tmp_path, "family: nursing\nlevel: senior\nsay: [x]", "a.yaml").job == {
        "title": "nursing",
        "family": "nursing",
        "level": "senior",
    }


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no folder"):
        personas.read(tmp_path / "missing")
    with pytest.raises(BadInput, match="No persona"):
        personas.read(tmp_path)
    (tmp_path / "broken.yaml").write_text("say: [a, b", encoding="utf-8")
    with pytest.raises(BadInput, match=r"broken\.yaml"):
        personas.read(tmp_path)
