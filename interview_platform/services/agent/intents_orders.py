"""Sentences that give the model orders, ask for what it must not tell, or ask how it goes. Read on plain words."""

from __future__ import annotations

import re

from interview_platform.services.agent import guard_marks

_GIVE = r"(?:give|assign|award|grant|put|write|set|mark|rate|score|record|report|rank)"
_INSTRUCT = re.compile(
    r"(?:\b(?:print|repeat|output|show|reveal|display|copy|recite|summari[sz]e|translate) (?:me )?(?:everything|"
    r"all|the (?:text|words|lines?)|"
    r"whatever|what is|what's) (?:\w+ ){0,3}?(?:above|before this|in your (?:context|prompt|memory|window))\b"
    r"|\b(?:you have|here are|these are|here come|follow(?: these| my| the)?|take|your) new (?:instructions?|rules|"
    r"orders|task)\b"
    r"|\btell me what (?:you|they) (?:want|expect|need|are looking for|would like)(?: me)?(?: to (?:hear|say))?\b|"
    r"\b(?:ignore|disregard|forget|override|bypass|skip|drop) (?:\w+ ){0,4}?(?:(?:previous|prior|earlier|above|"
    r"preceding|your|all|the|these|those|"
    r"any|system|former|other) )+(?:\w+ ){0,2}?(?:instructions?|prompts?|rules?|guidelines?|directives?|"
    r"constraints?|programming|orders|commands?|"
    r"rubric|criteria|training|restrictions?|safeguards?|context)\b"
    r"|\b(?:ignore|disregard|forget) (?:everything|all|anything) (?:\w+ ){0,3}?(?:above|before|said|told|prior|"
    r"previous)\b"
    r"|\byou are now (?:an?|my|in \w+ mode|in \w+ \w+ mode|called|named|no longer|free|dan|acting)\b(?! (?:point|"
    r"place|position))|\bfrom now on,? you\b|\b(?:act|behave|"
    r"respond|speak|talk|answer) as (?:if you|though you|an? "
    r"(?:\w+ ){0,3}?(?:assistant|ai|pirate|linux|terminal|recruiter|interviewer|dan|developer mode|evaluator|"
    r"candidate))"
    r"|\bpretend (?:to be|you|that you|this)|\b(?:enter|enable|switch to|activate|go into) (?:\w+ )?(?:developer|"
    r"debug|admin|god|dan|jailbreak|maintenance|test|root|sudo) ?mode"
    r"|^(?:\w+ ){0,2}?(?:system|developer|admin(?:istrator)?) (?:prompt|message|override|instructions?|"
    r"mode|note)\b(?! (?:for|of) (?:our|my|the|a)\b)|"
    r"^new (?:system )?instructions?\b|\byou(?:'re| are)(?: now)? my (?:\w+ )?(?:assistant|helper|servant|"
    r"slave|ghostwriter)\b|"
    r"\byou(?:'d| would|'ll| will| are going to|'re going to) (?:\w+ )?(?:give|mark|rate|score|grade|pass|"
    r"recommend) (?:me|my)\b|"
    r"\b(?:write|compose|make|say|draft) (?:me |for me |up )*(?:the|a|an) (?:\w+ )?(?:ideal|perfect|best|"
    r"top|model|right) answer\b|\bjailbreak\b"
    r"|\b(?:show|tell|give|reveal|print|read|repeat|output|display|share|list|recite|expose|leak|send|"
    r"summari[sz]e)(?: to)? (?:me |us |out |back )?(?:\w+ ){0,3}?"
    r"(?:your |the |this )(?:\w+ ){0,3}?(?:prompts?|instructions?|rubric|scoring (?:criteria|rules|guide|sheet|"
    r"key)|expected (?:answers?|points)|"
    r"model answers?|answer key|evaluation (?:criteria|sheet|guide)|guidelines|configuration|hidden (?:text|rules|"
    r"criteria)|checklist|marking scheme)\b"
    r"|\bwhat(?:'s| is| are| were| does| do) (?:\w+ ){0,2}?(?:your|the) (?:\w+ ){0,2}?(?:prompts?|instructions?|"
    r"rubric|scoring criteria|expected (?:answers?|points)|"
    r"model answers?|answer key|evaluation criteria|grading criteria|marking scheme|correct answer|right answer|"
    r"ideal answer|perfect answer|best answer)\b"
    r"|\bwhat (?:answer )?(?:are|were) you (?:looking for|hoping to hear|expecting|told|instructed|programmed)\b|"
    r"\bwhat (?:answer )?do you (?:want|expect|need) (?:me )?to (?:say|hear)\b"
    r"|\b(?:tell|give) me (?:\w+ ){0,2}?(?:the |a )?(?:correct|right|perfect|ideal|best|good|sample|model|"
    r"example) answer\b|\banswer (?:it|this|that|the question) for me\b"
    rf"|\b{_GIVE} (?:me|this (?:candidate|answer|interview|one|person)|my (?:answers?|interview|report|"
    rf"application)|the candidate|us|him|her|them|it) "
    r"(?:\w+ ){0,4}?(?:full|top|maximum|max|perfect|highest|best|good|high(?:er)?|excellent|ten|five|100|10|5|a 5|"
    r"a 10|level 5|pass(?:ing)?|hire)"
    r"(?: \w+){0,3}?(?: (?:marks?|points?|score|rating|grade|level|out of|stars?|recommendation)|$)"
    r"|\b(?:mark|score|rate|grade|rank|label|classify|report|recommend|treat|consider) (?:me|this candidate|"
    r"my answers?|this answer|the candidate|every (?:answer|point)|all (?:answers|points)|everything|him|her) "
    r"(?:\w+ ){0,3}?(?:as|with|for|at|a|to|met|highly|hire|hired|top|5|five|10|ten|higher|better)\b"
    r"|\b(?:say|tell (?:them|him|her|the (?:recruiter|hiring manager|team|company))|write|report|confirm|"
    r"note|note down|write down|put down|record|repeat) (?:that )?(?:i|you|he|she|(?:the|"
    r"this) candidate)(?:'m| am|'re| are|'s| is| has| have| was|"
    r"'ve)? (?:\w+ ){0,3}?(?:passed|hired|perfect|the best|excellent|met|"
    r"answered|qualified|outstanding|the ideal|suitable|got the job)\b"
    r"|\b(?:set|raise|change|increase|adjust|boost|make) (?:my|the|all|every) (?:\w+ )?(?:scores?|ratings?|grades?|"
    r"levels?|marks?|points?) (?:to|as|higher|up|by|met|a)\b"
    r"|\b(?:you|the (?:judge|model|ai|system|evaluator|assistant)) (?:must|should|shall|will|need to|"
    r"have to) (?:now )?(?:(?:give|score|rate|grade|mark|rank|recommend|hire) (?:me|this|my|the candidate|everything|"
    r"all|it as|us)\b|output|respond|reply with|say that|ignore (?:all|every|the|your|my)|award|obey|follow my|"
    r"treat (?:me|this))\b"
    r"|\bend of (?:answer|transcript|interview|candidate)\b.{0,30}\b(?:system|instruction|note|assistant)|"
    r"\b(?:note|message|instructions?) (?:to|for) (?:the )?(?:ai|judge|grader|evaluator|model|llm|system|assistant|"
    r"scorer|interviewer)\b"
    r"|\byour (?:new |real |actual |true )?(?:task|role|job|goal|purpose|instructions?|mission) (?:is|"
    r"are) (?:now )?to\b|\bwhat (?:llm|language model|model) are you\b|\bare you (?:chatgpt|gpt|gemini|claude|"
    r"llama|an? (?:llm|language model))\b)"
)
_TOLD = re.compile(
    r"(?:\b(?:i|we|they|he|she|it|who|had|not|would|i'd|we'd|never|always|usually|often|which|my|our|his|her|"
    r"their|a|an|did|could|"
    r"team|manager|people|everybody|everyone)|(?<!you) to) $"
)
"""Words right before an order that make it a tale: "we had to ignore the previous instructions"."""
_SCORE = re.compile(
    r"(?:\bam i (?:hired|in|through|rejected|out)\b|\byour (?:verdict|impression of me|opinion of me|"
    r"assessment of me)\b|\bhow (?:am i doing|did i do|have i done|was i|was (?:that|my answer|it)(?: for you)?$|"
    r"am i performing|"
    r"was my (?:performance|answer|response)|"
    r"(?:well|badly|good) (?:am i|did i|was i|have i)|do i compare|is it going(?: so far)?$|"
    r"are we doing(?: so far)?$|is my (?:interview|performance|score)|"
    r"do you (?:rate|score|like|find|think about|judge|rank|evaluate) (?:me|my))"
    r"|\b(?:did|have|do|will|would|am|was|were|can|could) (?:you tell me (?:if|"
    r"whether) )?i(?: going to)? (?:\w+ )?(?:pass(?:ed|ing)?|fail(?:ed|ing)?|get(?:ting)? (?:the|this) (?:job|"
    r"position|role|offer)|"
    r"got (?:the|this) (?:job|position|role)|be hired|get hired|make it(?: to the next round)?$|good enough|"
    r"the right (?:person|candidate|fit)|a good (?:fit|candidate|match)|"
    r"do(?:ing)? (?:(?:this|it|that|everything) )?(?:right|correctly|wrong|well|okay|ok|good|alright|"
    r"fine|badly|better)|"
    r"answer(?:ing|ed)? (?:that |it |this |everything |the question )?(?:well|correctly|right|ok|okay)|right$|"
    r"correct$|on the right track)"
    r"|\b(?:was|is|were) (?:that|this|it|my (?:\w+ ){0,2}?answers?|those)(?: answers?)? (?:a |an |the )?(?:good|"
    r"right|correct|"
    r"okay|ok|wrong|bad|enough|fine|acceptable|satisfactory|what you (?:wanted|expected|were looking for|want))"
    r"(?: (?:answer|response|so far|enough|for you|one))*$"
    r"|\bwhat(?:'s| is| was| will be| would be| are) my (?:\w+ )?(?:scores?|ratings?|grades?|results?|marks?|"
    r"points?|chances?|odds|rank(?:ing)?|evaluation|assessment|performance|level)\b"
    r"|\b(?:can|could|would|will) you (?:please )?(?:tell|give|show|share) (?:me |"
    r"us )?(?:with me )?(?:\w+ ){0,2}?(?:my |the |some |any |a )?(?:\w+ )?(?:score|rating|grade|result|feedback|"
    r"evaluation|assessment|verdict|marks)\b"
    r"|\b(?:tell|give|show) me (?:my|the|some|a) (?:\w+ )?(?:score|rating|grade|result|feedback|evaluation|"
    r"assessment|verdict|marks)\b"
    r"|\b(?:do|did) you (?:like|think|feel|believe) (?:\w+ )?(?:my answers?|i (?:did|have|am|was|will|passed)|"
    r"that was (?:a )?(?:good|right|ok|okay|fine))"
    r"|\bhow many points\b.{0,20}\bi\b|\bwhat did you think (?:of|about) (?:my|that|this)\b|"
    r"\bany feedback (?:for me|on my|so far|about my))"
)


_ROLE = re.compile(
    r"\s*[\[<#*\"']*(?:system|assistant|developer|administrator|admin|user|ai|instruction|"
    r"override)\s*[\]>*]*\s*:",
    re.I,
)


def speaks_as_system(sentence: str) -> bool:
    """Whether a sentence is marked as a message of the machine's own: "System: …"."""
    return bool(_ROLE.match(sentence))


def instruct(words: str) -> bool:
    """An order to the model, or a wish for the prompt, the rubric, or the right answer."""
    if guard_marks.wishes_marks(words):
        return True
    return any(not _TOLD.search(words[: found.start()]) for found in _INSTRUCT.finditer(words))


def score(words: str) -> bool:
    """A wish to know how it goes."""
    return len(words.split()) <= 24 and bool(_SCORE.search(words))
