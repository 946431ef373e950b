"""What one sentence says beside the answer: distress, a need, an insult, an order to the model, a wish for the score.

Each pattern is read on plain words (see intents_plain). Made narrow: a sentence that tells of work stays an answer.
"""

from __future__ import annotations

import re

_NOW = (
    r"(?:just |right now |literally |actually |having |feeling |so |really |very |a bit |a little |pretty |quite |"
    r"kind of |too )*"
)
_KIN = (
    r"(?:father|mother|dad|mum|mom|brother|sister|son|daughter|child|baby|wife|husband|partner|friend|best friend|"
    r"grandmother|grandfather|grandma|grandpa|uncle|aunt|cousin|dog|cat|boyfriend|girlfriend|fiance|fiancee|parents)"
)
_LATELY = (
    r"(?:yesterday|today|last night|this (?:morning|week|month|weekend|afternoon)|last (?:week|weekend|month)|"
    r"just now|recently|"
    r"(?:a few|two|three|some|a couple of) (?:days|weeks|hours) ago|on (?:monday|tuesday|wednesday|thursday|friday|"
    r"saturday|sunday))"
)
_DISTRESS = re.compile(
    rf"\b(?:i(?:'m| am| think i'm| think i am) {_NOW}(?:a |an )?(?:panic(?:king)?(?: attack)?|anxiety attack|"
    rf"overwhelmed|crying|"
    r"in tears|shaking|trembling|dizzy|faint(?:ing)?|unwell|ill|sick|nauseous|not (?:feeling )?(?:well|good|okay|ok)|"
    r"struggling to breathe|breaking down|falling apart|freaking out|losing it|hyperventilating|"
    r"in (?:a lot of )?pain|"
    r"in shock|about to (?:faint|cry|throw up|be sick|pass out)|going to (?:faint|cry|throw up|be sick|pass out)|"
    r"terrified|devastated|grieving|suicidal|distressed)"
    r"(?! (?:of|about|when|if|at|that|to (?:see|hear|say)|by|with|leave|days?|pay|patients?|note)\b)"
    rf"|i (?:{_NOW})?feel(?:ing)? {_NOW}(?:sick|ill|dizzy|faint|unwell|nauseous|terrible|awful|overwhelmed|panicky|"
    rf"like crying|"
    r"like (?:i'm|i am) going to (?:faint|cry|throw up|pass out)|horrible|light ?headed|not (?:well|good|okay|ok))"
    r"(?! (?:when|about|if|that|whenever|every|for|because (?:the|my) (?:team|code|project))\b)"
    r"|i don't feel (?:well|good|so good|very well|too good|okay|ok)(?! (?:about|when|if|with)\b)"
    r"|(?:i(?:'m| am) )?having (?:a|an) (?:panic|anxiety|asthma|heart|migraine)(?: attack)?\b"
    r"|i can(?:'t|not) (?:breathe|stop (?:crying|shaking)|do this(?: right now| any ?more| today)?$|take (?:this|"
    r"it)(?: any ?more)?$|"
    r"go on(?: like this)?$|cope(?: (?:right now|any ?more|with this))?$|calm down)"
    r"|my (?:heart|chest) (?:is )?(?:racing|hurts|pounding|hurting)"
    rf"|(?:my|our) {_KIN}(?:'s| has| have)? (?:just )?(?:died|passed away|passed|was (?:killed|in an accident)|"
    rf"is dying|"
    rf"is in (?:the )?(?:hospital|intensive care)|had (?:an accident|a stroke|"
    rf"a heart attack))(?: \w+){{0,3}} {_LATELY}"
    rf"|(?:my|our) {_KIN}(?:'s| has| have)? (?:just (?:died|passed away|had (?:an accident|a stroke|a heart attack)))"
    rf"|{_LATELY} (?:my|our) {_KIN} (?:died|passed away|was killed|had (?:an accident|a stroke|a heart attack))"
    rf"|i (?:just )?lost my {_KIN}(?: \w+){{0,2}} {_LATELY}"
    r"|i (?:just )?(?:had|have had) (?:a miscarriage|a death in (?:the|my) family)"
    r"|^(?:(?:sorry|i'm sorry|oh|wait|excuse me|no|but|i have to go|okay)\s+)*there(?:'s| is| has been|"
    r"'s been) (?:an? )?"
    r"(?:emergency|fire|death in (?:the|my) family)"
    r"|i (?:want|would like|am going|'m going) to (?:die|kill myself|hurt myself|end my life)"
    r"|i don't want to (?:live|be alive)(?: any ?more)?)"
)
_GRIEF = re.compile(
    rf"^(?:(?:i'm|i am|so|very|really|sorry|but|no|oh|please|excuse me)\s+)*i can(?:'t|not| not)\b"
    rf"|\b(?:my|our) (?:own )?{_KIN}\b.*\b(?:died|dying|passed|ill|hospital|accident|lost|gone)\b|"
    rf"\bi (?:just )?lost (?:him|her|them)\b"
)
_DANGER = re.compile(
    r"\b(?:kill myself|hurt myself|end my life|want to die|suicidal|don't want to (?:live|be alive)|can(?:'t|"
    r"not) breathe|"
    r"chest|heart attack|asthma attack|emergency|faint|pass out|fire)\b"
)
_PAST = re.compile(
    r"\b(?:the (?:patient|client|customer|student|user|child|resident)|she said|he said|they said|told me that|"
    r"back then|when i was)\b"
)

