"""Whether words read like an instruction to a machine: in an answer, a résumé or a job's text they are only data.

Used where such words would otherwise be said back, asked about, or answered from. It judges wording, not people: a
sentence that tells what somebody did ("I was instructed to call the bank") is none.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from interview_platform.services.agent import guard_marks, guard_rules, guard_text

_MARKS = re.compile(
    r"</?\w[\w-]*>|\[/?(?:INST|SYS)[^\]]*\]|\{\s*\"|\b\w+\((?!(?:s|es|n|en|in|ren|r|d|m|w|f|x|\d+)\))\w*\)|"
    r"#{3,}|<\|",
    re.IGNORECASE,
)
_PLAIN_MARKUP = re.compile(r"</?(?:b|i|em|strong|p|br|ul|ol|li|div|span|h\d|a)\b[^>]*>|\(\w+\)|#{3,}", re.IGNORECASE)
"""What a pasted page may hold: no sign of a program."""
_BEFORE = (
    r"(?:(?:please|now|then|first|also|and|so|but|instead|finally|next|kindly|just|can you|could you|would you|will "
    r"you|"
    r"i want you to|i need you to|you must|you should|you have to|you need to|your task is to|"
    r"note to (?:the )?(?:ai|system|llm)|system|assistant|user|important|attention|urgent|from now on|"
    r"in your (?:answer|response|reply)|for your (?:answer|reply)) )*"
)
_OWN = re.compile(r"\b(?:I|i|we|We|my|My|our|Our)\b")
_TOLD = re.compile(r"^(?:\w+ ){0,3}?(?:i|we|he|she|they|my|our) ")

_QUOTED = re.compile(r"(?<!\w)['\"‘“].+?['\"’”](?!\w)")


def an_order(sentence: str) -> bool:
    """Whether one sentence reads like an instruction."""
    return to_a_machine(sentence) or bool(_imperative().match(guard_text.plain(sentence).text))


def to_a_machine(sentence: str) -> bool:
    """Whether it can only be meant for a program: it names prompts, modes, verdicts, or how a reply is to be written.

    Narrower than `an_order`: "Always check the patient first" is an order, and may be a good answer.
    """
    plain = guard_text.plain(sentence).text
    if _MARKS.search(sentence) or guard_marks.encoded(sentence) or guard_marks.speaks_to_a_program(sentence):
        return True
    return guard_marks.wishes_marks(plain) or (bool(_of_machines().search(plain)) and not _TOLD.match(plain))


def may_be_read_out(sentence: str) -> bool:
    """Whether a sentence of a job, a company page or material may answer a candidate: not what was meant for a program,
    nor what speaks of marks, prompts and verdicts, which no employer tells candidates there."""
    bare = _PLAIN_MARKUP.sub(" ", sentence)
    return not (to_a_machine(bare) or guard_marks.tells_marks(guard_text.plain(bare).text))


def readable(text: str) -> str:
    """A text without what may not be read out; as it stands where nothing in it is of that kind."""
    said = guard_text.sentences(text)
    kept = [sentence for sentence in said if may_be_read_out(sentence)]
    return text if len(kept) == len(said) else " ".join(kept)


def without_orders(text: str) -> str:
    """The text without its sentences that read like orders, white space tidied; empty when nothing else is in it."""
    return " ".join(sentence for sentence in guard_text.sentences(text) if not an_order(sentence))


def for_people(text: str) -> str:
    """An answer without what is meant for a program, as judges read it; everything else as it stands, line by line.

    In an account ("I did …") an order or a question that speaks of nobody is foreign and goes, too; where somebody
    explains how things are done, orders are how one speaks ("First check the name") and stay.
    """
    lines = [[line[start:end] for start, end in guard_text.spans(line)] for line in text.split("\n")]
    told = [bool(_OWN.search(sentence)) for line in lines for sentence in line if not an_order(sentence)]
    account = sum(told) * 2 >= len(told) > 0
    return "\n".join(" ".join(one for one in line if not _foreign(one, account)) for line in lines)


def _foreign(sentence: str, account: bool) -> bool:
    asks = an_order(sentence) or sentence.endswith("?")
    own = _OWN.search(_QUOTED.sub(" ", sentence))  # "Complete this: 'I was …'" tells nothing of the speaker
    return to_a_machine(sentence) or (account and asks and not own)


def a_name(words: str, *, proper: bool) -> bool:
    """Whether words can name a thing in a résumé. `proper`: an employer or a school, written with capitals."""
    plain = guard_text.words(words)
    if not plain or not _latin(words) or an_order(words) or _SENTENCE_WORDS & set(plain) or plain[0] in _NOT_FIRST:
        return False
    if not proper or len(plain) <= 2:
        return True
    written: list[str] = [word for word in re.findall(r"[^\W_][\w'’.&+-]*", words) if word.casefold() not in _PARTICLES]
    capitals = sum(bool(word[:1].isupper() or word[:1].isdigit()) for word in written)
    return capitals * 2 > len(written)


def _latin(words: str) -> bool:
    """Whether its letters are those the agent's voice reads; others could not be checked either."""
    return all(unicodedata.name(letter, "LATIN").startswith("LATIN") for letter in words if letter.isalpha())


@lru_cache
def _imperative() -> re.Pattern[str]:
    held = guard_rules.data()["orders"]
    verbs, objects = [*held["verbs"], *held["plain_verbs"].split()], held["objects"].split()
    return re.compile(rf"^{_BEFORE}(?:{'|'.join(verbs)}) (?:{'|'.join(objects)})\b")


@lru_cache
def _of_machines() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(guard_rules.data()['orders']['of_machines'])})\b")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_SENTENCE_WORDS = _words(
    "you your yours me my mine i we us our is are was were be been am do does did have has had can could will would "
    "should must may might how what why who whom whose when where which please this that these those it its they "
    "them he "
    "she him her not"
)
_PARTICLES = _words("of and the for de la le du da di des der die das van von und et e y i in at on & a an")
_NOT_FIRST = _words("for to from with by if as because before after while under over about into")
