"""Questions back and corrections, told from answers that only look like them.

People ask themselves questions while they tell something ("What did we do? We rolled it back."), so a question counts
where it stands alone or last, and where it is about the job, the employer or the question that is open.
"""

from __future__ import annotations

import re

_LEAD = (
    r"(?:(?:um|uh|oh|ah|sorry|okay|ok|well|so|and|but|also|yeah|yes|no|hi|hello|hey|right|then|actually|just|"
    r"please|thanks|thank you|excuse me|"
    r"by the way|before (?:i (?:forget|answer|start)|we (?:go on|start|continue|move on|begin))|quick question|"
    r"maybe|first|first of all|"
    r"(?:i(?:'ve| have)? )?(?:just )?(?:have |had |got )?(?:a |one |another )(?:\w+ )?question|"
    r"can i ask(?: you)?(?: something)?|could i ask(?: you)?(?: something)?|"
    r"may i ask(?: you)?(?: something)?|let me ask(?: you)?(?: something)?|i was wondering|i(?:'d|"
    r" would) like to (?:know|ask)|i wanted to (?:know|ask)|i want to (?:know|ask)|"
    r"i(?:'m| am) (?:just )?(?:curious|wondering)(?: about)?|out of curiosity|one (?:more |last )?thing|on that|"
    r"for my understanding|"
    r"do you know|can you tell me|could you tell me|would you tell me|can you (?:say|explain)|could you (?:say|"
    r"explain)|what i(?:'d| would) like to know is|"
    r"great|nice|cool|perfect|interesting|alright|all right|if i may|if i may ask|since you ask|from (?:me|my side|"
    r"us)|for you|too|as well|on my side|there is one|"
    r"there's one|in that case)\s+)*"
)
_AUX = (
    r"(?:is|are|do|does|can|could|may|might|will|would|should|shall|has|have|am|was|were|did|had|isn't|aren't|"
    r"don't|doesn't|can't|won't|"
    r"wouldn't|shouldn't|haven't|hasn't|didn't|wasn't|weren't)"
)
_SUBJECT = (
    r"(?:i|you|we|they|he|she|it|this|that|these|those|there|the|a|an|my|your|our|their|its|everyone|everybody|"
    r"anyone|anybody|someone|somebody|"
    r"people|other|all|any|somebody's|employees|candidates|new|remote|interviews?|answers?|most|it's|working|"
    r"overtime|"
    r"weekends?|shifts?|parking|training)"
)
_INVERTED = re.compile(
    rf"{_LEAD}(?:(?:what|who|whom|whose|when|where|why|which|how)(?: (?:kind|sort|type|part|parts|number|amount|"
    rf"level|size|time|percentage)(?: of)?| much| many| long| often|"
    rf" big| large| soon| far| old| exactly| else| about| come| well| early| late| quickly| fast)?(?: (?!i\b|we\b|"
    rf"you\b|they\b|he\b|she\b|it\b|happened\b|worked\b|helped\b|matters\b|mattered\b|made\b|had\b|really\b|"
    rf"usually\b|people\b|used\b|there\b|the\b|an?\b|this\b|that\b|is\b|are\b|was\b|were\b|i'd\b|i've\b|"
    rf"we've\b)[\w-]+){{0,4}}? "
    rf"{_AUX}(?: not)? {_SUBJECT}\b"
    rf"|{_AUX}(?: not)? {_SUBJECT}\b"
    r"|(?:what|who|where|when|how|why)(?:'s|'re|'d| is| are) (?!(?:important|interesting|crucial|key|more|worse|"
    r"nice|funny|great|good|hard|difficult|really|also)\b)"
    r"|(?:who|what) (?:will|would|decides?|reads?|sees?|reviews?|watches|listens|happens|comes|makes|gets|works|"
    r"leads|runs|owns|can|has|evaluates?|judges?)\b(?! (?:was|were))"
    r"|(?:what|how) about (?:the|your|my|a|working|holidays?|remote|training|overtime|salary|pay|benefits|vacation)\b"
    r"|how (?:long|much|many|often|big|large|soon|far)\b"
    r"|why (?:not|are|is|do|does)\b|which \w+ (?:do|does|is|are|would|will|should)\b|any (?:idea|chance)\b)"
)
_INDIRECT = re.compile(
    rf"{_LEAD}(?:(?:i(?:'m| am) (?:just )?|i was (?:just )?)?(?:wondering|curious)(?: to know)? (?:if|whether|"
    rf"about|what|how|who|when|where|why|which)\b"
    r"|(?:i(?:'d| would) (?:like|love) to|i want(?:ed)? to|i(?:'d| would) be (?:interested|curious) to|"
    r"i need to) (?:know|ask|hear|learn|understand|find out)(?: (?:more|you|something|a bit|a bit more|from you))? "
    r"(?:if|whether|about|what|how|who|when|where|why|which|more|the)\b"
    r"|(?:can|could|would|will) you (?:please |maybe |also |just |quickly |briefly )*(?:tell|say|explain|describe|"
    r"share|give|clarify|talk)(?: (?:to|with))?(?: (?:me|us))?\b"
    r"|(?:please )?tell me (?:more |something |a bit |a little )*(?:about|what|who|how|when|where|why|which|if|"
    r"whether)\b(?! (?:a time|myself))"
    r"|(?:do|can) you (?:know|tell me|say) (?:if|whether|"
    r"what|how|who|when|where|why|which)\b"
    r"|(?:just )?(?:one|another|a|my) (?:\w+ )?question (?:is|would be|about)\b)"
)
_NOT_ASKED = re.compile(
    r"(?:(?:and |so |but |well |okay |right |like )*(?:you know(?: what (?:i mean|i'm saying))?|right|okay|ok|yeah|"
    r"why not|who knows|so what|what else|what can i say|isn't it|"
    r"guess what|know what i mean|do you know what i mean|does (?:that|this|it) (?:make (?:any )?sense|"
    r"answer (?:your|the) question|help|work|count)(?: for you)?|"
    r"do(?: you)? (?:see|get|understand) what i mean|is that (?:what you (?:meant|wanted|were asking|asked)|clear|"
    r"okay|ok|enough|alright|all right|fine)(?: (?:for you|then|now|so far|to hear|to know|about))*|"
    r"(?:should|shall|do you want me to|can) i? ?(?:go on|continue|elaborate|go into (?:more )?detail|say more|"
    r"explain (?:more|further|that))(?: (?:on|about) (?:that|this))?|"
    r"would you like (?:me to (?:go on|elaborate|continue|explain)|more detail|another example)(?: .{0,20})?|"
    r"can you imagine(?: that)?|would you believe(?: it)?|what more can i say|what do they say|"
    r"what(?:'s| is) (?:the|that) word|how do you (?:say|call)(?: (?:it|that))?|what do you call (?:it|that|them)|"
    r"what was (?:it|his name|her name|the name)(?: called)?|what was i saying|where was i|how shall i (?:say|"
    r"put)(?: it)?))"
)
_REPORTED = re.compile(
    r"\b(?:asked|asking|ask|said|says|say|thought|wondered|wondering|told|like|question(?:s)? (?:was|is|were|are|"
    r"like)|myself|ourselves|such as|being|answered|"
    r"them|him|her|the customer|the client|the patient|the team|questions)\s*$"
)
_TOPIC = re.compile(
    r"\b(?:salar\w*|pay|paid|compensation|bonus\w*|benefits?|holidays?|vacation|days off|remote\w*|home ?office|"
    r"work from home|hybrid|on ?site|relocat\w+|visa|sponsor\w*|"
    r"(?:the|your|this|that) (?:team|company|culture|role|position|job|office|contract|manager|boss|department|"
    r"product|tech stack|stack|codebase|organi[sz]ation|business|clinic|hospital|"
    r"school|ward|practice|hiring team|process|next steps?|interview|recruiter|employer|shifts?|hours|"
    r"working hours|salary|start date|budget|customers|clients|growth)|"
    r"team (?:size|members?)|part[ -]time|full[ -]time|permanent|overtime|on call|start(?:ing)? date|start work\w*|"
    r"when (?:do|would|could|can|should|will) i start|probation\w*|onboarding|career|promotion|next steps?|"
    r"hear back|hear from you|second interview|next round|final decision|who decides|my data|recording|recorded|"
    r"transcript|delete\w*|privacy|real person|human|ai\b|robot|dress code|parking|"
    r"report to|reporting line|travel|training budget|equipment|laptop|how (?:long (?:does|will|is|do) (?:this|the|"
    r"it|i have to)|many questions)|"
    r"questions? (?:are )?left|work here|working here|start here|join\w*)\b"
)
_PAST = re.compile(rf"{_LEAD}(?:(?:what|how|why|who|where|when|which)(?: \w+)? )?(?:was|were|did|had|wasn't|didn't)\b")
_CLARIFY = re.compile(
    r"\b(?:(?:(?:can|could|may|might|should|shall) i|am i allowed to|do i (?:have|need) to|must i|"
    r"would it be (?:okay|ok|"
    r"fine|possible|alright) (?:if i|to)|is it (?:okay|ok|fine|alright|possible|allowed) (?:if i|to|for me to)) "
    r"(?:\w+ ){0,3}?(?:use|take|pick|choose|give|talk about|speak about|answer|tell|mention|describe|name|share|be|"
    r"focus|include|refer|bring|think of|draw|say|explain|start|make (?:one )?up|invent|cover|discuss|go with)\b"
    r"|(?:do|did) you mean\b|(?:are|were) you asking\b|you mean\b|is (?:this|that|it|the question|"
    r"your question) (?:about|regarding|in (?:my|the|terms)|specific|only about|related|for|meant|supposed|"
    r"more about)\b"
    r"|does (?:it|that|this|the example) (?:have|need|matter|count|also|include)\b|do (?:i|you) (?:want|need|"
    r"have) (?:me )?(?:to )?(?:talk|speak|give|describe|a|an|it|some|something|my|only|just|the whole)\b"
    r"|do you want (?:me|an?|one|the|to|my|only|some|something|specific|examples?)\b|(?:should|must|can|may|"
    r"does) (?:it|this|that|the example) (?:be|come|count)\b"
    r"|(?:is|would|are) (?:a |an |my |the |one |some )?(?:\w+ ){1,5}(?:okay|ok|fine|enough|allowed|good enough|"
    r"acceptable|alright|all right|relevant|possible|suitable)(?: (?:too|as well|for you|here|for this|"
    r"as an example))?$"
    r"|how (?:long|detailed|much detail|many examples?|specific|deep|technical|far back|"
    r"recent)\b(?=.{0,40}\b(?:answer|be|you want|i go|should|example|it|want|need|expect|like)\b|$)"
    r"|what (?:kind|sort|type) of (?:\w+ )?(?:example|situation|project|problem|answer|experience|task|conflict|"
    r"mistake|change|feedback|risk|decision|case)s?\b|what level of detail"
    r"|what means? (?:this|that|the|it)\b|what (?:do you mean|is meant|exactly is|counts?|"
    r"does .{2,40} mean)\b|what(?:'s| is) meant by|(?:in|from|at|"
    r"as|with) (?:which|what) (?:job|role|company|context|position|project|area|sense)\b"
    r"|which (?:job|project|company|role|one|of them|example|experience|position|part)\b(?=.{0,30}\b(?:should|"
    r"shall|do you|you|mean)\b|$))"
)
_TELLS = re.compile(
    r"(?:(?:and|so|but|then|because|well|okay|yes|no|first|maybe|also)\s+)*(?:i|we|he|she|they|my|our|his|her|"
    r"their|it|everybody|nobody|"
    r"people)\b"
)
_BY_WHAT = re.compile(
    r"\bwhat means?\b|\bwhat (?:do you mean by|does|is meant by|do you understand by|exactly (?:is|"
    r"does))\b|\bwhat(?:'s| is) (?:a|"
    r"an|meant by)\b|\bwhat counts\b"
)

