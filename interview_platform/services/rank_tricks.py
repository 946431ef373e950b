"""Tricks in a résumé's text, left out of ranking and told to the recruiter. Pure.

Instructions to a model, praise of oneself in the words of a judge, walls of keywords and repeated ones are found by
their shape, whatever the job is. Sentences copied from the job's own advert are found per job (rank_index). What is
left out never counts against anybody: it counts for nothing.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from interview_platform.services.rank_words import content_stems
from interview_platform.services.resume_experience import has_title_word
from interview_platform.services.resume_sections import heading
from interview_platform.services.text import words

Note = dict[str, Any]
"""{"kind": instruction | self_praise | repeated | keywords | pasted_advert, "detail": what was left out, for people}"""

WALL = 50
"""Listed items in one stretch above which a list that nothing else in the text bears out is a wall of keywords."""
REPEATS = 6
"""How often a listed item or a line stands when it counts as repeated."""
_BORNE = 0.4  # share of a list's items that stand elsewhere too, from which it is the writer's own
_LEAST_LISTED = 5
_SHOWN = 160
_TOP = 6
_PHRASE = 9  # words that may be an item of a list, though a long one
_GAP = 2  # a heading or a title between two lists does not part them

_LEAST_CLASSES = 3
_QUESTION = re.compile(r"(?:^|(?<=[.!?\n])[ \t]*)[•*-]?[ \t]*[A-Z\"'“][^.!?\n]{6,200}\?", re.M)
_FILE = Path(__file__).resolve().parents[2] / "rag_data" / "tricks.json"
_MARKS = re.compile(r"[.!?](?=\s|$)|\n|\t|[•●▪|]")


def told(text: str) -> tuple[list[tuple[int, int]], list[Note]]:
    """Stretches of a résumé's own text that speak to a model or praise their writer, with a note for each kind."""
    spans: list[tuple[int, int]] = []
    notes: list[Note] = []
    for kind, pattern in (
        *_patterns().items(),
        ("instruction", _classes()["evaluation"]),
        ("", _QUESTION),
    ):
        for found in pattern.finditer(text):
            bare = found.group()
            start = found.start() + len(bare) - len(bare.lstrip(" \t\n.!?>"))
            span = _sentence(text, start, found.end())
            if any(start <= span[0] and span[1] <= end for start, end in spans):
                continue
            if pattern is _classes()["evaluation"] and not _speaks_to_a_judge(text[slice(*span)]):
                continue
            spans.append(span)
            if kind:  # a question shows nothing, but is no trick
                notes.append(note(kind, text[slice(*span)]))
    return sorted(spans), notes


def note(kind: str, said: str) -> Note:
    """A note on what was left out, in its first words."""
    return {"kind": kind, "detail": " ".join(said.split())[:_SHOWN]}


@lru_cache
def _held() -> dict[str, Any]:
    """The file of patterns, read once."""
    made: dict[str, Any] = json.loads(_FILE.read_text("utf-8"))
    return made


@lru_cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Kind of note → pattern."""
    held = _held()
    made = {}
    for kind in ("instruction", "self_praise"):
        pattern = "|".join(held[kind])
        for name, words_ in held["words"].items():
            pattern = pattern.replace("{" + name + "}", words_)
        made[kind] = re.compile(pattern, re.I | re.M)
    return made


@lru_cache
def _classes() -> dict[str, re.Pattern[str]]:
    """Classes of words that make an instruction together; "reader" and "machine" mind their capitals."""
    return {
        name: re.compile(pattern, 0 if name in ("reader", "machine") else re.I)
        for name, pattern in _held()["classes"].items()
    }


def _speaks_to_a_judge(sentence: str) -> bool:
    """Whether a sentence weighs a candidate and says so to somebody: a reader, a machine, of "this résumé"."""
    held = {name for name, pattern in _classes().items() if pattern.search(sentence)}
    return "evaluation" in held and len(held) >= _LEAST_CLASSES and bool(held & {"document", "reader", "machine"})


def walls(lines: Sequence[str], gone: int = 0) -> tuple[set[int], list[Note]]:
    """Which sentences (by place) are keywords piled up: repeated, or else far more in a row than anybody lists.

    To be asked again of what is left, until nothing is found; `gone` different items were left out before as
    repeated, which may have been a list's own.
    """
    held = {place for place in range(len(lines)) if _is_title(lines, place)}
    listed = [place for place, line in enumerate(lines) if is_list(line) and not heading(line) and place not in held]
    repeated = {place for place, line in enumerate(lines) if _repeats(line)} | _again(lines)
    items = Counter(item for place in listed for item in items_of(lines[place]))
    heavy = {item for item, times in items.items() if times >= REPEATS}
    for place in listed:
        own = items_of(lines[place])
        if 2 * sum(item in heavy for item in own) > len(own):
            repeated.add(place)
    titles = Counter(lines)
    repeated |= {place for place in held if titles[lines[place]] >= 2 * REPEATS}
    # walls are looked for when what is repeated has gone: it would bear them out, or take its neighbours with it
    kind, places = ("repeated", repeated) if repeated else ("keywords", _long(lines, listed, gone))
    if not places:
        return set(), []
    return places, [note(kind, " ".join(lines[place] for place in sorted(places)))]


def is_list(line: str) -> bool:
    """Whether a line lists keywords: short items between commas, or few words and no sentence."""
    items = re.split(r"[,;|•/\t]", line)
    if len(items) >= 5:
        return sum(len(item.split()) for item in items) / len(items) <= 3.5
    return len(line.split()) <= 4


def items_of(line: str) -> list[str]:
    """A list's items as they are compared."""
    folded = (" ".join(words(part)) for part in re.split(r"[,;|•/\t]", line))
    return [item for item in folded if re.search(r"[^\W\d_]{2}", item)]


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """A match widened to the sentence or line it stands in."""
    before = [found.end() for found in _MARKS.finditer(text, max(0, start - 400), start)]
    after = _MARKS.search(text, max(start, end - 1))
    stop = len(text) if after is None else after.end() if after.group() in ".!?" else after.start()
    return (before[-1] if before else max(0, start - 400)), max(stop, end)


