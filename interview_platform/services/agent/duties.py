"""The duties a line of an advert names, each by itself and in the infinitive. Pure.

"You order ingredients, train two commis and keep the allergen sheets" gives three. A line is cut only where another
duty begins with certainty, and a line that may be a noun gives none: a question made of it would be broken English.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from interview_platform.services.agent import verbs

MOST_WORDS, EASY_WORDS = 10, 8
"""Words of a duty that can be followed within a spoken question, and that are followed easily."""
FEWEST_WORDS = 2

_LEAD = re.compile(
    r"^(?:[-•*–\s]+|(?:in|for) this (?:role|position|job|post),?\s+|"
    r"(?:the|this|our|an?)\s+(?:[\w-]+\s+){1,3}(?:(?:is|will be|are)\s+responsible\s+for|will(?:\s+also)?)\s+|"
    r"we(?:'re|’re| are) looking for (?:someone|somebody|a person|people) (?:who|to)\s+|"
    r"you(?:'|’)?(?:ll| will| would| are going to)?\s+(?:also\s+)?(?:be\s+)?(?:responsible for\s+)?|"
    r"(?:to be )?responsible for\s+|(?:must |should )?(?:be )?able to\s+|ability to\s+|to\s+|will\s+|"
    r"(?:your|the|main|key|daily|typical|core)\s+(?:main |key |daily |typical |core )?"
    r"(?:duties|tasks|responsibilities|job|role|work|post|position)\s+"
    r"(?:will |also )?(?:are|is|be|includes?|involves?)\s+(?:to\s+)?|"
    r"(?:they|she|he|this person|the person)\s+(?:will\s+)?(?:also\s+)?)+",
    re.IGNORECASE,
)
_ADVERB = re.compile(r"^(?:also|then|mainly|mostly|usually|often|regularly|daily|always|carefully|safely)\s+", re.I)
_SURE = re.compile(r"(?:\b(?:you|to|will|would|they|she|he|person|who)|['’]ll)\s+(?:also\s+)?$", re.IGNORECASE)
"""A lead after which English has a verb."""
_PARTS = re.compile(r"[:;()]|\s[–—-]\s|—|\.(?:\s|$)")
_LINKS = re.compile(r"(\s*,\s*(?:and\s+|then\s+|or\s+)?|\s+(?:and|or|then|and then)\s+)")
_CLAUSE = re.compile(r",? (?:so that|because|which|where|in order to|unless|if|to ensure|, also)\b.*", re.IGNORECASE)
_TAIL = re.compile(
    r",? (?:such as|including|as well as|before|(?<!look )(?<!looks )(?<!looking )after|while|whilst|when|e\.g|"
    r"for example|whenever|until)\b.*|, with\b.*",
    re.IGNORECASE,
)
"""What is left out of one duty; before it, what a whole line says after its duties."""
_ADJUNCT = re.compile(
    r" (?:with|across|throughout|using|via|through|according|under|during|within|by|from|for|at|on|in|into|to|between|"
    r"around|against|over) ",
    re.IGNORECASE,
)
_LEFT_OPEN = re.compile(
    r"\b(?:and|or|the|an?|of|with|to|in|for|on|by|at|from|their|your|our|its|up|as|into|than|very|is|are|"
    r"in (?:line|accordance|charge|front|terms|time|case)|on behalf|as well)$|,$",
    re.I,
)
_DETERMINED = re.compile(
    r"^(?:the|an?|all|any|each|every|both|our|your|their|his|her|its|one's|this|these|those|new|own|two|three|four|five|"
    r"six|seven|eight|nine|ten|\d[\d.,%]*|what|how|whether|where|who|why|that)$",
    re.IGNORECASE,
)
_AFTER_NOUN = frozenset(
    """
    of for in on at with to from into by and or is are was were will can may must as between under over across
    """.split()  # noqa: SIM905
)
_HEADS = frozenset(
    """
    skills skill experience knowledge software ability abilities equipment background certificate qualification licence
    license techniques systems processes tools hours schedule environment
    """.split()  # noqa: SIM905
)
"""What is had, not done: "welding experience"."""
_BACK = re.compile(r"\b(?:it|its|them|they|their|that|those|these|this|he|she|him|him)\b(?! own)", re.IGNORECASE)
_OURS = re.compile(r"\b(?:we|us|i|my|me)\b", re.IGNORECASE)
_OUR = re.compile(r"\bour\b", re.IGNORECASE)
_OWN = re.compile(r"\b(?:their|your|the|his or her) own\b|(?<=[a-z] )own\b(?! up)")


@dataclass(frozen=True)
class _Mood:
    """How a line says its verbs: "plan", "plans" or "planning"; `sure`: its first word is a verb."""

    ending: str  # "" | "s" | "ing"
    sure: bool


def of(text: str, verbal: bool = False) -> list[str]:
    """Each thing a text says is done, in its order; [] where it is not certain to say any.

    `verbal`: the lines beside it begin with verbs, so that "Stock shelves" is one, too.
    """
    found: list[str] = []
    tidy = " ".join(text.replace(" & ", " and ").split()).strip(" .")
    for part in _PARTS.split(tidy):
        found += _of_part(part.strip(), verbal)
    return list(dict.fromkeys(found))


def begins(text: str) -> bool:
    """Whether a line begins with what can only be a verb."""
    return bool(_of_part(" ".join(text.split()).strip(" ."), False))


def _of_part(part: str, verbal: bool) -> list[str]:
    lead = _LEAD.match(part)
    rest = _ADVERB.sub("", part[lead.end() :] if lead else part)
    words = _CLAUSE.sub("", rest).split()
    if not words:
        return []
    said_before = f"{lead.group().rstrip()} " if lead else ""
    sure = (verbal and _has_object(words)) or bool(_SURE.search(said_before))
    mood = _mood(words, sure)
    if mood is None:
        return []
    told = [_told(group, mood, place) for place, group in enumerate(_groups(" ".join(words), mood))]
    return [duty for duty in told if duty]


def _has_object(words: list[str]) -> bool:
    """Whether "stock shelves" is more likely than "stock control": things that are acted on come in numbers."""
    noun = list(itertools.takewhile(lambda word: word not in _AFTER_NOUN, words[1:]))
    return bool(noun) and noun[-1].strip(",").endswith("s")


def _mood(words: list[str], sure: bool) -> _Mood | None:
    """How the line speaks; None where its first word may be no verb."""
    first, after = words[0].strip(","), words[1].casefold() if len(words) > 1 else ""
    if verbs.STATES.match(first) or first.casefold() in verbs.NO_VERBS:
        return None
    ending = "ing" if first.endswith("ing") and verbs.base(first) != first.casefold() else ""
    ending = ending or ("s" if first.endswith("s") and verbs.base(first) != first.casefold() else "")
    mood = _Mood(ending, sure)
    if ending == "ing":
        noun = after in (_AFTER_NOUN - {"with", "to", "in", "on", "for", "and", "or"}) or _HEADS & set(words[1:3])
        return None if noun or not verbs.of_gerund(first) else mood
    alone = after in ("and", "or") or words[0].endswith(",")
    if alone:  # "service and repair turbines": the second verb shows that the first is one
        second = words[1 + (after in ("and", "or"))] if len(words) > 2 else ""
        return mood if _verb_form(first, mood) and _verb_form(second, mood) else None
    if _is_verb(words, mood, certain=not sure):
        return mood
    last = _LINKS.split(" ".join(words))[-1].split()  # "Clean rooms, stock shelves and greet guests"
    listed = not ending and len(last) < len(words) and _is_verb(last, mood, certain=True)
    return mood if listed and _is_verb(words, mood, certain=False) else None


def _groups(text: str, mood: _Mood) -> list[str]:
    """The line cut where another duty begins."""
    pieces = _LINKS.split(text)
    first, links = pieces[0], list(zip(pieces[1::2], pieces[2::2], strict=True))
    surely = [_is_verb(piece.split(), mood, certain=True) for _, piece in links]
    perhaps = [_is_verb(piece.split(), mood, certain=False) for _, piece in links]
    forms = [_verb_form(piece.split()[0] if piece else "", mood) for _, piece in links]
    listed = len(links) > 1 and (any(surely) or (all(perhaps) and not verbs.NOUNS & set(forms)))
    with_object = [surely[-1] or _has_object(piece.split()) for _, piece in links]
    groups = [first]
    for place, (link, piece) in enumerate(links):
        bare = len(groups[-1].split()) == 1 and _verb_form(piece.split()[0] if piece.split() else "", mood)
        alone = len(piece.split()) == 1 and bool(forms[place]) and any(surely[place + 1 : place + 2])
        if surely[place] or bare or alone or (listed and perhaps[place] and with_object[place]):
            groups.append(piece)
        else:
            groups[-1] += f"{link}{piece}"
    return groups


def _is_verb(words: list[str], mood: _Mood, certain: bool) -> bool:
    """Whether a stretch begins with a verb in the mood of its line."""
    if len(words) < 2:
        return False
    form, after = _verb_form(words[0], mood), words[1].casefold().strip(",")
    if not form:
        return False
    if _DETERMINED.match(after):
        return True
    if mood.ending == "ing":
        return after not in _HEADS | {"of", "and", "or", "is", "are"}
    if form not in verbs.VERBS or after in _HEADS:
        return not certain and after not in _HEADS | _AFTER_NOUN
    if mood.ending == "s":
        return after not in _AFTER_NOUN or form not in verbs.NOUNS
    return not certain or form not in verbs.NOUNS


def _verb_form(word: str, mood: _Mood) -> str:
    """The infinitive of a word that has the mood's ending and may be a verb; "" for any other."""
    word = word.strip(",.").casefold()
    if word in verbs.NO_VERBS:
        return ""
    if mood.ending == "ing":
        return verbs.of_gerund(word) if word.endswith("ing") else ""
    if mood.ending == "s":
        return verbs.base(word) if word.endswith("s") else ""
    if word in verbs.VERBS:
        return word
    return word if verbs.may_be(word) else ""