_BEFORE = (
    r"(?:earlier|before|previously|a (?:minute|moment|while) ago|just now|at the (?:beginning|start)|(?:in|to|with|"
    r"for|on|about) (?:the|my|that) (?:very )?(?:first|second|third|fourth|fifth|sixth|last|previous|other|earlier) "
    r"(?:question|answer)|in (?:my|the) (?:answer|last answer|previous answer|first answer))"
)
_CORRECTION = re.compile(
    rf"(?:\b{_BEFORE}[, ]*(?:when )?(?:i|we) (?:had |have )?(?:said|told|mentioned|claimed|stated|gave|answered|"
    rf"wrote|talked|called|named|put)\b"
    rf"|(?<!as )(?<!like )\bi (?:had |have |just |also |think i )*(?:said|told you|mentioned|claimed|stated|answered|"
    rf"gave (?:you )?the)\b.{{0,80}}\b{_BEFORE}"
    r"|\bi (?:just )?(?:said|told you|mentioned|claimed|stated) .{1,60}\b(?:but (?:it|that|in fact|actually|"
    r"i meant|the (?:right|correct|real))|(?:that's|that was|which (?:is|was)|that is) (?:wrong|not (?:right|"
    r"correct|true|quite right)|a mistake|incorrect)|i meant|it should (?:be|have been)|it was actually|"
    r"actually it was)\b"
    r"|\bi(?: (?:need|want|have|would like|must|should)|'d like)(?: to)? (?:just )?(?:correct|fix|revise|amend|change|"
    r"take back|withdraw) (?:\w+ ){0,2}?(?:myself|something|what i said|that|my (?:\w+ )?answer|one thing|an? \w+|"
    r"the)\b"
    r"|\blet me (?:just )?(?:correct|fix|revise|amend|rephrase what i said|take back)\b(?! (?:the|this|"
    r"that) (?:code|bug|error)\b)|\bi (?:misspoke|made a mistake (?:earlier|before|in my answer|when i said)|"
    r"got (?:that|it|the \w+) wrong (?:earlier|before))"
    r"|\b(?:scratch|strike) that\b|\bi (?:got|had|told you) (?:\w+ ){0,3}?wrong (?:earlier|before)\b"
    r"|\bi (?:just )?(?:mixed up|confused|swapped) (?:up )?(?:the |those |these |my |two )*(?:\w+ )?(?:digits?|"
    r"numbers?|"
    r"figures?|names?|dates?|years?|months?|amounts?|companies|projects|them)(?: up)?(?= (?:earlier|before|there|"
    r"then)|$)"
    r"|\b(?:going|coming|to (?:go|come)) back to (?:the|my|what|that) .{1,50}?\b(?:it was|that was|i meant|was wrong|"
    r"should have (?:said|been)|actually)\b"
    r"|^(?:(?:and|so|sorry|oh|also|just|wait|um)\s+)*(?:(?:one|a|another|just a) )?(?:small |quick |minor |"
    r"little )?correction\b|\bi (?:was|"
    r"have been) wrong (?:earlier|before|about what i said|when i said)"
    r"|\b(?:can|could|may) i (?:just |quickly |please )?(?:correct|change|fix|revise|amend|"
    r"take back) (?:\w+ ){0,3}?(?:said|answer|myself|something|earlier|that|before)\b)"
)
_GO_BACK = re.compile(
    r"\b(?:(?:can|could|may|shall) (?:i|we) (?:please |just |quickly )?(?:go back|return|come back|jump back|"
    r"add something)(?: (?:to|on|about))?|(?:i(?:'d| would) like|i want(?:ed)?) to (?:go back|come back|return|"
    r"add (?:something|one thing|a point)|say (?:something|one more thing)) (?:to|on|about)|"
    r"going back to|coming back to|to come back to|back to|(?:about|on|regarding|concerning|as for|"
    r"with regard to) (?:the|my|your) (?:very )?(?:first|second|third|fourth|fifth|sixth|last|previous|"
    r"earlier) (?:question|answer))\b"
)
_VERB_FIRST = re.compile(rf"{_LEAD}{_AUX}\b")
_PLACE = re.compile(r"\b(first|second|third|fourth|fifth|sixth|seventh|last|previous) (?:question|answer|one)\b")


