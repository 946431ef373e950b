"""Short utterances that ask something of the interview itself: repeat, a moment, skip, stop.

Whole sentences are matched, never parts: "I would not skip the tests" is an answer.
"""

from __future__ import annotations

import re

from interview_platform.services.agent.intents_plain import plain

_OPENING = (
    r"(?:(?:um|uh|er|oh|ah|sorry|okay|ok|well|hmm|so|yeah|yes|no|actually|honestly|please|thanks|thank you|"
    r"excuse me|hi|"
    r"hello|hey|i'm sorry|i am sorry|i'm afraid|i think|maybe|perhaps|just|then|right|but|and|wait|look|"
    r"you know what|"
    r"to be honest|i mean|i would say|i'd say|i guess|i suppose|for now|if possible|if that's okay|"
    r"(?:that's a )?good question|great|alright|"
    r"all right)\s+)*"
)
_ASKING = (
    r"(?:(?:can|could|may|might|shall|should|would|will)\s+(?:you|we|i)\s+(?:please\s+|just\s+|maybe\s+|kindly\s+|"
    r"possibly\s+|perhaps\s+)*(?:be able to\s+)?"
    r"|(?:would|do)\s+you\s+mind\s+(?:if (?:i|we)\s+)?|let's\s+(?:just\s+)?|let\s+us\s+"
    r"|(?:i|we)\s*(?:'d|'ll|\s+would|\s+will)?\s+(?:like|want|need|prefer|wish|have)\s+(?:you\s+)?(?:to\s+)?"
    r"|i(?:'ll| will|'m going to| am going to|'m gonna)\s+|i(?:'d| would)? rather\s+|is it (?:okay|ok|possible|"
    r"alright|all right|fine) (?:if (?:i|we)|to)\s+)?"
)
_CLOSING = (
    r"(?:\s+(?:please|thanks|thank you|for me|again|now|here|if possible|if i may|if you can|if you could|"
    r"if that's okay|"
    r"if you don't mind|if that is okay|if that's ok|if that's fine|if that's alright|is that okay|is that ok|"
    r"is that fine|"
    r"one more time|once more|a second time|sorry|then|today|about it|about that|about this|okay|ok|at the moment|"
    r"for a (?:bit|moment|second)|quickly|actually|to be honest|really|right now|for now|at all|though|honestly))*"
)

