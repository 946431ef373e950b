"""The form of an utterance: plain spoken English, nothing that a voice cannot say, one question, not too long."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from interview_platform.services.agent import guard_double, guard_rules, guard_text

MAX_WORDS = 45
_MARKUP = re.compile(
    r"https?:|www\.|\S@\S|\b[\w-]+\.(?:com|org|info|xyz|biz|gov|edu|co|de|uk|ru|cn|ly|me|shop|site|online)\b|"
    r"[{}<>\\|~^`]|\*\S|\S\*|__|^\s*(?:#{1,6} |[-•*] |\d+[.)] )|\[[^\]]*\]\(|\]\]|\[\[|```|&\w+;|\$\w*\(|\b\w+\(\)|"
    r"=\s*[\"'{\[(]"
    r"|\b(?:def|function|class|import|select|console|print)\s*[\w.]*\s*\(|!!|\?!|\*\*|:\)|;\)|:-\)|\bdot (?:com|org|"
    r"net)\b",
    re.IGNORECASE | re.MULTILINE,
)
_LEET = re.compile(r"\b[a-z]+[0-9@$!|]+[a-z][a-z0-9@$!|]*\b", re.IGNORECASE)
_MOST_LETTERS = 28
_ENOUGH_WORDS = 5


def fault(text: str) -> str:
    """What is wrong with the form, or empty."""
    if not re.search(r"[^\W\d_]", text):
        return "nothing to say"
    if len(text.split()) > MAX_WORDS:
        return f"longer than {MAX_WORDS} words"
    if _MARKUP.search(text) or any(unicodedata.category(sign) in {"So", "Cc", "Co", "Cn"} for sign in text):
        return "an address or markup"
    if not _spoken(text):
        return "not plain English"
    return ""


def two_questions(text: str, sentences: Sequence[guard_rules.Sentence]) -> bool:
    """Whether more than one thing is asked, with two question marks or with one; text of the banks may."""
    if text.count("?") + text.count("\uff1f") > 1:
        return True
    return any(guard_double.joined(sentence.plain) for sentence in sentences if not sentence.authored)


def _spoken(text: str) -> bool:
    """Whether it reads as English words: no ciphers, letters for signs, scripts mixed in a word, other languages."""
    written = text.split()
    if any(len(word.strip(".,;:!?\"'")) > _MOST_LETTERS and "-" not in word for word in written):
        return False
    if len(_LEET.findall(text)) > 2 or any(_mixed(word) for word in written):
        return False
    if sum(len(word) == 1 and word.isalpha() for word in written) > max(4, len(written) // 2):
        return False  # spelled out letter by letter
    return _english(guard_text.words(text))


def _english(words: list[str]) -> bool:
    english, other = _common("english"), _common("other")
    here = sum(word in english for word in words)
    there = sum(word in other and word not in english for word in words)
    if len(words) < _ENOUGH_WORDS:
        return there <= here or there < 2
    return there < max(here, 2) and here >= len(words) * 0.12


@lru_cache
def _common(name: str) -> frozenset[str]:
    return frozenset(guard_rules.data()[name].split())


def _mixed(word: str) -> bool:
    """Whether letters of two scripts stand in one word, or one of another script than Latin."""
    scripts = {unicodedata.name(letter, "LATIN").split()[0] for letter in word if letter.isalpha()}
    return len(scripts - {"LATIN", "MODIFIER", "FEMININE", "MASCULINE", "MICRO"}) > 0
