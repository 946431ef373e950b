"""Whether what an utterance states has ground: the candidate's own words, or a source text; and whether it gives away
what a good answer would hold. Compares content words by their stems, numbers, names, and who did it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from interview_platform.services.agent import guard_text
from interview_platform.services.agent.guard_rules import Sentence
from interview_platform.services.agent.guard_stems import (
    content,
    counts,
    figures,
    plain_of,
    stems,
    strange_names,
    words,
)

_NOT_HERS = "a claim about the candidate without her words"
GROUNDED = 0.75  # share of a claim's content words that must be hers
IN_ONE = 0.6  # share of a claim's content words that one sentence of hers must hold
SOURCED = 0.75  # share of a sentence's content words that must stand in one source
LEAK_SHARE, LEAK_WORDS = 0.5, 3  # of a point's content words, in a sentence that does not ask
LEAK_RUN = 5  # words of a point in a row, in a question
LEAK_ALL, LEAK_ALL_WORDS = 0.8, 5  # nearly all of a point's content words, in a question

_CLAIM = re.compile(
    r"\b(?:i (?:heard|understood|understand|gather|noticed|recall|remember|hear|see)(?: that| how)? you\b"
    r"|(?:it )?sounds (?:like|as if) you\b|as you (?:said|mentioned|told|described|explained|noted|put it)\b"
    r"|you (?:(?:have|had|just|also|already|earlier|were|did) )*(?:said|told|mentioned|described|explained|talked|"
    r"spoke|"
    r"spoken|speaking about|talking about|noted|pointed out|stated|shared|brought up|reported|emphasi[sz]ed|wrote "
    r"that|listed|"
    r"named|claimed|answered|referred to|touched on|called it|indicated|suggested|admitted|confirmed)\b(?: me\b| us\b)?"
    r"(?: that\b| about\b| how\b)?|your (?:resume|cv|application|profile) (?:says|lists|mentions|shows|states|names|"
    r"tells)"
    r"|you (?:obviously|clearly|evidently|plainly|must (?:have been|have had|really|be (?:an?|very|so|quite)))\b"
    r"|in your own words|your words were)"
)
_CLAIM_ENDS = re.compile(
    r"[,;:—–-]?\s+(?:and |so |but |then )?(?:what|how|why|who|which|where|when|could you|can you|would you|tell me|"
    r"walk me|please|did you|do you|in what|in which|at what|to what)\b"
    r"|[,;:—–-]\s+(?:and |so |but )?(?:was|were|is|are)\b|[.?!;—]\s*"
)
_FIRST_PERSON = frozenset(("i", "we"))
_THIRD = re.compile(
    r"^(?:(?:and|but|so|then|because|actually|well|um|uh|later) )*(?:he|she|they|somebody|someone|nobody|"
    r"(?:my|our|the|a|another|one of (?:my|the|our)) (?:\w+ )?(?:colleagues?|boss|manager|team lead|lead|director|"
    r"partner|coworkers?|"
    r"friend|consultants?|vendor|supervisor|senior|doctor|nurse|teacher|others?|developer|engineer|guy|head))\b"
)
_CLAUSE = re.compile(
    r"[.;:!?\n]|,| (?=(?:but|so|because|although|though|while|whereas|then) )| and (?=(?:i|we|he|she|they|my) )",
    re.IGNORECASE,
)
_NEGATED = frozenset(("not", "never", "no", "nobody", "nothing", "without", "none", "neither", "hardly"))
_TITLES = ("The job description says", "The company page says")
_WHEN = re.compile(
    r"\b(?:next|this|by the end of the|by the end of|later this|within an?|in an?|within the|early|end of)"
    r" (?:week|month|year|hour|day|quarter|fortnight|couple|few)\b"
)


def sourced(sentence: Sentence, sources: Sequence[str]) -> bool:
    """Whether a source says it: nearly all its content words and every figure and date stand in one source."""
    held = content(sentence.plain) - stems("naming")
    held = held - stems("house") or held
    if not sources or not held:
        return False
    named = figures(sentence.plain)
    for source in sources:
        there = content(guard_text.plain(source).text)
        known = named <= figures(guard_text.plain(source).text) and not strange_names(sentence.text, [source, *_TITLES])
        if known and len(held & there) >= SOURCED * len(held):
            return True
    return False


def unfounded(sentences: Sequence[Sentence], said: Sequence[str], sources: Sequence[str], known: Sequence[str]) -> str:
    """Why a statement has no ground, or empty. `known`: other texts whose words are no news, as earlier questions."""
    free = content(plain_of(known))
    for sentence in sentences:
        if sourced(sentence, sources):
            continue
        claim = claimed(sentence)
        if claim and (why := _without_words(claim, sentence.text, said, sources)):
            return why
        if not claim and not sentence.asks and (why := _stated(sentence, said, sources, free)):
            return why
        if said and sentence.asks and (why := _new_facts(sentence, [*said, *known, *sources])):
            return why
    return ""


def claimed(sentence: Sentence) -> str:
    """What the sentence says that the candidate said or did, in plain words; empty when it says nothing of her."""
    match = _CLAIM.search(sentence.plain)
    if match is None:
        return ""
    rest = sentence.plain[match.end() :]
    raw = _after(sentence.text, match, sentence.plain)
    end = _CLAIM_ENDS.search(f" {raw}", 1)
    if end is not None:
        rest = guard_text.plain(f" {raw}"[: end.start()]).text
    return rest.strip()


def leaks(sentences: Sequence[Sentence], points: Sequence[str], said: Sequence[str], known: Sequence[str]) -> bool:
    """Whether a point of a good answer is given away: stated, or put into a question nearly whole."""
    free = content(plain_of(said, known))
    meant = [content(sentence.plain) for sentence in sentences]
    for point in points:
        given = guard_text.words(_answer(point))
        held, answer = content(guard_text.plain(point).text) - free, content(" ".join(given)) - free
        for sentence, stated in zip(sentences, meant, strict=True):
            shared = len(held & stated)
            if sentence.asks:
                named = len(answer & stated)
                whole = len(answer) >= LEAK_ALL_WORDS and named >= LEAK_ALL * len(answer)
                if whole or _run(given, sentence.plain.split()) >= LEAK_RUN:
                    return True
            elif shared >= LEAK_WORDS and shared >= LEAK_SHARE * len(held):
                return True
    return False


def _answer(point: str) -> str:
    """What of a point is an answer: of "Says what was done, such as …" the examples, else all of it."""
    if not re.match(r"\w+ (?:what|how|why|which|who|whom|whose|when|where|whether)\b", point):
        return point
    examples = re.search(r"\b(?:such as|for example|for instance|like)\b(.*)", point, re.DOTALL)
    return examples.group(1) if examples else ""


# --- steps ------------------------------------------------------------------------------------------------------


def _without_words(claim: str, text: str, said: Sequence[str], sources: Sequence[str]) -> str:
    """Why the claim is not hers: words, figures or names she did not use, or somebody else's deed."""
    held = content(claim) - words("generic") - stems("house")
    there = plain_of(said, sources)
    strange = bool(figures(claim) - figures(there)) or strange_names(text, [*said, *sources])
    if strange or len(held & content(there)) < GROUNDED * len(held):
        return _NOT_HERS
    if not said or not held:
        return ""
    meant = content(claim) - words("generic")
    return "" if _in_one(meant, said) and _hers(claim, said) and _her_deed(claim, said) else _NOT_HERS