_THIS = (
    r"(?:that|it|this|the question|the last question|that question|this question|this one|that one|your question|"
    r"the last part|that last part|the end|the last bit|what you (?:just )?(?:said|asked))"
)
_TIME = (
    r"(?:moment|minute|second|sec|bit|little time|little while|little bit|few seconds|few moments|"
    r"couple of seconds|couple of minutes|seconds|minutes|moments)"
)
_CORES: tuple[tuple[str, str], ...] = (
    (
        "rephrase",
        rf"(?:rephras(?:e|ing)(?: {_THIS})?"
        rf"|(?:put|say|word|ask|explain|phrase|express)(?: me)?(?: {_THIS})? (?:in )?(?:another way|a different way|"
        r"differently|in other words|other words|simpler (?:words|terms|english)|simple (?:words|terms|english)|"
        r"plain(?:er)? (?:words|english)|easier words|more simply|simpler|more clearly|more plainly|a simpler way|"
        r"a bit simpler|different words|easy words)"
        rf"|(?:simplify|clarify|explain)(?: to me)?(?: {_THIS})?(?: (?:a bit|a little|further|better|more))?"
        r"|what do you mean(?: by (?:that|this|the question|your question))?|what does (?:that|this|it) mean"
        r"|what exactly (?:do you mean|are you asking)(?: me)?|what are you asking(?: me)?(?: exactly)?"
        r"|what is (?:that|this) (?:question )?supposed to mean"
        rf"|i (?:don't|do not|didn't|did not|can't|couldn't) (?:quite |really |fully |totally )?(?:understand|get|"
        rf"follow)"
        rf"(?: {_THIS}| you| what you (?:mean|said|asked|want)| what you're asking| what you are asking)?"
        r"|i (?:don't|do not|didn't|did not|can't|cannot|not|no) (?:quite |really )?(?:understand|know|"
        r"get) (?:(?:the|this|that|your) )?"
        r"(?:word|question|term|meaning|expression|sentence)(?: \w+){0,3}"
        r"|say (?:it |that |this )?(?:more |a bit |a little )*(?:simple|simpler|simply|easy|easier|clear|clearer)"
        r"|what means (?:that|this|it|\w+)|i not (?:understand|know what you mean)"
        r"|i'?m not (?:quite |really )?(?:sure|certain) (?:i understand(?: what you (?:mean|want|ask))?|"
        r"i understood|i follow|i got|what you mean|"
        rf"what you're asking|what you are asking|what that means|what you want)(?: {_THIS})?)",
    ),
    (
        "repeat",
        rf"(?:repeat(?:ing)?(?: {_THIS})?(?: for me)?|(?:say|saying) {_THIS}(?: again)?|"
        rf"ask(?:ing)?(?: me)? {_THIS} again"
        rf"|(?:hear|read|read out) {_THIS}(?: again)?|run {_THIS} by me again|go over {_THIS}(?: again)?"
        r"|come again|pardon(?: me)?|i beg your pardon|say again|again|what|huh|sorry|excuse me|what did you say"
        r"|what(?: was|'s| is) (?:that|it|the question|your question|this question)(?: again)?"
        r"|what did you (?:just )?(?:say|ask)(?: me)?|(?:one|once) more time|once again|once more"
        r"|i(?:'ve| have)? (?:forgot|forgotten|forget|lost) (?:the|your|that) question|i(?:'ve|"
        r" have)? lost you(?: there)?"
        rf"|i (?:didn't|did not|couldn't|could not|don't|can't|cannot) (?:quite |really |properly )?"
        rf"(?:catch|hear|make out)(?: {_THIS}| you)?(?: (?:properly|well|clearly))?"
        r"|i missed (?:that|it|the question|the last part|the end|what you said|part of that|some of that)"
        r"|you (?:cut out|broke up|are breaking up|were cut off|froze)|the (?:sound|audio|line) (?:cut out|dropped|"
        r"froze))",
    ),
    (
        "moment",
        rf"(?:(?:give me |take |wait |have )?(?:just )?(?:a|one|another|half a|another few|two|three|five|ten|"
        rf"twenty|thirty|sixty|\d+|some) (?:quick |short |brief )?{_TIME}"
        r"(?: to (?:think|collect (?:my|some) thoughts|gather my thoughts|breathe|get (?:some|a glass of) water|"
        r"drink))?"
        r"|let me (?:just )?think|think(?: for)?(?: (?:about (?:it|that|this)(?: for)? )?a (?:moment|minute|second|"
        r"bit))?"
        r"|hold on|hang on|wait|pause(?: (?:for )?a (?:moment|second|minute))?|take a (?:short |quick |"
        r"little )?(?:break|pause)"
        r"|a (?:short |quick |little )?(?:break|pause)|(?:some|a little|a bit of|more|a bit more|a little more) time"
        rf"(?: to think(?: (?:about )?{_THIS})?)?"
        r"|let me think (?:for a (?:moment|minute|second|bit)|about (?:that|it|this)(?: for a (?:moment|second|"
        r"minute|bit))?)"
        r"|let me (?:just )?(?:see|collect my thoughts|gather my thoughts|take a breath)"
        r"|(?:that's|that is|this is) a (?:good|hard|tough|difficult|tricky|interesting) (?:question|one)"
        r"|(?:a )?(?:good|hard|tough|difficult|tricky|interesting) question"
        r"|how (?:do|should|can|shall) i (?:say|put|phrase|explain|describe) (?:it|this|that)"
        r"|where (?:do|should|shall|can) i (?:start|begin)|i'?m (?:still )?thinking|thinking|bear with me)",
    ),
    (
        "skip",
        rf"(?:skip(?:ping)?(?: {_THIS})?|keep {_THIS} (?:to myself|private|confidential)|pass(?: on {_THIS})?|"
        rf"i'?ll pass(?: on {_THIS})?"
        r"|(?:go |move |jump )?(?:on |straight )?(?:to |have )?the next (?:question|one)"
        rf"|next(?: question| one)?|mov(?:e|ing) on|go(?:ing)? on|go ahead|leave {_THIS}(?: (?:out|aside|be))?"
        rf"|(?:rather|prefer) not(?: to)?(?: (?:answer|say|talk about|discuss|respond to|go into|get into|share|"
        rf"speak about)"
        rf"(?: (?:any ?)?more(?: about)?)?(?: {_THIS})?)?|not(?: to)? (?:answer|say|talk about|discuss|go into|"
        rf"respond to)(?: {_THIS})?|no comment(?: on {_THIS})?"
        rf"|i (?:don't|do not|won't|will not|can't|cannot|am not going to|refuse to) (?:want to |wish to |like to |"
        rf"feel "
        rf"comfortable )?(?:answer(?:ing)?|talk(?:ing)? about|discuss(?:ing)?|respond(?:ing)? to|say(?:ing)?|go into)"
        rf"(?: {_THIS})?|i'?m not (?:comfortable |happy )?(?:going to )?(?:answer(?:ing)?|talk(?:ing)? about|"
        rf"discuss(?:ing)?)"
        rf"(?: {_THIS})?|i refuse(?: to answer)?(?: {_THIS})?|come back to {_THIS} later"
        r"|(?:that's|that is|this is) (?:too |strictly )?(?:private|personal|confidential))",
    ),
    (
        "end",
        r"(?:(?:stop|end|finish|quit|leave|abort|cancel|terminate|close)(?:ping|ing)? (?:the|this|our) "
        r"(?:interview|call|conversation|session)"
        r"|stop(?: right)?(?: (?:it|this))?|end(?: it| this)?(?: right)?|quit|i(?:'m| am) (?:done|out|leaving|"
        r"finished)"
        r"(?: with (?:this|the) interview)?|withdraw(?: my application)?|i(?:'ve| have) had enough(?: of this)?"
        r"|i (?:have to|need to|must|gotta|got to) (?:go|leave|stop|hang up)|hang up|stop interviewing me"
        r"|i (?:don't|do not) want to (?:do this|continue|go on|carry on)(?: any ?more| any longer)?"
        r"|not (?:continue|go on|carry on|do this)(?: any ?more)?|that's enough)",
    ),
    (
        "answered",
        r"(?:i (?:don't|do not|can't|cannot|not) (?:remember|recall|know|say|think of) (?:any ?)?(?:more|further)"
        r"(?: (?:than that|about (?:it|that)|words?|words? for (?:it|that|this)))?"
        r"|(?:there is|there's) nothing (?:more |else )?to (?:add|say)(?: to (?:it|that|this))?"
        r"|(?:as |like )?i(?:'ve| have)? (?:already |just )+(?:said|told you|answered|explained|mentioned|"
        r"covered|talked about|"
        rf"spoke about|spoken about|described|done)(?: {_THIS})?(?: (?:already|before|earlier|just now|"
        rf"a minute ago))*"
        rf"|(?:as |like )?i(?:'ve| have)? (?:said|told you|answered|explained|mentioned|"
        rf"covered)(?: {_THIS})? (?:already|before|"
        rf"earlier)"
        r"|(?:that's|that is) (?:what i (?:just )?(?:said|told you)|the same question|all i have)"
        r"|(?:that(?:'s| is| was)|this is) (?:really |pretty much |basically |about )?(?:it|all|everything|"
        r"the whole (?:of it|story|thing))(?: (?:i (?:have|can say|know|remember)|about (?:this|that|it)(?: one)?|"
        r"there is(?: to (?:it|say))?|"
        r"from my side|from me|on that|to it))*"
        r"|(?:you(?:'ve| have)? (?:already )?asked (?:me )?(?:that|this)(?: already| before)?)"
        r"|nothing (?:more |else )?(?:to add|more|else)(?: (?:to that|really))?"
        r"|i (?:have|'ve got|'ve|got) nothing (?:more |else )?to (?:add|say)(?: (?:to that|about that|really))?)",
    ),
    (
        "dont_know",
        r"(?:i (?:really |just |honestly |actually |simply )?(?:don't|do not|wouldn't|would not) (?:really |"
        r"actually )?"
        rf"(?:know|remember|recall)(?: (?:{_THIS}|the answer(?: to (?:that|this))?|how to answer(?: {_THIS})?|"
        rf"what to say|"
        r"anything about (?:that|it|this)|enough about (?:that|it|this)|right now))?"
        r"|(?:i have |i've got |i've )?(?:absolutely |really )?no (?:idea|clue)|i(?:'m| am)? not (?:really |quite |"
        r"too |so )?sure"
        r"(?: (?:about (?:that|it|this)(?: one)?|what to say|how to answer(?: that)?))?|dunno|i dunno"
        r"|i (?:can't|cannot|can not|couldn't|could not) (?:really |honestly )?(?:think of|remember|recall|answer|"
        r"come up with)"
        r"(?: (?:one|any|anything|an example|any example|a situation|a time|that|it|right|something))*"
        r"|i(?:'ve| have)? (?:never|not) (?:really )?(?:done|had|experienced|faced|been in|dealt with|come across) "
        r"(?:that|this|it|one|anything like that|such a (?:thing|situation|case)|a situation like that)(?: (?:yet|"
        r"before))?"
        r"|i (?:don't|do not|haven't|have not) (?:really )?(?:have|had|got|have got) (?:an|any|a good|a real|"
        r"such an|much|a) "
        r"(?:example|answer|experience|idea|clue)(?: (?:for|of|with|about|to|on|in) (?:that|this|it))?"
        r"|nothing comes to mind|my mind (?:is|went|has gone|'s gone|just went) blank|i(?:'m| am) drawing a blank"
        r"|i draw a blank|i(?:'m| am) blanking)",
    ),
)
MOST_REASON_WORDS = 18
_REASON = re.compile(r"[,;:–—-]\s+|\s+(?=(?:because|since|as|for reasons|due to)\b)")
_BUT = re.compile(
    r"\b(?:but|however|instead|though|"
    r"so i(?! (?:can't|cannot|can not|won't|must not|may not|prefer|would rather|am not)\b)|then|what i can)\b"
)
_REQUESTS = [(name, re.compile(f"{_OPENING}{_ASKING}{core}{_CLOSING}")) for name, core in _CORES]
_ONLY_POLITE = re.compile(
    r"(?:(?:um|uh|oh|sorry|okay|ok|well|so|yeah|yes|hi|hello|hey|please|thanks|thank you|right|excuse me|alright|"
    r"all right|"
    r"actually|then|sure|great|good|nice|cool|fine|i see|no problem|very much|a lot|there|you know|really|"
    r"i'm sorry|i am sorry|my apologies|apologies|quick question|(?:just )?(?:one|a) (?:quick |small |"
    r"short )?question|"
    r"(?:i )?(?:have )?(?:a|one|another) (?:quick |small |short )?question(?: (?:for you|first|from me|about that))?|"
    r"(?:for |about )?my (?:bad |poor )?english|(?:thank you|thanks) for (?:waiting|your patience|asking|"
    r"the question|your understanding|that|your time)|"
    r"good morning|good afternoon|before (?:we (?:start|begin|go on|move on)|i (?:answer|start|begin))|by the way|"
    r"i was wondering|"
    r"let me ask you something)"
    r"\s*)+"
)