def asks(sentence: str, words: str) -> bool:
    """Whether a sentence is put as a question, by its words; a question mark helps."""
    if _NOT_ASKED.fullmatch(words):
        return False
    if "?" in sentence or "？" in sentence:
        return bool(_INVERTED.match(words) or _INDIRECT.match(words)) or _rising(words) or turns_aside(words)
    if len(words.split()) > 32:
        return False
    if _INDIRECT.match(words) and not words.startswith(("if ", "whether ")):
        return True
    return bool(_INVERTED.match(words)) and not _statement(words) and (not _VERB_FIRST.match(words) or _to_us(words))


def _to_us(words: str) -> bool:
    """Whether unmarked words that begin with a verb are about the listener, the speaker or the job, and no note."""
    return about_the_job(words) or bool(re.search(r"\b(?:you|your|i|we)\b", " ".join(words.split()[:6])))


def _rising(words: str) -> bool:
    """A short question by its tone alone: "And the salary?", "I can use one from university?"."""
    if clarifies(words) or len(words.split()) <= 4:
        return True
    return len(words.split()) <= 12 and not _TELLS.match(words)


def _statement(words: str) -> bool:
    """Unpunctuated words that begin like a question and then tell: "what I did was", "is what we tried"."""
    return bool(
        re.match(
            r"(?:and |so |but |well )*(?:what|how|where|when|why|which|who) (?:i|we|they|he|she|happened|really|"
            r"made)\b",
            words,
        )
        or re.match(
            r"(?:and |so |but |well )*(?:when|where|which|who) (?:is|are|was|were|has|had|the|a|my|"
            r"our)\b(?! (?:the|your) (?:office|team|company|interview))",
            words,
        )
        or re.search(
            r"\b(?:i|we) (?:(?!need\b)\w+ed|did|was|were|had|went|made|told|took|got|built|wrote|found)\b", words
        )
    )


