"""What the words of a turn say about its end. Pure; made for English."""

from __future__ import annotations

import re
from dataclasses import dataclass


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_HANGING = _set(
    "and or but so because cause although though while since unless um uh er erm hmm mm the a an to of with from"
    " which who whose if than as is are was were my our your their his its i we they i'm we're it's like also very am"
    " basically actually maybe then plus versus including until into without whether that's there's really quite"
)
_WEAK = _set("in on at for by that about he she it when where there this had have has been do did would could should")
_HANGING_WORDS = re.compile(
    r"\b(you know|i mean|kind of|sort of|such as|for example|for instance|let's say|in order to|as well as|a lot of"
    r"|a (few|couple|number) of|how (do|should|can) i (say|put) (it|this|that)|i would say|i don't know,|well,)"
    r"[\s,.?!…-]*$"
)
_FILLERS = _set("ah eh er erm hm hmm mm oh so uh um well right okay ok and")
_CLOSING = re.compile(
    r"\b(that's (about )?(it|all|everything)|that is (it|all)|that would be (it|all)|thank you|thanks|i'm done"
    r"|that's my answer|nothing else|next question|so yeah|over to you"
    r"|(that's|that is) (it|all)( \w+){0,3})[\s.!]*$"
)
_THINKING = re.compile(
    r"\b(let me (think|see)|give me (a|one) (second|sec|moment|minute)|(that's a )?good question|one (moment|second)"
    r"|i (have|need) to think( about (it|that|this))?)[\s.,!?]*$"
)
_MORE_TIME = re.compile(
    r"\b((let me|can i|may i) finish|i('m| am| was)( still)? not (finished|done)"
    r"|i (wasn't|hadn't|haven't|was not|had not|have not) (finished|done)"
    r"|(you|please|don't)( \w+){0,2} (interrupt|cut) me|you( \w+)? (interrupted|cut) me"
    r"|i('ll)? (need|want) (a (bit|little) )?(more|extra) time( to (answer|think|speak|talk))?"
    r"|i (speak|talk) (very |rather |quite )?slowly|i (have a )?(stammer|stutter)|give me more time)\b"
)
_AGREES = re.compile(r"^(okay|ok|right)[.!]?$")
_CONDITION = re.compile(
    r"(^|[.!?]\s+)((and|but|so|well|then|because) )*(if|when|whenever|while|although|though|unless|once|until|since"
    r"|as soon as|instead of|apart from|after|before|in order to|depending on)\b[^,.!?]*,$"
)
_SO = re.compile(r"\b(think|hope|believe|guess|suppose|say|or) so[\s.!]*$")
_BARE = re.compile(
    r"(^|[.!?,]\s+)(i|it|he|she|we|they|you|that|this|there) (am|is|are|was|were|do|does|did|can|could|will|would|have"
    r"|has|had|should)[.!]$"
)
_YES_NO = re.compile(
    r"^(and |so |then |now |ok |okay |thanks |great )*(are|is|do|does|did|can|could|will|would|have|has|shall|may)"
    r" (you|i|we|this|that|it|there|your)\b"
)
_ASKS_MORE = re.compile(r"\b(tell|describe|explain|walk|talk|example|elaborate|how|why|share|about a time)\b")
_LITTLE = re.compile(
    r"\b(how (many|much|long|old|often|soon)|(what|which) (year|month|city|town|country|day|date|language|database"
    r"|team|version|level|university|school|tool|company)|yes or no|your (full |last |first )?name|notice period"
    r"|your ((phone|telephone|mobile) )?number|e-?mail address"
    r"|when (can|could|did|do|would|will) you (start|finish|leave|join|graduate)"
    r"|where (do|did) you live|salary|expect to earn)\b"
)
_WHICH = re.compile(r"^(and |so |then |in |on |at |for |with |from |to |since )*(which|who|whose|where|when)\b")
_NUMBER = re.compile(r"\b((phone|telephone|mobile|account|reference|contact) number|your number)\b")
_COUNTED = re.compile(r"\b(two|three|four|five|2|3|4|5) (main |big |important |different )?"
                      r"(things|reasons|parts|ways|steps|points|examples|areas)\b")  # fmt: skip
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "2": 2, "3": 3, "4": 4, "5": 5}
_ORDINALS = (_set("first firstly one"), _set("second secondly two another"), _set("third thirdly three"),
             _set("fourth fourthly four"), _set("fifth five"))  # fmt: skip
_FIRST = re.compile(r"\b(the )?first (one |thing |reason |point |part )?(is|was)\b")
_STUB = re.compile(r"[.!?,]\s+(on|in|at|for|by|about|with|from|of|to|into|when|where|that|this|if)[.!]$")
"""A word that begins what the speaker then stops at: transcribers put a full stop behind it."""
_NOT = re.compile(r"\bnot (really|quite|yet|exactly|necessarily|very)[.!]$")
_LAST = re.compile(r"\b(finally|lastly|last(ly)? (one|of all)|the last)\b")
_DIGITS = 9
"""A telephone number has at least so many."""
_DIGIT_WORDS = _set("zero oh o one two three four five six seven eight nine nought double")
_BACKCHANNEL = _set(
    "mm mhm hm hmm mm-hmm mm-hm uh-huh uhhuh uh um ah oh okay ok yeah yes yep right sure i see you got it"
)


