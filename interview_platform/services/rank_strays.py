"""Lines of a résumé that are nobody's account of work: a machine's, disguised, or another tongue's amid English. Pure.

Markup, log lines, calls, settings and letters in disguise are not how people tell of work, and the English models
read something into a foreign sentence all the same. Such lines show nothing, break no sentence they were put into,
and are held against nobody. A résumé that is not in English keeps all of its lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from interview_platform.services.rank_lexicon import lexicon
from interview_platform.services.text import lines

_MACHINE = re.compile(
    r"</?[a-zA-Z][\w-]*(?:\s+[\w-]+=[^<>]*)?>|<<|>>|\[/?(?:INST|SYS)\]|<\||\|>|"  # markup and a model's own marks
    r"\b\w+_\w+\s*[=:(]|\b[a-z_]+\s*=\s*[\"'\w]|\"\w+\"\s*:\s*|"  # settings, calls, JSON
    r"\\n|\\u[0-9a-f]{4}|^\s*(?:/\*|//|#!|--\s*\w+\s*=)|\*/\s*$|"  # escapes and comments
    r"\bUPDATE\b.+\bSET\b|\bINSERT\s+INTO\b|\bSELECT\b.+\bFROM\b|"
    r"\|\s*-{3,}|\*\*\w|"  # tables and stress as machines write them
    r"\b\d\d:\d\d:\d\d\b|\b(?:INFO|WARN|DEBUG|ERROR)\s+[a-z.]+\b|"  # logs
    r"(?<![\w/.])(?=[A-Za-z+/]*\d|[a-z]+[A-Z]\w*[A-Z])[A-Za-z0-9+]{24,}={0,2}(?![\w/.])"  # encoded
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|\b[\w.-]+\.(?:com|org|net|io)(?:/\S*)?")
_DISGUISED = re.compile(
    r"[a-zA-Z][\u0370-\u03ff\u0400-\u04ff]|[\u0370-\u03ff\u0400-\u04ff][a-zA-Z]|"  # letters of two scripts in a word
    r"\w[\u200b-\u200d\u2060\ufeff]\w[\u200b-\u200d\u2060\ufeff]\w|"  # unseen signs between letters
    r"(?:(?<![^\W_])[a-zA-Z][\s.*_-]{1,3}){7}[a-zA-Z](?![^\W_])|"  # letters spaced out
    r"(?:\b(?:0x)?[0-9a-fA-F]{2}\b[\s,]*){8}|(?:\b[01]{7,8}\b\s*){4}|"  # letters as numbers
    r"[\uff21-\uff5a]{3}|[\U0001d400-\U0001d7ff]{3}"  # letters of another width or of mathematics
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_SENTENCE = re.compile(r".+?(?:[.!?](?=\s)|$)")
_PARAGRAPH = 400  # characters of a line from which it is one
_LEAST_WORDS = 4
_KNOWN = 0.4  # share of a line's words that are English, below which it is none
_MIXED = 0.6  # the same, of a line with many words that are not
_MOST_UNKNOWN = 4
_ENGLISH = 0.6  # share of a whole text's, from which it is in English
_NOT_LATIN = re.compile(r"[^\W\d_a-zA-ZÀ-ɏ]")
_LEAST_LETTERS = 6


def strays(text: str) -> Iterator[tuple[int, int]]:
    """The stretch of every such line, in order."""
    english = _known(_small(text)) >= _ENGLISH
    for start, line in _pieces(text):
        if is_machines(line) or is_disguised(line) or (english and _is_strange(line)):
            yield start, start + len(line)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Each line with its place; a whole paragraph in one line, its sentences: honest ones stay."""
    for start, line in lines(text):
        if len(line) <= _PARAGRAPH:
            yield start, line
            continue
        for found in _SENTENCE.finditer(line):
            yield start + found.start(), found.group()


def is_machines(line: str) -> bool:
    """Whether a line is markup, a log's, a call, a setting or encoded."""
    return bool(_MACHINE.search(_ADDRESS.sub(" ", line)))


def is_disguised(line: str) -> bool:
    """Whether a line's letters are written so that a reader sees others than a machine, or none."""
    return bool(_DISGUISED.search(line))


def _is_strange(line: str) -> bool:
    if len(_NOT_LATIN.findall(line)) >= _LEAST_LETTERS:
        return True
    said = list(set(_small(_ADDRESS.sub(" ", line))))
    unknown = sum(word not in lexicon().words for word in said)
    return len(said) >= _LEAST_WORDS and unknown > (1 - (_KNOWN if unknown < _MOST_UNKNOWN else _MIXED)) * len(said)


def _small(text: str) -> list[str]:
    """Words in small letters: a name can neither make a line strange nor save it."""
    return [word for word in _WORD.findall(text) if word.islower()]


def _known(said: list[str]) -> float:
    """Share of words that are English; 1 of none."""
    return sum(word in lexicon().words for word in said) / len(said) if said else 1.0