_HESITATING = r"(?:(?:um|uh|oh|well|okay|ok|so|sorry|hmm|actually)\s+)*"
_GO_ON = (
    r"(?:let's |let us |i(?:'d| would)? (?:want|like|rather) to |we can |i can |please )?(?:go on|carry on|"
    r"continue|keep going|"
    r"proceed|keep on|move on)(?: (?:with (?:the interview|it|this)))?|don't|i(?:'m| am) (?:okay|ok|fine|good|"
    r"better|all right)"
    r"(?: (?:now|to (?:go on|continue|carry on)))?|i'll (?:stay|go on|continue|try)|let's (?:try|go)|not yet|"
    r"it's (?:okay|ok|fine)"
)
_YES = re.compile(
    rf"{_HESITATING}(?:yes|yeah|yep|sure|correct|absolutely|definitely|of course|i do|do it|please do|that's right|"
    rf"i would|"
    r"(?:end|stop) it|please|yes i do|(?:please )?stop(?: (?:here|now|for today))?|(?:please )?end(?: (?:here|now))?)"
    r"(?: (?:yes|yeah|please|thanks|thank you|i do|i would|i want to|now|here|(?:end|stop)(?: it| here| now)?))*"
)
_NO = re.compile(
    rf"{_HESITATING}(?:no|nope|nah|not really|{_GO_ON})(?: (?:no|please|thanks|thank you|not really|now|{_GO_ON}))*"
)
_SURELY = re.compile(
    rf"{_HESITATING}(?:yes|yeah|yep)(?: (?:i'm|i am|quite|very|absolutely|completely|really|sure|certain|"
    r"i|do|want|to))+"
)
_NO_QUESTIONS = re.compile(
    rf"{_HESITATING}(?:(?:no|nope|nah|none|nothing|not really|not right now|not at the moment|not for now|not yet|"
    r"no i (?:don't|do not|think (?:i'm|i am) (?:good|fine))|i (?:don't|do not)(?: think so| have any(?:thing)?)?|"
    r"no(?:ne| more| further| other)? questions?|nothing (?:else|more|comes to mind|from me|from my side)|"
    r"(?:that's|that is|that was|that would be) (?:all|it|everything|the whole of it)|(?:i'm|i am) (?:good|fine|"
    r"okay|ok|all set|"
    r"all good)|"
    r"(?:i think )?everything (?:is|was|'s) clear|all (?:is |was )?(?:clear|good)|you(?:'ve|"
    r" have)? answered (?:everything|all|"
    r"it|them)(?: already)?|"
    r"i think (?:that's|that is) (?:all|it|everything)|i think i'm (?:good|fine|all set)|that covers it|for me|"
    r"from me|"
    r"i (?:don't|do not) have (?:any )?(?:more |other |further )?questions?|i have no (?:more |other |"
    r"further )?questions?|"
    r"thank you|thanks|very much|so much|for your time|for (?:the|this) (?:interview|opportunity|chance)|bye|goodbye|"
    r"have a (?:nice|good|great) day|it was (?:nice|good|great|a pleasure)(?: (?:talking|speaking) (?:to|with) you)?|"
    r"nice (?:talking|speaking) (?:to|with) you|at the moment|right now|for now|from my side|really|okay|ok|great|"
    r"cool|all|"
    r"perfect|wonderful|i'm good|that's helpful|good to know)\s*)+"
)