def _in_one(held: frozenset[str], said: Sequence[str]) -> bool:
    """Whether one sentence of hers holds most of it: words picked from all over may say something else together."""
    parts = [content(guard_text.plain(part).text) for text in said for part in guard_text.sentences(text)]
    return len(held) < 2 or any(len(held & part) >= IN_ONE * len(held) for part in parts)


def _hers(claim: str, said: Sequence[str]) -> bool:
    """Whether a clause of hers carries the claim: not one about somebody else, and denied where the claim denies."""
    held = content(claim)
    best: tuple[int, bool] = (0, True)
    third = False
    for clause in (guard_text.plain(part).text for text in said for part in _CLAUSE.split(text) if part):
        if _THIRD.match(clause):
            third = True
        elif _FIRST_PERSON & set(clause.split()[:4]):
            third = False
        shared = len(held & content(clause))
        denied = bool(_NEGATED & set(clause.split())) != bool(_NEGATED & set(claim.split()))
        fits = not denied and not (third and not _FIRST_PERSON & set(clause.split()))
        if shared > best[0] or (shared == best[0] and fits):
            best = (shared, fits)
    return best[1]


def _her_deed(claim: str, said: Sequence[str]) -> bool:
    """Whether what "you" did in the claim is told in a sentence of hers that has "I" or "we" in it."""
    deed = re.match(r"you (?!(?:are|were|have to|had to|would|could|can|will|do|did)\b)(\w+)", claim)
    stem_of = content(deed.group(1)) if deed else frozenset()
    own = (guard_text.plain(part).text for text in said for part in guard_text.sentences(text))
    return not stem_of or any(stem_of <= content(part) and _FIRST_PERSON & set(part.split()) for part in own)


