"""What became of candidates' questions, counted: answered, quoted as the nearest and passed on, or passed on bare.

docs/questions.md says what counts as what, and why.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from interview_platform.ports import Grounded
from interview_platform.services.agent import asides, bank, passages

if TYPE_CHECKING:
    from interview_platform.evaluation.questions import Asked

ANSWERED, DECLINED = 0.95, 1.0
"""The goals: shares of the answerable and of the unanswerable questions."""
_WRONG = ("answered_wrong", "nearest_wrong")
_FEWEST_WORDS = 3
_FILES = {
    path.stem: path.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ").strip()
    for path in sorted((bank.RAG_DATA / "faq").glob("*.md"))
}


def report(asked: Sequence[Asked], given: Sequence[Grounded]) -> dict[str, Any]:
    """Counts, rates, the outcomes apart, and every question that went wrong."""
    pairs = list(zip(asked, given, strict=True))
    outcomes = Counter((one.answerable, outcome(one, said)) for one, said in pairs)
    answerable = sum(one.answerable for one in asked)
    others = len(asked) - answerable
    answered = outcomes[True, "answered"]
    declined = outcomes[False, "nearest"] + outcomes[False, "passed_on"]
    rates = {
        "answered_right": _share(answered, answerable),
        "declined_right": _share(declined, others),
        "heard_right": _share(answered + outcomes[True, "nearest"], answerable),
        "passed_on_bare": _share(outcomes[False, "passed_on"], others),
    }
    counted = {
        "answerable": {kind: outcomes[True, kind] for kind in ("answered", "nearest", *_WRONG, "passed_on")},
        "unanswerable": {kind: outcomes[False, kind] for kind in ("answered", "nearest", "passed_on")},
    }
    return {
        "questions": len(asked),
        "answerable": answerable,
        "answered_right": answered,
        "unanswerable": others,
        "declined_right": declined,
        "rates": rates,
        "as_wanted": rates["answered_right"] >= ANSWERED and rates["declined_right"] >= DECLINED,
        "summary": {"questions": len(asked), **rates, "outcomes": counted},
        "wrong": [_wrong(one, said) for one, said in pairs if not right(one, said)],
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 1.0


def outcome(one: Asked, given: Grounded) -> str:
    """What became of a question.

    answered: said as an answer (of an answerable one: from the right source). nearest: the nearest sentence was quoted,
    with the words that it does not surely answer and that the question is passed on (of an answerable one: the right
    sentence). passed_on: nothing was quoted. Of an answerable one also answered_wrong and nearest_wrong.
    """
    if not given.text:
        return "passed_on"
    kind = "nearest" if given.nearest and passes_on(asides.nearest(given.text, 0)) else "answered"
    return kind if not one.answerable or _fits(one, given) else f"{kind}_wrong"


def passes_on(utterance: str) -> bool:
    """Whether an utterance says that there is no clear answer, and that the question goes to people."""
    return utterance.startswith(asides.NEAREST) and utterance.endswith(asides.PASSED)


def right(one: Asked, given: Grounded) -> bool:
    """Whether it was declined as it should be, or answered (not only quoted as near) from the right source."""
    return outcome(one, given) in (("answered",) if one.answerable else ("nearest", "passed_on"))


def _fits(one: Asked, given: Grounded) -> bool:
    """From the named source (any of several, if any is named), and in the sentence that is known to answer."""
    wanted = [name for name in re.split(r"\s*[|,]\s*", one.source) if name]
    if wanted and not any(_is_from(name, given) for name in wanted):
        return False
    return not one.stands or any(passage.source == "faq" for passage in given.passages) or _says(one.stands, given.text)


def _says(stands: str, text: str) -> bool:
    """Whether the text holds the sentence, or one of its sentences is (a part of) it."""
    wanted, said = _flat(stands), _flat(text)
    parts = [_flat(part.partition(": ")[2] or part) for part in passages.sentences(text)]
    return wanted in said or any(len(part.split()) >= _FEWEST_WORDS and part in wanted for part in parts)


def _is_from(name: str, given: Grounded) -> bool:
    """A kind ("job"), a FAQ's file or topic ("faq:privacy", "privacy.md"), a title, or the FAQ's own question."""
    flat = _flat(name)
    for passage in given.passages:
        kinds = {passage.source, "job description" if passage.source == "job" else "", "company page"}
        if flat in {_flat(kind) for kind in kinds if kind != "company page" or passage.source == "company"}:
            return True
        if passage.source == "company" and flat in {"organisation", "organization", "about", "employer"}:
            return True
        if passage.source == "faq" and _is_entry(flat, passage.title, passage.text):
            return True
        if passage.source == "material" and (flat.startswith("material") or _flat(passage.title) in flat):
            return True
        if flat.startswith(f"{passage.source} ") and passage.source != "faq":
            return True
    return False


def _is_entry(flat: str, topic: str, answer: str) -> bool:
    bare = flat.removeprefix("rag data ").removeprefix("faqs ").removeprefix("faq ").removesuffix(" md").strip()
    stem = next((stem for stem, named in _FILES.items() if named == topic), "")
    if bare in {"", "faq", "faqs", stem, _flat(topic)}:
        return True
    entries = [entry for entry in bank.faqs() if entry.topic == topic and entry.answer == answer]
    wordings = {_flat(words) for entry in entries for words in (entry.question, *entry.also)}
    return any(words and (words == bare or bare.endswith(words)) for words in wordings)


def _flat(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold().replace("_", " ")))


def _wrong(one: Asked, given: Grounded) -> dict[str, Any]:
    return {
        "question": one.question,
        "answerable": one.answerable,
        "source": one.source,
        "outcome": outcome(one, given),
        "said": given.text,
        "from": [passage.id for passage in given.passages] if given.text else [],
        "reason": given.reason,
    }