_NERVOUS = re.compile(
    rf"(?:(?:sorry|okay|um|well|oh|to be honest|honestly|i must say|i have to say|just so you know|you know|"
    rf"excuse me|ah|please)\s+)*"
    rf"i(?:'m| am| get| feel| might be| may be) {_NOW}(?:nervous|anxious|stressed|tense|excited)"
    r"(?: (?:right now|today|now|sorry|about this|in interviews|in these (?:things|situations)|during interviews|"
    r"here|at the moment|"
    r"as you can hear|because it's my first interview|it's my first (?:ever )?interview|with this kind of thing|"
    r"please bear with me|"
    r"so (?:please )?bear with me|to be honest))*"
)

_CONDITION = (
    r"(?:i(?:'m| am) (?:a bit |a little |slightly |partially |partly |also |actually )?(?:deaf|hard of hearing|"
    r"hearing impaired|"
    r"blind|visually impaired|dyslexic|autistic|neurodivergent|on the (?:autism )?spectrum|disabled|mute|"
    r"losing my voice|"
    r"not a native speaker|non native|not native|epileptic)"
    r"|i (?:also |actually |do )?(?:have|have got|suffer from|live with) (?:a |an |some |severe |mild |"
    r"slight )*(?:stutter|stammer|"
    r"stuttering|dyslexia|adhd|add|autism|hearing (?:loss|problem|aid|aids|impairment|difficulties)|"
    r"speech (?:impediment|impairment|"
    r"disorder|problem)|tourette'?s?|disability|aphasia|tinnitus|epilepsy|anxiety disorder|social anxiety|"
    r"sore throat|"
    r"trouble (?:hearing|speaking|reading)|difficult(?:y|ies) (?:hearing|speaking|reading)|cold|lisp|migraine)"
    r"|i (?:do |sometimes |often )?(?:stutter|stammer)(?: sometimes| a (?:bit|little|lot)| when i'm nervous)?"
    r"|i can(?:'t|not) (?:hear|speak|see|talk) (?:very |so |too )?(?:well|much|properly|loudly|good)|"
    r"my english is(?:n't| not)? \w+(?: \w+)?"
    r"|english is(?:n't| not) my (?:first|native|mother) (?:language|tongue)|my voice is (?:gone|weak|hoarse))"
)
_NEED = (
    r"(?:(?:(?:can|could|may|might) (?:i|you|we)|is it (?:okay|ok|possible|alright|fine)(?: if| for me)?|"
    r"am i allowed|"
    r"do you mind if|i(?:'d| would) "
    r"(?:like|prefer|rather|need)|i need|i want|let me|please|would it be (?:possible|okay|ok|fine|"
    r"alright))(?: \w+){0,3}? (?:type|typed|"
    r"typing|"
    r"write (?:it|my|instead|"
    r"the)|write$|writing|use (?:the )?(?:chat|text|keyboard)|captions?|subtitles?|more time|extra time|"
    r"(?:speak|talk|go|say (?:it|that)|read (?:it|that)) (?:\w+ )?(?:more |a bit |a little |much )*(?:slow(?:ly|"
    r"er)|loud(?:ly|er)|clear(?:ly|er)|up)"
    r"|turn (?:it|the (?:volume|sound|voice)) up|sign language|interpreter|screen reader|a break every|"
    r"large(?:r)? (?:text|font|print)|"
    r"(?:real |actual )?(?:human|person)(?: being)?(?: instead| interviewer)?$|someone real|with a (?:real |"
    r"actual )?(?:human|person)|"
    r"turn (?:off )?(?:my |the )?camera(?: off)?|switch off (?:my |the )?camera|accommodations?|adjustments?)"
    r"|(?:are|is) there (?:any )?(?:captions?|subtitles?)|do you (?:have|offer|provide|"
    r"support) (?:any )?(?:captions?|subtitles?|accommodations?|"
    r"adjustments?|(?:a )?sign language)|you(?:'re| are) (?:speaking|talking|going) (?:way )?too (?:fast|quickly|"
    r"quietly|"
    r"quiet|softly)"
    r"|(?:it|this|that)(?:'s| is| was) too (?:fast|quiet) for me|i(?:'d| would)? (?:rather|prefer)(?: to)? (?:talk|"
    r"speak) (?:to|with) a "
    r"(?:real |actual )?(?:human|person)(?: being)?)"
)
_ASKING_FOR_PATIENCE = re.compile(
    r"\b(?:please|patient|bear with|take(?:s)? (?:me )?(?:a bit |a little )?(?:longer|more time|time)|need|may|"
    r"might|could|can you|"
    r"is there|any way|possible|is that (?:okay|ok|fine|a problem)|just so you know|wanted to (?:say|mention|"
    r"let you know)|hope)\b"
)
_HAS_CONDITION, _HAS_NEED = re.compile(rf"\b{_CONDITION}"), re.compile(rf"\b{_NEED}")

