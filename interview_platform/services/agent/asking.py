"""A candidate's question as it is looked up: without fillers, one thing at a time, by the words that matter. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import yaml

from interview_platform.services.agent.bank import RAG_DATA
from interview_platform.services.text import WORD

_FILLER = re.compile(
    r"\b(?:u+m+|u+h+|e+r+m*|h+m+|ah|oh|you know|i mean|sort of|kind of like|like,)\b[ ,.]*|\b(\w+)(?: \1\b)+",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^(?:(?:"
    r"just so (?:that )?i(?: know| get it right|'m clear|'m sure)|just to be (?:sure|clear|safe)|just checking|"
    r"(?:just )?(?:one|a|another|some)(?: \w+)? things?(?: i (?:wanted|want) to (?:ask|know))?(?: is)?|something else|"
    r"(?:this|it) (?:may|might) be a (?:silly|stupid|strange|basic) question|(?:silly|stupid|strange|basic) question|"
    r"while (?:i'm|we're) at it|(?:since|while) we(?:'re| are) on (?:it|that)|(?:can|could|may) i (?:just )?check|"
    r"i was (?:just |also )?thinking|not sure (?:if|whether) you can (?:answer|say)(?: that| this)?|to be honest|"
    r"so|well|okay|ok|alright|right|and|but|also|hi|hello|hey|yeah|yes|no|oh|sorry|excuse me|thanks|thank you|"
    r"sure|great|now|then|actually|just|maybe|please|perhaps|first|secondly|finally|anyway|"
    r"be honest|honestly|tell me honestly|roughly|out of (?:curiosity|interest)|just out of (?:curiosity|interest)|"
    r"by the way|before (?:we|i) (?:go on|start|continue|answer|forget)|"
    r"(?:can|could|may|might) i (?:just |quickly |also |maybe |please )*ask(?: you)?(?: something)?|"
    r"i(?:'d| would) (?:just |also |really )*(?:like|love|want) to (?:know|ask|understand|hear)(?: you)?|"
    r"i (?:just |also |really )*(?:want|wanted|need) to (?:know|ask)|"
    r"i(?:'m| am|'ve been| was|'d been)? ?(?:just |also |really )*(?:wondering|curious|interested)(?: to know)?|"
    r"i wonder|"
    r"i have (?:a|one|another|one more|a quick) question|(?:one more|another|a quick|quick|one|my) question(?: is)?|"
    r"(?:can|could|would|will) you (?:please |maybe |just |quickly )*(?:tell me|say|let me know|explain(?: to me)?|"
    r"clarify)|do you (?:happen to )?know|do you have any idea|any idea|tell me|let me ask(?: you)?|"
    r"is it (?:okay|ok|all right|fine) (?:to ask|if i ask)|if i may ask|if you don't mind)"
    r"(?![\w']))[ ,.:;!?-]*(?:(?:if|whether|about|that)\b(?= ))?[ ,]*",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"(?:,? (?:and|also|plus)(?: also| then)?,?|[,;]) (?=(?:what|which|who|whom|where|when|why|how|is|are|do|does|did|"
    r"can|could|will|would|may|should|have|has|am)\b(?: \w+){2,})",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^(?:what|which|who|whom|whose|where|when|why|how|is|are|was|were|do|does|did|can|could|will|would|may|might|should|"
    r"shall|have|has|am|must|any)\b",
    re.IGNORECASE,
)
_ASKS_SOMEWHERE = re.compile(_ASKS.pattern.removeprefix("^").replace("(?:", r"\b(?:", 1), re.IGNORECASE)
_SHORT = re.compile(
    r"\b(what|who|where|when|how(?: (?:long|much|big|far|old|often))?)'?s\b(?! (?:name|job))", re.IGNORECASE
)
_CHOICE = re.compile(r"^(?:is|are|was|were|do|does|did|can|could|will|would|should|shall|have|has|am)\b", re.IGNORECASE)
_LEANS = re.compile(r"\b(?:it|that|this|them|in|for|towards)$", re.IGNORECASE)
_MOST_PARTS = 3


@dataclass(frozen=True)
class Words:
    """The authored word list: groups that mean the same, kinds of things, words that carry nothing."""

    same: dict[str, frozenset[str]]
    kinds: dict[str, re.Pattern[str]]
    neutral: frozenset[str]


@lru_cache
def vocabulary() -> Words:
    """The list of rag_data/candidate_words.yaml, by stem."""
    held = yaml.safe_load((RAG_DATA / "candidate_words.yaml").read_text(encoding="utf-8"))
    same: dict[str, frozenset[str]] = {}
    for line in held["same"]:
        group = frozenset(stem(word) for word in line.split())
        for word in group:
            same[word] = same.get(word, frozenset()) | group
    kinds = {stem(word): re.compile(pattern, re.IGNORECASE) for word, pattern in held["kinds"].items()}
    return Words(same, kinds, frozenset(stem(word) for word in re.findall(r"[\w']+", held["neutral"])))


@lru_cache
def wordings() -> dict[str, tuple[str, ...]]:
    """More ways to ask the FAQs' questions, by the FAQ's heading (rag_data/candidate_wordings.yaml)."""
    held = yaml.safe_load((RAG_DATA / "candidate_wordings.yaml").read_text(encoding="utf-8"))
    return {heading: tuple(ways) for heading, ways in held.items()}


@lru_cache
def near_words() -> dict[str, frozenset[str]]:
    """Stems near in meaning to a stem, by rag_data/near_words.txt: "ship" and "vessel"."""
    near: dict[str, set[str]] = {}
    for line in (RAG_DATA / "near_words.txt").read_text(encoding="utf-8").splitlines():
        first, *others = ("#",) if line.startswith("#") else (stem(word) for word in line.split())
        for other in others:
            near.setdefault(first, set()).add(other)
            near.setdefault(other, set()).add(first)
    return {word: frozenset(found) for word, found in near.items()}


def meant_by(word: str) -> frozenset[str]:
    """The stem itself and all that may stand for it."""
    return vocabulary().same.get(word, frozenset()) | near_words().get(word, frozenset()) | {word}


@lru_cache
def elsewhere() -> tuple[str, ...]:
    """Questions that sound like a FAQ's and are none (rag_data/candidate_elsewhere.yaml)."""
    return tuple(yaml.safe_load((RAG_DATA / "candidate_elsewhere.yaml").read_text(encoding="utf-8")))