def _is_title(lines: Sequence[str], place: int) -> bool:
    """Whether a line is an occupation on its own: at the top, or beside a date."""
    if len(items_of(lines[place])) != 1 or not has_title_word(lines[place]):
        return False
    after = lines[place + 1 : place + 4]
    if len(after) == 3 and all(is_list(line) and not re.search(r"\d", line) for line in after) and place >= _TOP:
        return False  # the first of a list of keywords
    return place < _TOP or any(re.search(r"(?:19|20)\d\d", line) for line in lines[max(0, place - 1) : place + 2])


def _repeats(line: str) -> bool:
    """Whether one line says the same words again and again."""
    held = [word for word in words(line) if len(word) > 2]
    return len(held) >= 8 and len(set(held)) / len(held) < 0.45


def _again(lines: Sequence[str]) -> set[int]:
    """Lines of five words or more that stand there again and again, and those that say hardly anything else."""
    folded = [" ".join(words(line)) for line in lines]
    times = Counter(line for line in folded if len(re.findall(r"[^\W\d_]{2,}", line)) >= 5)
    again = [frozenset(line.split()) for line, often in times.items() if often >= REPEATS]
    return {place for place, line in enumerate(folded) if again and _is_almost(line, again)}


def _is_almost(line: str, again: Sequence[frozenset[str]]) -> bool:
    """Whether at most every fifth word of a line is not in one of those that stand there again and again."""
    held = set(line.split())
    return len(held) >= 3 and any(len(held - other) <= len(held) // 5 for other in again)


def _long(lines: Sequence[str], listed: list[int], gone: int) -> set[int]:
    """Lists of more than WALL items on end that the rest of the text does not bear out: keywords nobody worked with."""
    dropped: set[int] = set()
    said: frozenset[str] = frozenset()
    run: list[int] = []
    for place in [*listed, -1]:
        if run and not 0 < place - run[-1] <= _GAP:
            if sum(len(items_of(lines[held])) for held in run) > WALL - gone:
                said = said or _said(lines)
                dropped |= _unborne(lines, run, said, WALL // 2 - gone)
            run = []
        run.append(place)
    return dropped | _among(lines, dropped)


def _among(lines: Sequence[str], dropped: set[int]) -> set[int]:
    """Long items of a wall: a phrase without figures or a full stop, between two of its lines or a heading and one."""
    return {
        place
        for place in {at - 1 for at in dropped} - dropped
        if place > 0
        and (place - 1 in dropped or heading(lines[place - 1]))
        and not heading(lines[place])
        and len(lines[place].split()) <= _PHRASE
        and not re.search(r"\d|[.!?]$", lines[place])
    }


def _said(lines: Sequence[str]) -> frozenset[str]:
    """Words of what is no list."""
    return frozenset(word for line in lines if not is_list(line) for word in content_stems(line))


def _unborne(lines: Sequence[str], run: Sequence[int], said: frozenset[str], most: int) -> set[int]:
    """Lists of a long run whose items mostly stand nowhere else; none where the run as a whole holds at most
    `most` such items.

    Lines of one item each are one list; a few of them beside longer lists are names of places or work.
    """
    lists: list[list[int]] = []
    single = False
    for place in _without_own(lines, run):
        short = len(items_of(lines[place])) <= 2
        if short and single:
            lists[-1].append(place)
        else:
            lists.append([place])
        single = short
    borne = [[_is_said(item, said) for place in each for item in items_of(lines[place])] for each in lists]
    if sum(flags.count(False) for flags in borne) <= most:
        return set()
    return {
        place
        for each, flags in zip(lists, borne, strict=True)
        if len(flags) >= _LEAST_LISTED and sum(flags) < _BORNE * len(flags)
        for place in each
    }


def _without_own(lines: Sequence[str], run: Sequence[int]) -> Sequence[int]:
    """A run without the few items that stand before its first heading: they ended what the wall was put under."""
    parted = next((at for at in range(1, len(run)) if run[at] - run[at - 1] > 1), 0)
    few = sum(len(items_of(lines[place])) for place in run[:parted]) < _LEAST_LISTED
    return run[parted:] if few else run


def _is_said(item: str, said: frozenset[str]) -> bool:
    return all(word in said for word in content_stems(item))