_TARGET = r"(?:you(?:r)?|yourself|this|the) (?:\w+ ){0,2}?"
_FOUL = (
    r"(?:stupid|dumb|idiot(?:ic)?|useless|worthless|pathetic|moron(?:ic)?|garbage|trash|rubbish|crap|shit(?:ty)?|"
    r"bullshit|fucking|"
    r"fuck(?:ed)?|damn|bloody|ridiculous|a joke|lame|terrible|horrible|annoying|ass ?hole|bitch|bastard|loser|"
    r"clown|brain ?dead|"
    r"piece of (?:shit|crap|junk|garbage|trash)|toaster|tin can|scrap|nonsense|awful|hate)"
)
_INSULT = re.compile(
    rf"(?:\bare you (?:\w+ ){{0,3}}?(?:stupid|dumb|an idiot|an? moron|useless|brain ?dead|retarded)\b|"
    rf"\b(?:you(?:'re| are|r) (?:\w+ ){{0,4}}?{_FOUL}(?! (?:question|point|bug|situation)s?\b)"
    r"|you (?:\w+ ){0,2}?(?:idiot|moron|asshole|bitch|bastard|piece of (?:shit|crap|junk|garbage)|clown|loser|suck)\b"
    r"|(?:fuck|screw|damn) (?:you|off|this|it|that)\b|go to hell|piss off|shut (?:the (?:fuck|hell) )?up|"
    r"kiss my ass|eat shit"
    r"|(?:you|this (?:interview|bot|robot|thing|ai|question|machine)) (?:really )?sucks?\b"
    r"|what (?:a|the) (?:\w+ )?(?:stupid|dumb|idiotic|fucking|shitty|moronic|ridiculous|hell kind of|"
    r"waste of (?:my )?time)"
    r"|(?:this|that)(?:'s| is) (?:\w+ ){0,2}?(?:bullshit|a (?:stupid|dumb|fucking|shitty|ridiculous|"
    r"idiotic) (?:question|interview|bot|thing)|"
    r"a (?:complete |total )?waste of (?:my )?time|(?:so |really |fucking )?(?:stupid|dumb|idiotic|pathetic))"
    r"|(?:stupid|dumb|idiotic|useless|fucking|damn) (?:bot|robot|machine|question|computer|ai|interview|program)\b"
    r"|i hate (?:you|this (?:bot|robot|thing|machine)|talking to (?:you|robots|machines|a (?:robot|machine|bot)))\b))"
)
_COMPLAINT = re.compile(
    r"\b(?:i (?:want|would like|'d like|wish) to (?:complain|make a complaint|file a complaint|report this)"
    r"|i(?:'m| am) (?:going to |gonna )?(?:complain(?:ing)?|reporting (?:this|you))"
    r"|(?:this|that|it)(?:'s| is) (?:so |very |really |completely |totally )?(?:unfair|discriminat\w+|illegal|"
    r"disrespectful|unacceptable|inhuman\w*|"
    r"humiliating|degrading|insulting)(?! to (?:the|our|my)\b)"
    r"|(?:this|that|your) (?:question )?is (?:racist|sexist|offensive|inappropriate))"
)

