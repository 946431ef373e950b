"""What the words of a turn say about its end. Pure; made for English."""

from __future__ import annotations

import re


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_HANGING = _set(
    "and or but so because cause although though while since unless um uh er erm hmm mm the a an to of with from"
    " which who whose if than as is are was were my our your their his its i we they i'm we're it's like also very"
    " basically actually maybe then plus versus including until into"
)
_WEAK = _set("in on at for by that about he she it when where there this had have has been do did")
_CLOSING = re.compile(
    r"\b(that's (about )?(it|all|everything)|that is (it|all)|that would be (it|all)|thank you|thanks|i'm done"
    r"|that's my answer|nothing else|next question|so yeah|over to you)[\s.!]*$"
)
_THINKING = re.compile(
    r"\b(let me (think|see)|give me (a|one) (second|sec|moment|minute)|(that's a )?good question|one (moment|second)"
    r"|how (do|should|can) i (say|put) (it|this|that))[\s.,!?]*$"
)
_SO = re.compile(r"\b(think|hope|believe|guess|suppose|say) so[\s.!]*$")
_YES_NO = re.compile(r"^(are|is|do|does|did|can|could|will|would|have|has|shall|may) (you|i|we|this|that|it|there)\b")
_LITTLE = re.compile(r"\b(how many|how long|what year|which year|yes or no|what is your name)\b")
_BACKCHANNEL = _set("mm mhm hm hmm mm-hmm mm-hm uh-huh uhhuh uh um ah oh okay ok yeah yes yep right sure i see you")


def patience(complete: float, text: str, short_answer: bool = False, speech_seconds: float = 60.0) -> float:
    """Seconds of silence to wait for, by how finished sound (`complete`, 0..1) and words (`text`) are.

    A sentence that is whole by both is given 0.79 s: the detector then hears a pause of 0.8 s as one. Hardly anything
    said (`speech_seconds`) about an open question is rather a beginning.
    """
    if thinks(text):
        return 6.0
    if closes(text):
        return 0.4
    if trails_off(text):
        return 2.2 if complete < 0.5 else 1.8
    if text.rstrip().endswith(","):  # the transcriber expects more words
        return 1.8 if complete < 0.5 else 1.2
    ended = text.rstrip().endswith((".", "!", "?"))
    if complete >= 0.5 and ended:
        return 0.5 if short_answer else 1.0 if speech_seconds < 1.6 else 0.79
    if complete >= 0.5:
        return 1.0
    return 1.3 if ended else 1.8


def trails_off(text: str) -> bool:
    """Whether the words stop in the middle of a thought: "… and then the", "because", "um"."""
    stripped = text.strip().lower()
    if not stripped or stripped.endswith(("...", "…", "-", "–", "—", ":")):
        return True
    last = _words(stripped)[-1:]
    if not last or _SO.search(stripped):
        return not last
    return last[0] in _HANGING or (last[0] in _WEAK and not stripped.endswith((".", "!", "?")))


def closes(text: str) -> bool:
    """Whether the words say that the answer is over."""
    return bool(_CLOSING.search(text.strip().lower()))


def thinks(text: str) -> bool:
    """Whether the words ask for time."""
    return bool(_THINKING.search(text.strip().lower()))


def asks_for_little(question: str) -> bool:
    """Whether a word or two may be the whole answer."""
    last = re.split(r"(?<=[.!?])\s+", question.strip().lower())[-1]
    return bool(_YES_NO.search(last) and len(_words(last)) <= 10) or bool(_LITTLE.search(last))


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
