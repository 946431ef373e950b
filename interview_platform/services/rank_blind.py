"""What ranking may see of a résumé: its words without who and where. Pure.

Nothing is looked for by name alone. A word with a capital stays only when it is an English word, a skill or a short
abbreviation: names, towns, employers and nationalities are none of these and fall away whether or not anybody
recognised them. Names that are words ("Grace", "Salt Lake City") fall by lists. Pronouns, titles, numbers other than
dates, addresses and schools' names go too. Lines left empty vanish, and punctuation is written one way, so two résumés
that differ only in who and where give the same text, character for character.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from interview_platform.services import skills as vocabulary
from interview_platform.services.rank_hidden import hidden
from interview_platform.services.rank_lexicon import Lexicon, lexicon
from interview_platform.services.rank_own import called_by_name, own_words, plain
from interview_platform.services.rank_places import CODES, places
from interview_platform.services.rank_written import PRONOUNS, TITLES, BlindText, Token, written
from interview_platform.services.resume_experience import has_title_word

_LETTERS = r"[^\W\d_]"
_WORD = rf"{_LETTERS}+(?:['’ʼ`]{_LETTERS}+)*"
_TOKEN = re.compile(
    rf"(?P<date>(?<![\w/.-])(?:\d{{1,2}}[/.-])?(?:19|20)\d\d(?:[/.-]\d{{1,2}})?(?![\w/]))|(?P<mixed>\w*\d\w*(?:[.,]\d+)*)"
    rf"|(?P<word>{_WORD}[+#]*)|(?P<line>\n)|(?P<mark>[.!?;:,|\t/&•●▪■◦‣∙·–—-])"
)
_DROPPED = PRONOUNS | TITLES | frozenset(
    """
    male female husband wife spouse boyfriend girlfriend son daughter brother sister mother father mum mom dad married
    single divorced widowed unmarried linkedin curriculum vitae resume résumé cv
    """.split()  # noqa: SIM905
)  # fmt: skip
_AFTER_PLACE_WORD = frozenset("in from near to at around of".split())  # noqa: SIM905
_OF_PLACES = frozenset(
    """
    city town county area metro metropolitan province state district region township borough island islands lake springs
    beach heights hills valley falls bay port fort saint mount north south east west northern southern eastern western
    central upper lower greater new old downtown republic
    """.split()  # noqa: SIM905
)
_LONGEST_ABBREVIATION = 5
_HEAD_LINES = 15


def blind(text: str, name: str = "", *, schools: bool = True, without: Sequence[tuple[int, int]] = ()) -> BlindText:
    """The text without who and where.

    `schools` takes schools' names out too; `name` is the person's, where known; `without` are further stretches to
    leave out (rank_tricks).
    """
    tokens = _tokens(text, sorted([*hidden(text, schools), *without]))
    _mark_skills(text, tokens)
    own = own_words(text, name)
    _drop_names(tokens, own)
    _spread(tokens, own)  # "Grace Young, Reading": the name first, then the town after it
    _drop_places(tokens)
    _drop_compounds(tokens)
    _drop_addresses(tokens)
    _spread(tokens, own)
    _drop_labels(tokens)
    return written(tokens)


def _tokens(text: str, hidden: list[tuple[int, int]]) -> list[Token]:
    merged: list[tuple[int, int]] = []
    for start, end in hidden:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    starts = [start for start, _ in merged]
    made = []
    for found in _TOKEN.finditer(text):
        place = bisect_right(starts, found.start()) - 1
        inside = place >= 0 and found.start() < merged[place][1]
        kind = found.lastgroup or ""
        if inside and kind == "mark":
            continue
        if inside and kind == "line":
            made.append(Token(kind, "\n", *found.span()))
        elif inside:
            made.append(Token(kind, found.group(), *found.span(), kept=False, out=True))
        else:
            made.append(Token(kind, found.group(), *found.span(), kept=kind != "mixed"))
    return made


def _mark_skills(text: str, tokens: list[Token]) -> None:
    """Words that name a skill stay as they are ("B2B", "QuickBooks")."""
    spans = [(mention.start, mention.end) for mention in vocabulary.mentions(text)]
    place = 0
    for token in tokens:
        while place < len(spans) and spans[place][1] <= token.start:
            place += 1
        if place == len(spans):
            return
        if spans[place][0] <= token.start and not token.out and (token.kept or token.kind == "mixed"):
            token.skill = True
            token.kept = token.kept or not re.fullmatch(r"[\d.,]+", token.text)


def _drop_names(tokens: list[Token], own: frozenset[str]) -> None:
    held, called = lexicon(), called_by_name(tokens, own)
    for place, token in enumerate(tokens):
        if token.kind != "word" or not token.kept:
            continue
        bare = token.text.rstrip("+#")
        folded = re.sub(r"['’ʼ`]s$", "", bare.casefold())
        if folded in _DROPPED or bare.casefold() in _DROPPED:
            token.kept, token.name = False, folded in TITLES
        elif place in called:
            token.kept, token.name = False, True
        elif token.skill:
            continue
        elif folded in held.always and bare[0].isupper():
            token.kept, token.name = False, True
        elif not _may_stay(bare, folded, held, own):
            token.kept, token.name = False, bare[0].isupper()


def _may_stay(bare: str, folded: str, held: Lexicon, own: frozenset[str]) -> bool:
    if folded in held.words or all(part in held.words for part in re.split(r"['’ʼ`]", folded)):
        return len(bare) > 1 or bare in "aI"
    if not bare.isascii() or (len(bare) > 2 and not bare.islower() and plain(bare) in own):
        return False
    if bare.islower():
        return len(bare) > 2 and (folded,) not in places().sure
    if bare.isupper():
        return 1 < len(bare) <= _LONGEST_ABBREVIATION and folded not in held.beside and (folded,) not in places().sure
    inner = re.search(r"[a-z][A-Z]", bare)
    return bool(inner) and not re.match(
        r"(?:Mc|Mac|De|Di|Da|Du|La|Le|Lo|Van|Von|O|Fitz|El|Al|Abd|Ja|Ta|Ka|Sha|Mar)[A-Z]", bare
    )


def _drop_places(tokens: list[Token]) -> None:
    """Names of places made of words; and whatever stands with a capital before ", Region"."""
    held = places()
    words = [token for token in tokens if token.kind in ("word", "line", "mark")]
    index = 0
    while index < len(words):
        index += _place_at(words, index, held.longest) or 1
    for place, token in enumerate(words):
        size = _region(words, place)
        name = tuple(word.text.casefold() for word in words[place : place + size])
        if not size or (name in held.towns and _region(words, place + size + 1)):  # "New York, New York": the town
            continue
        token.kept, token.name = False, True
        _drop_town(words, place - 2)


def _place_at(words: list[Token], index: int, longest: int) -> int:
    """How many words from here are a place, dropped; 0 where it is none."""
    held, first = places(), words[index]
    if first.kind != "word" or not first.text[0].isupper():
        return 0
    for size in range(longest, 0, -1):
        run = words[index : index + size]
        if len(run) < size or any(token.kind != "word" for token in run):
            continue
        name = tuple(token.text.casefold() for token in run)
        if name in held.sure or (name in held.unsure and _stands_as_place(words, index)):
            if any(token.skill for token in run) and name not in held.regions:
                return 0
            for token in run:
                token.kept, token.name = False, True
            return size
    return 0


def _stands_as_place(words: list[Token], index: int) -> bool:
    before = words[index - 1] if index else None
    if before is not None and before.text == "," and index > 1:
        return words[index - 2].name
    return before is not None and before.kind == "word" and (before.text in _AFTER_PLACE_WORD or before.name)


def _region(words: list[Token], place: int) -> int:
    """How many words after a comma name a region or its code; 0 where none do."""
    if not 1 < place < len(words) or words[place].kind != "word" or words[place - 1].text != ",":
        return 0
    if words[place].text in CODES:
        before = words[place - 2]
        return int(not words[place].skill and before.kind == "word" and before.text[0].isupper())
    for size in (3, 2, 1):
        if tuple(word.text.casefold() for word in words[place : place + size]) in places().regions:
            return size
    return 0


def _drop_town(words: list[Token], last: int) -> None:
    """The town before a region: a known one, else up to two capitalised words that stand alone and name no work."""
    if last < 0 or words[last].kind != "word" or not words[last].kept or not words[last].text[0].isupper():
        return  # already out, as a name or as a place
    run = [last]
    while run[-1] > 0 and words[run[-1] - 1].kind == "word" and words[run[-1] - 1].text[0].isupper():
        run.append(run[-1] - 1)
    known = (words[last].text.casefold(),) in places().towns
    if known or len(run) > 2:
        run = run[:1]
    if not has_title_word(" ".join(words[place].text for place in run)):
        for place in run:
            if known or not words[place].skill:
                words[place].kept, words[place].name = False, True


def _drop_addresses(tokens: list[Token]) -> None:
    """Lines near the top that begin or go on as an address does: a number and nothing but capitalised words."""
    line: list[Token] = []
    count = 0
    for token in [*tokens, Token("line", "\n", 0, 0)]:
        if token.kind != "line":
            line.append(token)
            continue
        held = [each for each in line if each.kind == "word" and each.kept]
        numbered = any(each.kind == "mixed" and not each.skill for each in line)
        named = all(each.text[0].isupper() for each in held) and not any(each.kind == "date" for each in line)
        if numbered and named and len(held) <= 6 and not has_title_word(" ".join(each.text for each in held)):
            for each in held:
                each.kept, each.name = False, True
        else:
            count += bool(held)  # lines that stay, so that an address more or less changes nothing
        line = []
        if count >= _HEAD_LINES:
            return


def _drop_compounds(tokens: list[Token]) -> None:
    """Skills that are a part of a name ("al-Farsi")."""
    for before, mark, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if (
            mark.text == "-"
            and before.end == mark.start
            and mark.end == after.start
            and before.kind == after.kind == "word"
        ):
            for one, other in ((before, after), (after, before)):
                if one.kept and one.skill and not other.kept and other.text.casefold() not in lexicon().words:
                    one.kept, one.name = False, True


def _spread(tokens: list[Token], own: frozenset[str]) -> None:
    """Words that may be names fall beside what fell as a name ("Grace Baker", "Ms Young"), both ways."""
    held = lexicon()
    for order in (tokens, tokens[::-1]):
        before: Token | None = None
        for token in order:
            if token.kind == "mark" and token.text in "-.–":
                continue
            if (
                before is not None
                and before.name
                and token.kind == "word"
                and token.kept
                and token.text[0].isupper()
                and (
                    token.text.casefold() in held.beside
                    or (_unknown_capitals(token) and before.text.isupper())  # "MARISSA MAYER"
                    or token.text.casefold() in _OF_PLACES
                    or (plain(token.text) in own and token.text.casefold() not in held.words)
                )
            ):
                token.kept, token.name = False, True
            before = token if token.kind == "word" else None


def _unknown_capitals(token: Token) -> bool:
    """Whether a word in capitals is neither a skill nor an English word."""
    return token.text.isupper() and not token.skill and token.text.casefold() not in lexicon().words


def _drop_labels(tokens: list[Token]) -> None:
    """Single letters and labels left of an address; they say nothing."""
    for token in tokens:
        if token.kind == "word" and token.kept and not token.skill:
            if token.text.casefold() in ("phone", "tel", "telephone", "mobile", "email", "e-mail", "fax", "cell"):
                token.kept = token.text[0].islower()
            elif len(token.text) == 1 and token.text not in "aI":
                token.kept = False