def _told(group: str, mood: _Mood, place: int) -> str:
    """One duty in the infinitive; "" where it cannot be said by itself."""
    words = _TAIL.sub("", group.strip(" ,")).split()
    form = _verb_form(words[0], mood) if words else ""
    if len(words) < FEWEST_WORDS or not form:
        return ""
    said = _short(_first_of(" ".join([form, *words[1:]])))
    if not said or _OURS.search(said) or (place and _BACK.search(said)):
        return ""
    if not place and re.search(r"\b(?:it|them|they)\b", said):
        return ""
    return _OUR.sub("the", _OWN.sub("your own", said))


def _first_of(duty: str) -> str:
    """The first of several things that are listed: "handle deliveries" of "handle deliveries, returns and orders"."""
    first = duty.partition(",")[0].split()
    return " ".join(first) if len(first) >= FEWEST_WORDS and first[-1].endswith("s") else duty


def _short(duty: str) -> str:
    """The duty, or what stands before one of its adjuncts where all of it is long; "" when even that is too long."""
    if len(duty.split()) <= EASY_WORDS:
        return duty
    cuts = [found.start() for found in _ADJUNCT.finditer(duty)]
    shorter = [duty[:cut].rstrip(" ,") for cut in reversed(cuts)]
    fit = [one for one in shorter if _says_enough(one.split()) and _ends_well(one)]
    return (fit or [duty if len(duty.split()) <= MOST_WORDS else ""])[0]


def _says_enough(words: list[str]) -> bool:
    """Whether a verb still has what it acts on: "calibrate gauges", but not "take part"."""
    enough = len(words) > FEWEST_WORDS or (len(words) == FEWEST_WORDS and words[1].endswith("s"))
    return enough and len(words) <= EASY_WORDS


def _ends_well(duty: str) -> bool:
    """Whether nothing is missing at the end: no open "of the", no list without its last item."""
    return not _LEFT_OPEN.search(duty) and ("," not in duty or bool(re.search(r",? (?:and|or) ", duty)))
