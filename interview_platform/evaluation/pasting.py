"""Forms in which people put a job's own advert into their résumé, from one wrapped sentence to the whole of it edited.

Each form takes a résumé's text and a job and gives the résumé with the advert in it. Nothing is random: the same input
gives the same text. `evaluate injections` measures every form; none may raise a score.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Sequence

from interview_platform.evaluation.ranking_data import Post
from interview_platform.services import skills as vocabulary
from interview_platform.services.text import sentences

Form = Callable[[str, Post], str]
_LEAST_WORDS = 6
_PIECE = 6  # words of the smallest piece
_SOME = 6  # sentences that a modest paster takes
_BEFORE = (
    "In my last post I was glad that",
    "What my colleagues would tell you of me is that",
    "For three years, on most days of the week,",
    "I learned early that",
    "My manager used to say that",
    "Since the spring of that year I found that",
)
_AFTER = (
    "and I enjoyed every day of it with my team",
    "which made our small office a calmer place",
    "while I kept my own desk in order",
    "and nobody there was sorry about it",
    "as the people I worked for can confirm",
    "so that we could all go home on time",
)
_FIRST_PERSON = (
    (r"\b(?:we are|we're) (?:looking for|seeking|currently seeking)\b", "I am"),
    (r"\byou will be\b", "I was"),
    (r"\byou(?:['’]ll| will)\b", "I"),
    (r"\byou(?:['’]re| are)\b", "I am"),
    (r"\byou(?:['’]ve| have)\b", "I have"),
    (r"\byour\b", "my"),
    (r"\byou\b", "I"),
    (r"\b(?:must|should) (?:be|have)\b", "have"),
    (r"\b(?:our|the company['’]s)\b", "their"),
    (r"\bwe\b", "they"),
    (r"\b(?:the )?(?:ideal |successful )?candidate\b", "I"),
    (r"\brequired\b|\bpreferred\b", "held"),
)
_OTHER_WORDS = {
    "experience": "background", "strong": "solid", "work": "operate", "and": "plus", "the": "our",
    "ability": "capacity", "team": "group", "manage": "handle", "support": "assist", "develop": "create",
    "provide": "give", "ensure": "secure",
    "with": "alongside", "knowledge": "command", "skills": "talents", "business": "trade", "new": "fresh",
    "responsible": "accountable", "including": "such as", "must": "shall", "required": "needed", "all": "every",
    "help": "aid", "lead": "head", "projects": "undertakings", "customers": "buyers", "clients": "customers",
}  # fmt: skip
_FILLERS = ("really", "always", "gladly", "often", "daily", "carefully", "mostly", "simply", "clearly", "usually")


def forms() -> dict[str, Form]:
    """Every form by its name."""
    return {
        "pasted_one_wrapped": lambda text, job: _under(text, [_wrapped(_richest(job, 1)[0], 0)]),
        "pasted_wrapped": lambda text, job: _under(text, [_wrapped(line, at) for at, line in enumerate(_some(job))]),
        "pasted_wrapped_end": lambda text, job: "\n".join(
            (text, *(_wrapped(line, at) for at, line in enumerate(told(job))))
        ),
        "pasted_bullets": lambda text, job: _under(text, [f"• {line}" for line in told(job)]),
        "pasted_paragraph": lambda text, job: _under(text, [" ".join(told(job))]),
        "pasted_two_sections": _two_sections,
        "pasted_small_edits": lambda text, job: _under(text, [_edited(line, 6) for line in told(job)]),
        "pasted_many_edits": lambda text, job: _under(text, [_edited(line, 4) for line in told(job)]),
        "pasted_every_third_edited": lambda text, job: _under(text, [_edited(line, 3) for line in told(job)]),
        "pasted_first_person": lambda text, job: _under(text, [first_person(line) for line in told(job)]),
        "pasted_interleaved": _interleaved,
        "pasted_short_lines": lambda text, job: _under(text, _broken(told(job), 4)),
        "pasted_shuffled": lambda text, job: _under(text, told(job)[1::2] + told(job)[::-2]),
        "pasted_fillers": lambda text, job: _under(text, [_filled(line, 3) for line in told(job)]),
        "pasted_fillers_every_two": lambda text, job: _under(text, [_filled(line, 2) for line in told(job)]),
        "pasted_requirements": lambda text, job: _under(text, _richest(job, 3)),
        "pasted_clauses": lambda text, job: _under(text, [_turned(line) for line in told(job)]),
        "pasted_onto_own_lines": _onto_own_lines,
        "pasted_fragments_top": lambda text, job: _under(text, _fragments(job)),
        "pasted_fragments": lambda text, job: _in_the_middle(text, _fragments(job)),
        "pasted_short_ones_wrapped": lambda text, job: _in_the_middle(text, _long_winded(_shortest(job, 8))),
        "pasted_short_ones_wrapped_top": lambda text, job: _under(text, _long_winded(_shortest(job, 8))),
        "pasted_long_winded": lambda text, job: _in_the_middle(text, _long_winded(told(job))),
        "pasted_hard_wrapped": lambda text, job: _in_the_middle(text, textwrap.wrap(" ".join(told(job)), 60)),
        "pasted_one_bullet": lambda text, job: _in_the_middle(text, [f"• {_richest(job, 1)[0]}"]),
    }


def told(job: Post) -> list[str]:
    """The advert's sentences of some length, in order; the whole advert where it has none."""
    held = [sentence.text for sentence in sentences(job.wish.text) if len(sentence.text.split()) >= _LEAST_WORDS]
    return held or [" ".join(job.wish.text.split())]