def request(words: str) -> str:
    """Which request the plain words of a sentence are; empty when they are none."""
    if len(words) > 160 or words == "uh huh":
        return ""
    return next((name for name, pattern in _REQUESTS if pattern.fullmatch(words)), "")


def refusal_with_reason(sentence: str) -> bool:
    """A refusal that says why: "I would rather not talk about that, I signed an agreement"."""
    head, _, tail = _REASON.sub("\n", sentence, count=1).partition("\n")
    why = plain(tail)
    if not why or len(why.split()) > MOST_REASON_WORDS or _BUT.search(why):
        return False
    return request(plain(head)) == "skip"


def fills_time(words: str) -> bool:
    """Whether polite words alone are no answer: "I am sorry", "okay, thank you"; "yes" and "no" may be one."""
    said = set(words.split())
    return bool(said & {"sorry", "okay", "ok", "thank", "thanks", "hello", "hi", "hey"}) and not said & {
        "yes",
        "no",
        "yeah",
    }


def polite(words: str) -> bool:
    """Whether plain words only greet, thank, or announce that a question comes."""
    return len(words) <= 120 and bool(_ONLY_POLITE.fullmatch(f"{words} "))


def confirmation(words: str) -> str:
    """`yes` or `no` to a question of the agent's about how to go on; empty when neither."""
    if len(words) > 120:
        return ""
    if _NO.fullmatch(words):
        return "no"
    return "yes" if _YES.fullmatch(words) or _SURELY.fullmatch(words) else ""


def no_questions(words: str) -> bool:
    """Whether plain words say that there is no (further) question."""
    return len(words) <= 160 and bool(_NO_QUESTIONS.fullmatch(f"{words} "))