_PLACE = re.compile(
    r"(?<=[Pp]erson at )(?:(?:[A-Z]\w*|&|of|and|the) ?)+|(?<=[Pp]eople at )(?:(?:[A-Z]\w*|&|of|and|the) ?)+"
)
"""The employer's name in "a person at …"."""


def _stated(sentence: Sentence, said: Sequence[str], sources: Sequence[str], free: frozenset[str]) -> str:
    """Why a plain statement has no ground: not the interview's own business, not her words, no source."""
    held = (
        content(guard_text.plain(_PLACE.sub("", sentence.text)).text)
        - stems("house")
        - words("generic")
        - stems("naming")
    )
    dated = bool(words("calendar") & set(sentence.plain.split())) or bool(_WHEN.search(sentence.plain))
    counted = re.sub(r"\b\w+ (?:more |further |short )?questions?\b", "", sentence.plain)
    named = {figure for figure in figures(counted) if counts(figure)}
    there = plain_of(said, sources)
    if dated and not (words("calendar") & set(sentence.plain.split()) & set(there.split()) or _WHEN.search(there)):
        return "a date without a source"
    if named - figures(there):
        return "a figure without a source"
    if strange_names(_PLACE.sub("", sentence.text), [*said, *sources, *_TITLES]):
        return "a name without a source"
    about_her = bool({"you", "your"} & set(sentence.plain.split()))
    unknown = held - content(there) - (frozenset() if about_her else free)
    if len(unknown) > (1 - GROUNDED) * len(held):
        return _NOT_HERS if about_her else "a statement without a source"
    if not (sentence.plain.startswith("you ") and held and said):
        return ""
    return "" if _hers(sentence.plain, said) and _her_deed(sentence.plain, said) else _NOT_HERS


def _new_facts(sentence: Sentence, known: Sequence[str]) -> str:
    """Figures and names in a question that nobody mentioned."""
    there = plain_of(known)
    if any(counts(figure) for figure in figures(sentence.plain) - figures(there)):
        return "a figure that nobody mentioned"
    return "a name that nobody mentioned" if strange_names(sentence.text, known) else ""


def _after(text: str, match: re.Match[str], plain: str) -> str:
    """The text as written behind the place where `match` ends in its plain words."""
    read = guard_text.plain(text)
    _, end = read.span(match.start(), match.end()) if read.text == plain else (0, 0)
    return text[end:].strip()


def _run(words: Sequence[str], inside: Sequence[str]) -> int:
    """The longest run of words that both have."""
    text = f" {' '.join(inside)} "
    lengths = (
        length
        for first in range(len(words))
        for length in range(1, len(words) - first + 1)
        if f" {' '.join(words[first : first + length])} " in text
    )
    return max(lengths, default=0)