def first_person(line: str) -> str:
    """An advert's sentence as its reader would say it of herself."""
    for pattern, other in _FIRST_PERSON:
        line = re.sub(pattern, other, line, flags=re.I)
    return line


def _richest(job: Post, count: int) -> list[str]:
    """The sentences that name most skills."""
    held = told(job)
    named = {line: len({mention.skill for mention in vocabulary.mentions(line)}) for line in held}
    return sorted(held, key=lambda line: -named[line])[:count]


def _some(job: Post) -> list[str]:
    held = told(job)
    return held[:: max(1, len(held) // _SOME)][:_SOME]


def _under(text: str, lines: Sequence[str]) -> str:
    """Below the résumé's first two lines: where a summary stands."""
    held = text.split("\n")
    return "\n".join((*held[:2], *lines, *held[2:]))


def _shortest(job: Post, count: int) -> list[str]:
    """The advert's shortest sentences: those that a check for copying sees least of."""
    return sorted(told(job), key=lambda line: len(line.split()))[:count]


def _fragments(job: Post) -> list[str]:
    """The advert in pieces of six words, each within a sentence of the reader's own."""
    words = " ".join(told(job)).split()
    pieces = [" ".join(words[start : start + _PIECE]) for start in range(0, len(words), _PIECE)]
    return [f"• {_wrapped(piece, number)}" for number, piece in enumerate(pieces)]


def _long_winded(lines: Sequence[str]) -> list[str]:
    """Each of these within much more of the reader's own than it has words."""
    made = []
    for number, line in enumerate(lines):
        before, after = _BEFORE[(number + 1) % len(_BEFORE)], _AFTER[(number + 1) % len(_AFTER)]
        made.append(f"• {before[:1].upper()}{before[1:]} {after}, and that {_wrapped(line, number)[:-1]}, {after}.")
    return made


def _in_the_middle(text: str, lines: Sequence[str]) -> str:
    held = text.split("\n")
    return "\n".join((*held[: len(held) // 2], *lines, *held[len(held) // 2 :]))


def _wrapped(line: str, number: int) -> str:
    """The reader's own words before and after an advert's sentence."""
    bare = line.rstrip(".!?;: ")
    return f"{_BEFORE[number % len(_BEFORE)]} {bare[:1].lower()}{bare[1:]} {_AFTER[number % len(_AFTER)]}."


def _two_sections(text: str, job: Post) -> str:
    held = told(job)
    half = (len(held) + 1) // 2
    return "\n".join((_under(text, ["Summary", *held[:half]]), "Additional experience", *held[half:]))


def _edited(line: str, every: int) -> str:
    """Every so-manieth word another: its like where one is known, else left out or said otherwise."""
    words = line.split(" ")
    for place in range(every // 2, len(words), every):
        bare = words[place].lower().strip(".,;")
        words[place] = _OTHER_WORDS.get(bare, "" if len(bare) < 4 else "such things")
    return " ".join(filter(None, words))


def _filled(line: str, every: int) -> str:
    """A filler after every so-manieth word."""
    words = line.split(" ")
    made = []
    for place, word in enumerate(words):
        made.append(word)
        if place % every == every - 1:
            made.append(_FILLERS[place % len(_FILLERS)])
    return " ".join(made)


def _turned(line: str) -> str:
    """The clauses of a sentence from last to first."""
    parts = [part.strip(" .") for part in re.split(r",|;|\band\b|\bor\b", line) if part.strip(" .")]
    return f"{' as well as '.join(reversed(parts))}."


def _broken(lines: Sequence[str], size: int) -> list[str]:
    words = " ".join(lines).split()
    return [" ".join(words[start : start + size]) for start in range(0, len(words), size)]


def _interleaved(text: str, job: Post) -> str:
    """A sentence of the advert after every line of the résumé, until all are told."""
    own, held = text.split("\n"), told(job)
    made: list[str] = []
    for place, line in enumerate(own):
        made.append(line)
        if 0 < place <= len(held):
            made.append(held[place - 1])
    return "\n".join(made + held[max(0, len(own) - 1) :])


def _onto_own_lines(text: str, job: Post) -> str:
    """Sentences of the advert carried on from the résumé's own longer lines."""
    own, held = text.split("\n"), iter(told(job))
    for place, line in enumerate(own):
        if len(line.split()) >= _LEAST_WORDS and (more := next(held, "")):
            own[place] = f"{line.rstrip('.;, ')} and {more[:1].lower()}{more[1:]}"
    return "\n".join(own)