def clean(question: str) -> str:
    """Without fillers, repeated words and polite openings."""
    text = " ".join(question.replace("’", "'").split())
    text = _SHORT.sub(r"\1 is", text)
    text = _FILLER.sub(lambda found: f"{found.group(1)} " if found.group(1) else "", text)
    text = said = " ".join(text.split())
    for _ in range(6):
        shorter = _OPENING.sub("", text, count=1).strip()
        if shorter == text or len(shorter.split()) < 2:
            break
        text = shorter
    tidy = text.strip(" ,.;:-")
    return tidy if _ASKS_SOMEWHERE.search(tidy) else said.strip(" ,.;:-")


def parts(question: str) -> list[str]:
    """The questions in what was said, at most three; a remark before a question stays with it."""
    said = [clean(piece) for piece in re.split(r"(?<=[?!.])\s+", " ".join(question.split())) if piece.strip()]
    found: list[str] = []
    before = ""
    for piece in said:
        if not _ASKS.match(piece) and not piece.endswith("?") and len(said) > 1:
            before = f"{before} {piece}".strip()
            continue
        found += _apart(f"{before} {piece}".strip())
        before = ""
    if not found:
        found = _apart(clean(question))
    return [part.strip(" ?.,!") + "?" for part in found if re.search(r"\w", part)][:_MOST_PARTS]


def question_clause(question: str) -> str:
    """The clause that asks, where a remark stands beside it; empty where none does or it says nothing by itself."""
    clauses = [clean(piece) for piece in re.split(r",\s+|\s+because\s+", question)]
    asking_ones = [piece for piece in clauses if _ASKS.match(piece) and len(piece.split()) >= 4 and salient(piece)]
    return asking_ones[-1] if asking_ones and len(clauses) > 1 else ""


def asking_part(question: str) -> str:
    """The clause that asks, however little it says, or the whole: "I have never done it, is that a problem"."""
    clauses = [clean(piece) for piece in re.split(r",\s+|\s+because\s+", question)]
    return next((piece for piece in reversed(clauses) if _ASKS.match(piece)), question)


def leans(part: str) -> bool:
    """Whether the second half of a question says its matter only with the first: "… and what do you pay in"."""
    return bool(_LEANS.search(part.strip(" ?.!,"))) and len(salient(part)) <= 1


def sides(question: str) -> tuple[frozenset[str], frozenset[str]] | None:
    """The stems of the two sides of "is it A or B", where a yes-or-no question offers a choice."""
    before, joined, after = question.partition(" or ")
    if not joined or " or " in after or not _CHOICE.match(asking_part(question)):
        return None
    one, two = frozenset(salient(before)), frozenset(salient(after))
    return (one - two, two - one) if one - two and two - one else None


def _apart(question: str) -> list[str]:
    """ "Where is it and who decides" as two questions, when both halves ask."""
    cut = [piece for piece in _JOINT.split(question) if piece.strip()]
    if len(cut) > 1 and all(_ASKS.match(clean(piece)) and len(piece.split()) > 2 for piece in cut):
        return [clean(piece) for piece in cut]
    return [question]


def salient(text: str) -> list[str]:
    """Stems of the words that a fitting sentence must account for, in order, each once."""
    return list(weighty(text))


def weighty(text: str) -> dict[str, str]:
    """The same stems with the words as they were written."""
    neutral = vocabulary().neutral
    found = {stem(word): word for word in reversed(words(text)) if len(word) > 1}
    return {key: word for key, word in reversed(found.items()) if key not in neutral}


def words(text: str) -> list[str]:
    """Words in lower case; "work-life" is two, "don't" is one."""
    lowered = text.replace("’", "'").lower()
    lowered = re.sub(r"(\w)'s\b", r"\1", lowered).replace("n't", "nt").replace("'", "")
    return [word.casefold() for word in WORD.findall(lowered)]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without its commonest endings."""
    word = word.casefold().replace("'", "")
    for ending, least in (("ations", 4), ("ation", 4), ("ings", 4), ("ing", 4), ("edly", 4), ("ies", 3), ("ied", 3)):
        if word.endswith(ending) and len(word) - len(ending) >= least - 1:
            return _bare(word[: -len(ending)] + ("y" if ending in {"ies", "ied"} else ""))
    for ending in ("ed", "es", "ly", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith(("ss", "us", "is")):
            return _bare(word[: -len(ending)])
    return _bare(word)


def _bare(word: str) -> str:
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


def is_language(word: str) -> bool:
    """Whether a stem is the name of a language."""
    pattern = vocabulary().kinds["languag"]
    return word != "languag" and bool(pattern.fullmatch(word))
