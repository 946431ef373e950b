"""Whether words are English, told by their smallest words and their script. Pure, made for short utterances."""

from __future__ import annotations

import re
import unicodedata


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_ENGLISH = _words(
    "the a an and or but of to in on at for with from by as is are was were be been am i you he she it we they me my "
    "your our their this that these those there what which who how when where why not no yes do did does have has "
    "had "
    "can could would will should so if then because about into over just like one all some very more well okay know "
    "think want need please sorry thank thanks"
)
_OTHERS: dict[str, frozenset[str]] = {
    "German": _words(
        "ich und nicht das ist der den dem ein eine einen wir sie auf mit für von auch aber wie habe hatte haben "
        "kann "
        "können mein meine bei zum zur dass wenn nur noch oder sehr dann sind wurde werden bitte danke ja nein "
        "gearbeitet frage wiederholen können könnten "
        "entschuldigung verstehe deutsch"
    ),
    "French": _words(
        "je le la les des une est et pas que qui dans avec sur pour nous vous ils elle mon ma mes ai avons était "
        "suis "
        "c'est j'ai n'ai mais aussi parce comme très bien merci oui non bonjour être fait sont du au français peux"
    ),
    "Spanish": _words(
        "el los las una es y no que en con por para mi mis yo nosotros ellos pero muy bien era fue estoy tengo he "
        "como "
        "cuando porque también gracias sí hola puedo trabajo trabajé equipo esto está del al lo siento español "
        "entiendo puede repetir pregunta favor "
        "la un"
    ),
    "Italian": _words(
        "il gli una è e non che di con per mio mia io noi sono ho abbiamo era ma anche perché molto bene grazie sì "
        "ciao posso questo questa nel della del lavoro quando italiano capisco può ripetere domanda favore la un"
    ),
    "Portuguese": _words(
        "o os uma é e não que em com por para meu minha eu nós eles mas muito bem era foi estou tenho como quando "
        "porque também obrigado obrigada sim olá posso trabalho isso está do da na no português fiz pode repetir "
        "pergunta favor um trabalhei"
    ),
    "Dutch": _words(
        "ik en niet het een is van met voor maar ook wij zij hij mijn heb had hebben kan kunnen dat wat als nog heel "
        "graag bedankt ja nee wel werk zijn naar bij deze nederlands begrijp kunt vraag herhalen de"
    ),
    "Polish": _words(
        "ja nie to jest i w na z się że ale jak był była mam moja mój dla po od tak bardzo dziękuję proszę czy kiedy "
        "przez jestem mogę po polsku rozumiem powtórzyć pytanie"
    ),
    "Turkish": _words(
        "ben bir ve bu için çok ama ile var yok değil nasıl evet hayır teşekkürler bana benim sonra daha olarak "
        "iş gibi ne türkçe anlamıyorum anlamadım soruyu tekrar eder misiniz"
    ),
    "Swedish": _words(
        "jag och inte det är en ett som på med för av men också vi han hon min mitt har hade kan att när mycket tack "
        "ja nej var från till svenska förstår"
    ),
    "Romanian": _words(
        "eu și nu este un o cu pentru din la am a fost dar foarte mulțumesc da sunt mea meu când română"
    ),
    "Hindi": _words("mai hai hain nahi nahin ka ki ke mera meri kya aur se mein tha thi kar raha rahi haan ji"),
    "Indonesian": _words(
        "saya dan tidak yang di ini itu dengan untuk adalah dari ke bisa sudah ada kami kita terima kasih"
    ),
    "Czech": _words(
        "já a ne je to se že v na s ale jsem byl byla jak pro děkuji prosím ano když můj moje česky rozumím"
    ),
}
_ALONE = _words(
    "entschuldigung bonjour merci hola gracias perdón danke obrigado obrigada grazie przepraszam dziękuję tack "
    "ciao buongiorno desculpe "
    "scusi pardonnez désolé verzeihung lo'siento teşekkürler spasibo izvinite"
)
"""Words that tell by themselves."""
_NAMES = (
    r"(?:german|french|spanish|italian|portuguese|dutch|polish|turkish|swedish|russian|ukrainian|arabic|chinese|"
    r"mandarin|"
    r"cantonese|japanese|korean|hindi|urdu|bengali|tamil|telugu|persian|farsi|hebrew|greek|romanian|hungarian|czech|"
    r"danish|norwegian|finnish|vietnamese|thai|indonesian|malay|tagalog|swahili|my (?:own|native|first) language|"
    r"my mother tongue|another language|(?:a different|some other) language)"
)
_ASKS_FOR = re.compile(
    rf"(?:(?:can|could|may|might|shall|would) (?:i|we|you) (?:\w+ ){{0,5}}?(?:in|to|speak) {_NAMES}\b.*"
    rf"|(?:do|can) you (?:speak|understand|know) {_NAMES}\b.*"
    rf"|(?:is it|would it be) (?:\w+ ){{0,4}}?(?:in|to speak) {_NAMES}\b.*"
    rf"|i(?:'d| would)? (?:prefer|rather|like|want) (?:\w+ ){{0,4}}?(?:in|speak) {_NAMES}\b.*)"
)
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def foreign(text: str) -> bool:
    """Whether an utterance is, on the whole, in another language than English."""
    words = _TOKEN.findall(text.replace("’", "'").lower())
    if not words:
        return False
    if _other_script(words):
        return True
    english = sum(word in _ENGLISH for word in words)
    hits = max(([word for word in words if word in own] for own in _OTHERS.values()), key=len)
    best = len(hits)
    accented = sum(any(ord(letter) > 127 for letter in word) for word in words)
    alike = best + min(2, accented)
    enough = (
        (best >= 1 and accented >= 1 and not english and len(words) <= 8)
        or (best >= 2 and max(map(len, hits)) >= 3)
        or any(word in _ALONE for word in words[:3])
    )
    return enough and alike > 1.5 * english and best / len(words) >= 0.25


def asks_for(words: str) -> bool:
    """Whether plain words ask to speak another language."""
    return bool(_ASKS_FOR.search(words)) and len(words.split()) <= 25


def _other_script(words: list[str]) -> bool:
    letters = [letter for word in words for letter in word]
    other = sum("LATIN" not in unicodedata.name(letter, "LATIN") for letter in letters if ord(letter) > 591)
    return other > 0.5 * len(letters)
