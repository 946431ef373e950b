"""Which words of a résumé are the person's own name, and where the person is called by it. Pure."""

from __future__ import annotations

import re
import unicodedata

from interview_platform.services.rank_hidden import EMAIL, LINK
from interview_platform.services.rank_lexicon import lexicon
from interview_platform.services.rank_written import Token
from interview_platform.services.resume_experience import has_title_word

_LETTERS = r"[^\W\d_]"
WORD = rf"{_LETTERS}+(?:['’ʼ`]{_LETTERS}+)*"
_HEAD_LINES = 15
_ABOVE = 4  # lines above an e-mail address in which its owner's name stands
_MOST_MAILBOXES = 6


def own_words(text: str, name: str) -> frozenset[str]:
    """Words of the person's own name, as told and as the mailbox repeats them near the top."""
    own = {plain(word) for word in re.findall(WORD, name)}
    head = "\n".join(text.split("\n")[:8])
    mailbox = EMAIL.search(text)
    if mailbox:
        letters = plain(mailbox.group().split("@")[0])
        bare = EMAIL.sub(" ", LINK.sub(" ", head))
        own |= {plain(word) for word in re.findall(WORD, bare) if word[0].isupper() and len(word) > 2
                and plain(word) in letters}  # fmt: skip
    own |= _owners(text)
    return frozenset(word for word in own if word)


def _owners(text: str) -> set[str]:
    """Words of the names that stand above any e-mail address of the text and that it repeats: two to four capitalised
    words alone on a line. Whoever is taken for the person of the résumé, these fall."""
    held = text.split("\n")
    mailboxes = [(number, found) for number, line in enumerate(held) if (found := EMAIL.search(line))]
    own: set[str] = set()
    for number, found in mailboxes[:_MOST_MAILBOXES]:
        letters = plain(found.group().split("@")[0])
        for line in held[max(0, number - _ABOVE) : number]:
            words = re.findall(WORD, line)
            shaped = 2 <= len(words) <= 4 and all(word[0].isupper() for word in words) and not re.search(r"\d", line)
            if shaped and not has_title_word(line) and any(len(plain(w)) > 2 and plain(w) in letters for w in words):
                own |= {plain(word) for word in words if len(plain(word)) > 2}
    return own


def called_by_name(tokens: list[Token], own: frozenset[str]) -> set[int]:
    """Places where the person is called by name, though a part of it names a skill ("Maya", "Ada"): two or more of the
    own words in a row, or one alone on a line near the top."""
    ordinary = lexicon().words
    found: set[int] = set()
    run: list[int] = []
    lines = 0
    for place, token in enumerate([*tokens, Token("line", "\n", 0, 0)]):
        if token.kind == "word" and token.text[0].isupper() and plain(token.text.rstrip("+#")) in own:
            run.append(place)
            continue
        alone = len(run) == 1 and token.kind == "line" and (not run[0] or tokens[run[0] - 1].kind == "line")
        # A heading that was read as a name ("Special Investigative Unit") is of ordinary words: they stay for all.
        named = any(tokens[held].skill or tokens[held].text.casefold() not in ordinary for held in run)
        found.update(run if named and (len(run) > 1 or (alone and lines < _HEAD_LINES)) else ())
        run, lines = [], lines + (token.kind == "line")
    return found


def plain(text: str) -> str:
    """Its letters a to z, small and without accents."""
    return re.sub(r"[^a-z]", "", unicodedata.normalize("NFKD", text).casefold())