def check_back(words: str) -> bool:
    """A phrase like "does that make sense?" that wants no answer."""
    return bool(_NOT_ASKED.fullmatch(words))


_TURNS_ASIDE = re.compile(
    r"(?:(?:oh|ah|and|so|well|anyway|sorry|yes|no) )*(?:by the way|speaking of|talking of|that reminds me|"
    r"(?:while|before) (?:i|we) (?:forget|think of it|go on)|while (?:i am|i'm|we are|we're) (?:at|on) it|incidentally|"
    r"on another note|(?:a )?different (?:topic|subject))\b"
)


def turns_aside(words: str) -> bool:
    """Whether a question is announced as one beside the matter: "by the way, …", "speaking of lunch, …"."""
    return bool(_TURNS_ASIDE.match(words))


def about_the_job(words: str) -> bool:
    """Whether a question is plainly about the job, the employer or what becomes of the interview."""
    return bool(_TOPIC.search(words)) and not _PAST.match(words)


def told_of(before: str) -> bool:
    """Whether the words before a question hand it over as somebody's: "and I asked him"."""
    return bool(_REPORTED.search(before))


def clarifies(words: str) -> bool:
    """Whether a question is about how to answer the one that is open."""
    return bool(_CLARIFY.search(words)) and not _TOPIC.search(words)


def asks_meaning(words: str) -> bool:
    """Whether it asks what a word of the open question means."""
    return bool(_BY_WHAT.search(words))


_POINTS_BACK = re.compile(
    r"\bi(?:'ve| have| had)? (?:just |already )*(?:told you|mentioned|said|talked|spoke)(?: about| of)? "
    r"(?:that|this|it)\b"
)
_TAKES_BACK = re.compile(r"\b(?:but|wrong|actually|not|meant|instead|correct\w*|mistake\w*|should have)\b")


def corrects(words: str) -> bool:
    """Whether a sentence takes back or changes something said before."""
    if _POINTS_BACK.search(words) and not _TAKES_BACK.search(words):
        return False
    return bool(_CORRECTION.search(words))


def goes_back(words: str) -> bool:
    """Whether a sentence turns to a question that was left."""
    return bool(_GO_BACK.search(words)) and bool(
        _PLACE.search(words) or "add " in words or "earlier" in words or "previous" in words
    )


def place_named(words: str) -> str:
    """The question named by its place: "first" … "seventh", "last", "previous"; empty when none is."""
    found = _PLACE.search(words)
    return found.group(1) if found else ""