_OFF_TOPIC = re.compile(
    r"\b(?:tell me (?:a|another|one) (?:joke|story|fun fact|riddle)|(?:can|could|"
    r"will) you (?:tell (?:me )?a (?:joke|story)|sing|rap|dance|write (?:me )?(?:a|some|an) (?:poem|song|code|"
    r"essay|email|letter|story|script|program|function)|play|"
    r"help me (?:with|to|write|do|solve|find)(?! this interview| understand)|order|translate|recommend (?:a|some|"
    r"me)|do my)"
    r"|(?:how|what)(?:'s| is) the weather|what(?:'s| is) the (?:capital|time|date|meaning of life|news|score of)|"
    r"do you (?:like|watch|eat|drink|love|play|sleep|dream|follow|believe in)(?: \w+){0,4}$|(?:what|who)(?:'s|"
    r" is) your favou?rite"
    r"|who (?:will|is going to|do you think will) win|did you (?:see|watch) the (?:game|match|news|football|"
    r"election)|what do you think (?:of|about) (?:the (?:president|election|government|war|game|match|news|"
    r"weather)|trump|biden|politics|football|soccer|bitcoin|crypto)"
    r"|are you (?:single|married|happy|sentient|conscious|alive|bored|tired|hungry|in love|a man|a woman|a boy|"
    r"a girl)|will you marry me|i love you|do you have (?:feelings|a (?:boyfriend|girlfriend|family|soul|body|name|"
    r"favourite|favorite)|kids|children|friends|emotions)"
    r"|how old are you|where do you live|let's (?:talk about something else|chat about|play)|what are you wearing|"
    r"what is (?:\d+|two|three) (?:plus|times|minus))\b"
)


_AIMED = re.compile(r"\b(?:you(?:'re|r|rself)?|bot|robot|machine|computer|program|ai|interview|question)\b")


def distress(words: str) -> bool:
    """Whether the speaker is in distress now."""
    return bool(_DISTRESS.search(words)) and not _PAST.search(words)


def grieves(words: str) -> bool:
    """A short sentence that only goes with distress: "I am sorry, I cannot", "my own father died like that"."""
    return len(words.split()) <= 14 and bool(_GRIEF.search(words))


def danger(words: str) -> bool:
    """Whether distress may need help at once."""
    return bool(_DANGER.search(words))


def nervous(words: str) -> bool:
    """Whether the speaker only says to be nervous."""
    return bool(_NERVOUS.fullmatch(words))


def accommodation(words: str, alone: bool, asked: bool = False) -> bool:
    """A need about the form of the interview. A mere condition counts only where nothing else is said, or asked."""
    length = len(words.split())
    if length > 30:
        return False
    if _HAS_NEED.search(words):
        return True
    mentioned = alone and not asked and bool(_HAS_CONDITION.search(words))
    return mentioned and (length <= 12 or (length <= 24 and bool(_ASKING_FOR_PATIENCE.search(words))))


def condition(words: str) -> bool:
    """Whether a sentence opens with a condition of the speaker's that bears on speaking or hearing."""
    return bool(_HAS_CONDITION.match(words))


def aimed(words: str) -> bool:
    """Whether words are meant for the agent or the interview, not for somebody in a tale."""
    return bool(_AIMED.search(words))


def insult(words: str) -> bool:
    """Abuse aimed at the agent or the interview; short, for a long sentence tells something."""
    return len(words.split()) <= 16 and bool(_INSULT.search(words))


def complaint(words: str) -> bool:
    """A complaint about the interview itself."""
    return len(words.split()) <= 20 and bool(_COMPLAINT.search(words))


def off_topic(words: str) -> bool:
    """Chat that has nothing to do with the interview."""
    return len(words.split()) <= 20 and bool(_OFF_TOPIC.search(words))
