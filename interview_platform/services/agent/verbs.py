"""Verbs of work and their forms: "plans" and "planning" are forms of "plan". Pure.

Lines of adverts are put into spoken questions with them (duties.py). What is not on the list is taken for a verb only
where the dictionary knows its forms and its place in the sentence leaves nothing else.
"""

from __future__ import annotations

import re

from interview_platform.services.agent.names import dictionary

MOST_WORDS = 10
"""Words of a name that is still easy to say as a deed."""

VERBS = frozenset(
    """
    accept achieve act adapt add address adjust administer advise agree align allocate analyse analyze answer
    anticipate apply appraise approve arrange ask assemble assess assign assist assure attend audit automate bake
    balance bathe bind blend board book bottle breed brew brief bring brush build bury buy calculate calibrate calm
    capture care carry carve cast catalogue catch cater challenge change check choose choreograph clarify clean
    clear climb clip close coach code collaborate collect comb combine come communicate compare compile complete
    compose conduct configure connect conserve construct consult contact contribute control convert cook coordinate
    cope correct counsel count create curate cut deal debug decant decide decorate define delegate deliver
    demonstrate deploy derive describe design detect determine develop diagnose dig digitise digitize direct
    discover discuss disinfect dispatch dispense dispose distribute dive document draft draw dress drill drive edit
    educate embed embroider empty encourage enforce engage engineer engrave ensure enter escalate escort establish
    estimate evacuate evaluate examine excavate execute explain explore extinguish facilitate feed fell fight file
    film find fit fix fold follow forecast forge form frame fundraise gain gather generate get give glaze go grade
    graft grease greet grind groom grow guard guide handle harvest help hire hoist hold hose identify implement
    improve influence inform initiate inspect inspire install instruct integrate interpret interview introduce
    invent investigate involve iron judge keep knead knit know label laminate lash launder lay lead learn liaise
    lift listen load locate log look lubricate maintain make manage manufacture map market measure mediate meet mend
    mentor migrate milk mill mix model moderate monitor moor mop motivate mount move mow muck muster navigate
    negotiate notice nurse observe obtain open operate order organise organize oversee own pack paint participate
    pass patrol peel perform persuade photograph pick pitch place plait plan plant plaster play plough polish
    position pour prepare present preserve prevent price print prioritise prioritize process procure produce program
    promote propose protect prove provide prune publish pump purchase push put raise rake reach react read rear
    receive recognise recognize recommend reconcile record recover recruit recycle reduce refer refine register
    regulate rehearse remember remove renew repair replace reply report represent rescue research resolve respond
    restock restore restrain review rework ride rig ring roast run safeguard sand saw say scale schedule search
    secure see seek select sell send separate serve service set settle sew shape share shear shift ship show
    simplify sing sketch slice smoke solder solve sort source sow speak specify spend spin splice spot spray staff
    stand start stay steam steer sterilise sterilize stitch stock stop store stow streamline strengthen string
    structure study supervise supply support survey sweep swim swing synthesise tackle take teach tell tend test
    thread throw tidy tie trace track trade train transcribe transform translate transport treat trim troubleshoot
    tune turn understand unload update upgrade use vaccinate validate value varnish verify visit volunteer wait wash
    watch water weave weed weigh welcome weld win wind wipe wire work wrap write
    """.split()  # noqa: SIM905
)
NOUNS = frozenset(
    """
    address answer approach attempt audit balance blend board book bottle breed brief brush budget build care cast
    challenge change check clean clear climb clip close coach code comb complete contact contract control correct
    cost counsel count cover craft cut debug delegate design detail direct dispatch display dive document draft draw
    dress drill drive edit empty escort estimate exercise feed field fight figure file film fit fix focus fold
    forecast forge form frame function gain grade graft grease grind guard guide handle harvest head help hire hold
    host influence interview iron issue judge label lay lead lift limit link list live load log look map mark market
    master match measure mentor milk mill mix model monitor motion mount move network nurse object offer open order
    own pack paint park pass patrol perfect pick pilot pitch place plan plant plaster play polish position post
    practice practise present press price print process program programme project promise protest pump purchase push
    rake rank rate reach record recruit release repair reply report request rescue research respect rest result
    return reverse review rework ride rig ring roast run sample sand saw say scale schedule score screen search seat
    secure separate service set shape share shift ship shop show sketch smoke sort sound source speed spin split
    spot spray staff stage stand standard start state stay steam steer stock stop store string structure study
    subject supply support survey sweep swing switch table tackle talk target taste team test thread tidy tie time
    top touch tour trace track trade transfer transport travel treat trim turn update upgrade use value varnish view
    visit volunteer wait walk wash watch water weather weave weed weigh welcome weld win wind wire work wrap
    """.split()  # noqa: SIM905
)
"""Verbs that are nouns or adjectives, too: "stock control", "a clean workplace"."""
NO_VERBS = frozenset(
    """
    according accounting across all also always and any anything being both building business but carpentry
    concerning during engineering evening ever everything here his including it marketing morning never no not
    nothing one or perhaps plumbing some something there they this us various we with within you
    """.split()  # noqa: SIM905
)
"""Words with the ending of a verb, or its place, that are none."""
STATES = re.compile(
    r"^(?:are|is|be|have|has|having|being|like|love|loves|enjoy|enjoys|want|wants|know|knows|knowing|understand|hold|"
    r"understands|need|needs|holds|thrive|thrives|believe|feel|feels|possess|possesses|can|could|may|might|must|"
    r"should|do|does|did|had|am|were|was|get|become|belong|join)$",
    re.IGNORECASE,
)
"""Verbs that say how somebody is, not what somebody does."""


def base(word: str) -> str:
    """The infinitive of a verb of the list in any of its present forms; "" for any other word."""
    word = word.casefold()
    tries = [word, word[:-1] if word.endswith("s") else "", word[:-2] if word.endswith("es") else ""]
    tries.append(word[:-3] + "y" if word.endswith("ies") else "")
    if word.endswith("ing"):
        stem = word[:-3]
        undoubled = stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else ""
        tries += [stem, stem + "e", undoubled]
    return next((form for form in tries if form in VERBS), "")


def of_gerund(word: str) -> str:
    """ "Steering" as "steer", also where the list does not hold it; "" for what is no form of a verb."""
    word = word.casefold()
    if word in NO_VERBS or not word.endswith("ing") or len(word) < 6:
        return ""
    known = base(word)
    if known and known != word:
        return known
    stem, words = word[:-3], dictionary()
    undoubled = stem[:-1] if stem[-1] == stem[-2] else ""
    short = re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", stem) or stem.endswith(("th", "v", "c", "g", "z", "u", "s"))
    tries = [stem + "e", stem] if short and not stem.endswith(("ng", "ss")) else [stem, stem + "e"]
    return next((form for form in (*tries, undoubled) if form in words and may_be(form)), "")


def may_be(word: str) -> bool:
    """Whether the dictionary has a word's past and its -ing form, so that it can be a verb."""
    words = dictionary()
    doubled = word + word[-1:]
    bare = word.removesuffix("e")
    past = {word + "ed", word + "d", doubled + "ed", word.removesuffix("y") + "ied"}
    return word in words and bool(past & words) and bool({word + "ing", bare + "ing", doubled + "ing"} & words)


def of_name(name: str) -> str:
    """ "Handling complaints" as "handle complaints"; "" for a name that does not say what is done."""
    first, _, rest = " ".join(name.replace(" & ", " and ").split()).strip(" .").partition(" ")
    verb = base(first) if first.endswith("ing") else ""
    return f"{verb} {rest}" if verb and rest and len(rest.split()) < MOST_WORDS else ""