@dataclass(frozen=True)
class Ending:
    """How the words so far end."""

    whole: bool = False  # a whole sentence
    comma: bool = False  # the transcriber expects more words
    weak: bool = False  # a whole sentence by its full stop, but its last word seldom ends one
    hangs: bool = False  # in the middle of a thought, of a list, of a number
    closes: bool = False  # they say that the answer is over
    thinks: bool = False  # they ask for time


def ending(text: str, number_asked: bool = False) -> Ending:
    """What the end of `text` says; `number_asked`: a telephone number or the like is expected."""
    stripped = text.rstrip()
    if thinks(text):
        return Ending(thinks=True)
    if closes(text):
        return Ending(whole=True, closes=True)
    if trails_off(text) or unfinished_list(text) or (number_asked and unfinished_number(text)):
        return Ending(hangs=True)
    ended = stripped.endswith((".", "!", "?"))
    lowered = stripped.lower()
    weak = ended and _words(lowered)[-1] in _WEAK and not _BARE.search(lowered)
    return Ending(whole=ended and not weak, weak=weak, comma=stripped.endswith(","))


def trails_off(text: str) -> bool:
    """Whether the words stop in the middle of a thought: "… and then the", "because", "um"."""
    stripped = text.strip().lower()
    if not stripped or stripped.endswith(("...", "…", "-", "–", "—", ":")) or _HANGING_WORDS.search(stripped):
        return True
    if all(word in _FILLERS for word in _words(stripped)) and not _AGREES.search(stripped):
        return True
    if _CONDITION.search(stripped) or _STUB.search(stripped):  # "if nobody looks," wants its other half
        return True
    if _NOT.search(stripped):
        return False
    last = _words(stripped)[-1:]
    if not last or _SO.search(stripped) or _BARE.search(stripped):  # "I think so.", "Yes, it is."
        return not last
    return last[0] in _HANGING or (last[0] in _WEAK and not stripped.endswith((".", "!", "?", ",")))


def unfinished_list(text: str) -> bool:
    """Whether a list was announced ("three things …") and has not come to its end."""
    lowered = text.lower()
    found = _COUNTED.search(lowered)
    if not found:
        begun = list(_FIRST.finditer(lowered))
        return bool(begun) and not _goes_on(lowered[begun[-1].end() :])
    if _LAST.search(lowered, found.end()):
        return False
    after = set(_words(lowered[found.end() :]))
    reached = max((number for number, names in enumerate(_ORDINALS, 1) if names & after), default=0)
    return reached < _COUNTS[found.group(1)] and (reached > 0 or len(after) < 12)


def _goes_on(after: str) -> bool:
    """Whether a second thing has come, or the first was spoken of for so long that none need come."""
    words = _words(after)
    return len(words) > 25 or not _ORDINALS[1].isdisjoint(words) or bool(_LAST.search(after))


def unfinished_number(text: str) -> bool:
    """Whether digits were said, but not yet enough for a telephone number."""
    words = _words(text.lower())
    digits = sum(len(re.sub(r"\D", "", word)) or (word in _DIGIT_WORDS) for word in words)
    return 0 < digits < _DIGITS


def closes(text: str) -> bool:
    """Whether the words say that the answer is over."""
    return bool(_CLOSING.search(text.strip().lower()))


def thinks(text: str) -> bool:
    """Whether the words ask for time."""
    return bool(_THINKING.search(text.strip().lower()))


def wants_more_time(text: str) -> bool:
    """Whether the words ask to be waited for from now on: "let me finish", "I speak slowly"."""
    return bool(_MORE_TIME.search(text.strip().lower().replace("’", "'")))


def asks_for_little(question: str) -> bool:
    """Whether a word or two may be the whole answer."""
    last = re.split(r"(?<=[.!?])\s+", question.strip().lower())[-1].replace(",", "")
    if _YES_NO.search(last):
        return len(_words(last)) <= 12 and not _ASKS_MORE.search(last)
    if _WHICH.search(last) and not _ASKS_MORE.search(last):
        return len(_words(last)) <= 9
    return bool(_LITTLE.search(last)) and len(_words(last)) <= 14


def asks_for_number(question: str) -> bool:
    """Whether digits are to be given, group by group."""
    return bool(_NUMBER.search(question.lower()))


def is_backchannel(text: str) -> bool:
    """Whether the words only say "I am listening", or there are none."""
    words = _words(text.lower())
    return len(words) <= 3 and all(word in _BACKCHANNEL for word in words)


def echoes(text: str, said: str) -> bool:
    """Whether what was heard is what the agent itself just said, come back through a loudspeaker."""
    heard, own = _words(text.lower()), set(_words(said.lower()))
    return len(heard) >= 3 and sum(word in own for word in heard) >= 0.8 * len(heard)


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+(?:['-][a-z0-9]+)*", text.replace("’", "'"))
