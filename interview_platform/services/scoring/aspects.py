"""Kinds of things a point asks for, each with plain signs by which a sentence shows it.

Points are written about an answer ("Says how the cause was found"), answers are not; a sentence encoder alone finds
them hardly alike. An aspect bridges the two: `asks` recognises it in a point, `shows` in a sentence. A point that no
aspect recognises (a fact to be named) is left to similarity.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from interview_platform.services.scoring import structure


@dataclass(frozen=True)
class Aspect:
    """One kind of thing a point may ask for."""

    name: str
    asks: re.Pattern[str]
    shows: re.Pattern[str]


def _aspect(name: str, asks: str, shows: str) -> Aspect:
    return Aspect(name, re.compile(asks, re.IGNORECASE), re.compile(shows, re.IGNORECASE))


_NUMBER = (
    r"(?:\d+|half|twice|doubled|halved|a third|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|"
    r"twenty|"
    r"thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|percent|per cent)"
)

ASPECTS: tuple[Aspect, ...] = (
    _aspect(
        "cause",
        r"\b(?:causes?\b|diagnos|investigat|narrow|reproduced|bottleneck|found out|(?:was|were) found|they found|"
        r"uncovered|true reason|"
        r"came from|looked into|how .{0,40}\bfound)",
        r"\b(?:looked (?:at|into|through)|checked|compared|traced|reproduced|profiled|debugged|measured|logs?\b|"
        r"metrics|graphs?|traces?|"
        r"dumps?|bisect\w*|found (?:that|out|the|a|one|it)|turned out|saw that|noticed|narrowed|isolated|ruled out|"
        r"discovered|"
        r"because (?:of|the|a|an|it|we|they)|asked|missing|came from|was caused|the reason was|query plan|broken|"
        r"(?:knew|clear|showed|meant|means)(?: \w+)?(?: that)? it was|"
        r"it was (?:an?|the|that) \w+)",
    ),
    _aspect(
        "notice",
        r"\b(?:notic|by which signs|how far behind|came to light|how they know|how they knew|how the team learned)",
        r"\b(?:noticed|saw|realised|realized|spotted|alert\w*|alarm|told (?:me|us)|complain\w*|graph|figures|"
        r"feedback|reported|rang|"
        r"looked (?:pale|unwell|tired|different)|was (?:fast|slow|low|high|late|confused|quiet)|dropped|fell|rose|"
        r"score)",
    ),
    _aspect(
        "change",
        r"\b(?:changed?\b|different(?:ly)?|prevent|stays? away|happen again|recur|safeguard|repaired|improv|built|"
        r"done about|introduced|"
        r"so that this kind|watched since|is kept|automation works|brought in|made easy|taken into|done or offered|"
        r"work)",
        r"\b(?:added|wrote (?:a|an|the|down)|alert|alarm|monitor\w*|regression|checklist|since then|from then on|"
        r"from now on|ever since|"
        r"so that|never (?:happened|came|again)|not (?:come|happened|been) (?:back|again|since)|moved|changed|"
        r"introduced|automated|"
        r"replaced|rebuilt|rewrote|fixed|put (?:a|an|the)|started|stopped|split|now (?:we|i|every|the|always)|these "
        r"days|today|"
        r"every (?:week|month|day|time|morning|shift|monday)|instead)",
    ),
    _aspect(
        "effect",
        r"\b(?:did to|affected|badly|effect|impact|consequence|harm|at stake|meant for|it meant|what users saw|"
        r"would cost|was down|"
        r"that cost|risk for|for whom|worth to)",
        r"\b(?:(?:users?|customers?|clients?|patients?|people|orders?|payments?|payouts?|staff|guests?|team|nobody|"
        r"students?|children) "
        r"(?:\w+ ){0,2}(?:could(?: not|n't)|couldn't|were|was|had|lost|got|waited|saw|did(?: not|n't)|complained|"
        r"stopped|left|cannot|can't)|"
        r"lost (?:about|around|\d|money|orders|data|sales)|down for|stopped|outage|timed? out|slow(?:er|ed)?|"
        r"complain\w*|affected|"
        r"cost us|for (?:about |around )?\w+ (?:minutes|hours|days)|late|risk|danger\w*|worr\w+|waited)",
    ),
    _aspect(
        "outcome",
        r"\b(?:outcome|result|came (?:of it|out)|how (?:it|the \w+|this) (?:ended|went|turned|worked|was received|"
        r"served)|ended|resolved|"
        r"resolution|success|gained|got better|better|became|achieved|delivered|progress|in the end|turned out|"
        r"worked out|worked for|"
        r"stands now|responded|reacted|reaction|did afterwards|followed|hindsight|could do at the end|lasted|held\b|"
        r"went on|was kept|"
        r"what difference|listeners did|served|received|be used at work|used it)",
        r"\b(?:in the end|as a result|the result|finally|eventually|resolved|we (?:agreed|settled|decided|signed|"
        r"won|saved|shipped|kept)|"
        r"they (?:agreed|signed|renewed|stayed|accepted|bought|came back|were better)|(?:went|came|fell|dropped|"
        r"rose|grew|halved) "
        r"(?:up|down|from|to|back|home|by|live|on)|it (?:has |have )?(?:worked|shipped|went|held|paid|stopped|"
        r"stayed|was (?:fixed|"
        r"accepted|delivered|released|better))|up \w+ percent|which (?:saved|cut|meant|brought|fixed|stopped)|since "
        r"then|recovered|"
        r"renewed|closed|won|better|let the .{2,20} decide|has stayed|never again|complaints .{0,20}stopped|below|"
        r"settles|went home)",
    ),
    _aspect(
        "figure",
        r"\b(?:figures?|numbers?|metric|measur|quantif|percent|how much|how many|size|value of|how far|pace)",
        rf"\b{_NUMBER}\b|%",
    ),
    _aspect(
        "lesson",
        r"\b(?:they learn|was learned|learned (?:on|from|how)|lesson (?:learned|taken)|differently|takeaway|reflect|"
        r"hindsight|next time|do otherwise)",
        r"\b(?:i (?:have )?learn(?:ed|t)|took (?:from|away)|lesson|taught me|next time|since then|in hindsight|"
        r"looking back|"
        r"differently|i (?:now|realised|realized)|should have|from then on|these days|today|sooner|earlier)",
    ),
    _aspect(
        "listening",
        r"\b(?:listen|other (?:side|person|view|teams?)|(?:his|her|their) (?:view|reasons|needs)|reasons were|"
        r"empath|heard|both sides|"
        r"reaction was taken|doubts|objections?)",
        r"\b(?:i (?:\w+ ){0,2}(?:asked|listened|heard|understood|let (?:him|her|them))|asked (?:him|her|them|what|"
        r"why|how|whether|for)|"
        r"(?:he|she|they|it) (?:was|were|had|felt|thought|feared|wanted) (?:right|a point|worried|afraid|that|to)?|"
        r"(?:his|her|their) "
        r"(?:point|view|reasons?|worry|concern|argument|side|words)|sat down with|see it from|listened|feared)",
    ),
    _aspect(
        "wish",
        r"\b(?:wanted|needed?\b|needs|asked for|cared about|feared|hoped|had to do|was for\b|to be achieved|pressed "
        r"for|important (?:to|for)|"
        r"mattered|requested|goal|what .{3,25} was for)",
        r"\b(?:wanted|needed|asked (?:for|me|us)|cared|feared|hoped|had to|so that|in order to|goal|aim|important|"
        r"mattered|needs?\b|"
        r"wish(?:ed)?|worried|for (?:our|the|all|every) \w+|expected)",
    ),
    _aspect(
        "agreement",
        r"\b(?:agreed?|decision|decided|settled|reached|convinced|won over|compromise|was won|overcome|was met\b)",
        r"\b(?:agreed|decided|settled|decision|chose|kept|signed|compromise|convinced|both|together|we (?:then "
        r")?(?:did|went|took|let)|"
        r"vote|in the end)",
    ),
    _aspect(
        "conflict",
        r"\b(?:disagree|conflict|argu|dispute|tension|criticism|upset|concern was|refused|obstacle|resistance|held "
        r"(?:the|back)|difficult|"
        r"hard\b|unclear|unwelcome|bad news)",
        r"\b(?:disagreed|argued|wanted|insisted|refused|i thought (?:that|it|we)|on the other hand|whereas|instead|"
        r"but|too (?:risky|early|"
        r"late|expensive|slow)|cross|angry|upset|afraid|hard|difficult|unclear|problem|nobody|could not|couldn't|"
        r"worried|wrong)",
    ),
    _aspect(
        "telling",
        r"\b(?:told|tell|telling|inform|communicat|reported|explained|spoke|stakeholder|transparen|put, "
        r"respectfully|raised with|passed on|"
        r"handed on|talked about|was said|said or offered|the no was)",
        r"\b(?:(?:i|we) (?:\w+ ){0,2}(?:told|tell|informed|inform|wrote|write|called|call|e-?mailed|messaged|"
        r"explained|explain|apologi[sz]ed|"
        r"apologi[sz]e|admitted|reported|report|spoke|speak|talked|talk|updated|update|announced|warned|let .{2,20} "
        r"know|sat down|said|"
        r"filed|showed)|told (?:the|them|him|her|my|our)|filed a report|wrote it down)",
    ),
    _aspect(
        "help",
        r"\b(?:whom they (?:call|involved|won)|who (?:was|were) (?:involved|asked)|asked of|call(?:s|ed)? for help|"
        r"escalat|support from|involved|"
        r"who had a say|whose view|supporter|help was)",
        r"\b(?:(?:i|we) (?:\w+ ){0,2}(?:called|ask|asked|escalated|involved|paged|brought in|got|told|spoke to) "
        r"(?:\w+ ){0,2}(?:the|a|an|my|"
        r"our|for|in|another|him|her|them|everybody)|rapid response|on[- ]call|supervisor|manager|senior|charge|"
        r"doctor|physician|"
        r"colleagues?|in charge|team\b)",
    ),
    _aspect(
        "mistake",
        r"\b(?:mistakes?|error of|fault of their own|went wrong|failure of|wrong with|did not work|shortfall|fell "
        r"short)",
        r"\b(?:i (?:\w+ )?(?:deleted|forgot|missed|broke|misread|misjudged|sent|gave|made (?:a|an|the) |overlooked|"
        r"assumed|mixed|"
        r"underestimated|overestimated|shipped|pushed|dropped|lost|failed|should have|did not|didn't|promised|"
        r"ordered|entered|typed|waited)|"
        r"went wrong|wrong|failed|broke|too (?:late|early|slow|many|much)|did not work|didn't work)",
    ),
    _aspect(
        "reason",
        r"\b(?:why\b|reasons?\b|because|justif|rationale|trade-?off|weighed?|alternatives?|options|pros and cons|"
        r"compared with|criteria|"
        r"left out|chosen|assumption)",
        r"\b(?:because|since (?:it|we|the|i|they|he|she)|so that|in order to|the reason|otherwise|instead of|rather "
        r"than|trade-?off|"
        r"the downside|the cost|cheap(?:er|est)?|safer|riskier|too (?:risky|slow|expensive|late)|undercut|compared "
        r"(?:to|with)|"
        r"on the one hand|advantage|which would|could never|can never|dropped)",
    ),
    _aspect(
        "order",
        r"\b(?:priorit|urgen|by what the order|order was|put first|done first|steps?\b|smaller parts|in steps|"
        r"limited first|at once|each week|"
        r"broken into|planned it|first contact|triage)",
        r"\b(?:first|before|most (?:urgent|critical|important|serious)|sickest|then|after that|next|goes before|"
        r"priorit\w*|could wait|"
        r"can wait|deadline|at once|immediately|step|stayed with|rolled? back|stopped the|switched off|each (?:one|"
        r"time|week))",
    ),
    _aspect(
        "failure",
        r"\b(?:when (?:a|it|the) .{0,30}(?:fails?|times? out|goes wrong|breaks?)|when it fails|error handling|"
        r"failure modes?|edge cases?|"
        r"gets back|rolled back|bad release)",
        r"\b(?:(?:if|when) .{0,40}\b(?:fails?|failed|does(?: not|n't)|do(?: not|n't)|times? out|breaks?|is down|"
        r"crash\w*|cannot|can't|went wrong|"
        r"goes wrong)|retr(?:y|ies|ied)|fall ?back|roll(?:ed|s)? back|going back|pending|dead letter|time-?outs?|"
        r"circuit breaker|"
        r"could never|changed nothing|twice)",
    ),
    _aspect(
        "check",
        r"\b(?:(?:was|were|it is|is) (?:checked|tested|confirmed|verified|measured|matched)|verif|validat|"
        r"make(?:s)? sure|ensur|confirm|"
        r"how they know that|understanding was|had understood|without losing|contain the risk|handled or tested)",
        r"\b(?:check(?:s|ed)?|verif\w+|test(?:s|ed|ing)?\b|validat\w+|ma[dk]e sure|confirm\w*|compare[sd]?|"
        r"review\w*|read (?:\w+ )?back|"
        r"reconcil\w+|audit\w*|count(?:ed)?|measured|prove[dn]?|staging|canary|second (?:person|pair|nurse|look)|"
        r"both ways|again|"
        r"replays?|asked (?:him|her|them) to)",
    ),
    _aspect(
        "action",
        r"\b(?:they did|(?:was|were) done|did (?:themselves|personally)|own part|own (?:action|role|contribution)|"
        r"steps? they took|they dealt|"
        r"how they (?:handled|approached|solved|went about|planned|took)|was it solved|was solved|how (?:the|a) "
        r".{3,30} was (?:found and "
        r"reached|won|prepared|made clear))",
        structure.ACTION_SIGNS,
    ),
    _aspect(
        "cost",
        r"\b(?:what it cost|at what cost|easy way|easier way|own risk|gave up for)",
        r"\b(?:although|even though|could(?: have|'ve) |would(?: have|'ve) (?:been|known|noticed|done|seen)|"
        r"nobody would|embarrass\w*|not (?:\w+ )?(?:happy|pleased|easy|amused)|(?:was|were) cross|cross with|angry|"
        r"cost (?:me|us|\w+ )|lost|afraid|scared|ashamed|uncomfortable|hard|bonus|redo|overtime|in the evening|"
        r"took longer|easier|instead of|quietly|in my (?:first|second)|a risk|"
        r"had to (?:give|pay|write off|do it again))",
    ),
    _aspect(
        "setting",
        r"\b(?:concrete|specific|situation|context|background|scope|scale|came together|what happened|the problem "
        r"was|disagreement was|"
        r"criticism was|conversation was|the rule was|the finding was|plan had been|sources were|first idea|what "
        r"was (?:missing|wrong|down)|"
        r"who (?:the )?(?:listeners?|was)|what .{3,30} (?:was|were) about|evidence was|made (?:it|the) .{0,12}hard|"
        r"mistake of their own)",
        structure.SITUATION_SIGNS,
    ),
)
