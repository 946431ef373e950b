"""Verbs of a job post: which say what somebody must be able to do, and which say nothing of the trade. Pure."""

from __future__ import annotations

import re

DOES = re.compile(
    r"\b(?:(?:ability|able) to|you can|who can|can you|know(?:ing)? how to|confident to)\s+(?:\w+ly )?(?=[a-z])", re.I
)
"""What stands before things that one can do."""
_USED = (
    r"use|using|operate|run|handle|manage|read|write|speak|work from|drive|play|edit|understand|apply|"
    r"perform|conduct|do|code in|explain|interpret|navigate|administer"
)
_PLAIN = (
    r"including|must|should|has|is|are|will|being|maintain|network|"
    r"work|communicate|lift|stand|sit|walk|carry|push|pull|bend|travel|prioriti[sz]e|multi-?task|adapt|learn|think|"
    r"collaborate|follow|meet|thrive|build|keep|stay|be|make|take|get|give|go|come|engage|interact|inspire|motivate|"
    r"influence|establish|demonstrate|maintain|respond|resolve|solve|identify|provide|deliver|support|develop|ensure|"
    r"contribute|balance|juggle|act|own|lead|listen|present|report|complete|obtain|pass|commute|relocate|have|help|"
    r"show|see|talk|turn|start|join|organi[sz]e|plan|coordinate|relate|remain|accept|attend|assist|provide|set|deal|"
    r"cope|bring|find|reach|grow|choose|expect|apply for|live|reside|legally|quickly|effectively|independently|"
    r"successfully|closely|clearly|understand|convey|express|foster|cultivate|articulate|translate|exercise|"
    r"demonstrate|anticipate|recogni[sz]e|absorb|handle pressure|concentrate|focus|hear|distinguish|"
    r"you|we|they|it|your|our|own|the|and|or|with|other|any|all|more|new|good|great|strong|excellent"
)
TASK = re.compile(
    rf"\s*(?:\w+ly )?(?:(?P<used>{_USED})|(?!(?:{_PLAIN})\b)[a-z]{{3,}}(?: up| out| off| strip)?)\s+"
    rf"(?P<object>\S.*?)(?:\s+(?:\w+ly|by hand|well|in|to|with|for|from|at|on|of|under|during|as|when|while|per|within|"
    rf"across|into|without|using|through|independently)\b.*)?[.;:]?$",
    re.S,
)
"""A verb of the trade and what it is done to; `used` where the thing says more than the verb ("use COINS")."""
NOUNS = {
    "manage": "management", "managing": "management", "handle": "handling", "plan": "planning", "analyse": "analysis",
    "analyze": "analysis", "develop": "development", "coordinate": "coordination", "process": "processing",
    "administer": "administration", "build": "building", "maintain": "maintenance", "test": "testing",
    "prepare": "preparation", "inspect": "inspection", "audit": "auditing", "schedule": "scheduling",
    "control": "control", "operate": "operation", "train": "training", "teach": "teaching", "repair": "repair",
}  # fmt: skip
"""Verb → what doing it is called, for the names of skills."""
DONE = re.compile(rf"\b(?P<verb>{'|'.join(NOUNS)})s?\s+(?:an? |the |our |your )?(?P<object>[a-z-]+(?: [a-z-]+)?)", re.I)
OPENS = re.compile(rf"\s*(?:{_PLAIN}|{_USED})\b", re.I)
"""How an item begins that tells of doing something and is no list."""
WENT = re.compile(
    r"\b(?:is|are|was|were|will|would|can|may|has|have|had|you|we|our|us|they|i|please|apply|do|does|not)\b", re.I
)
"""Words of a whole sentence, which a list does not have."""
