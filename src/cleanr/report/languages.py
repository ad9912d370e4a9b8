"""The language of a text, as a guess for tables: ``the board and the crane`` is ``en`` by its small words.

It serves to sort counts, and decides nothing that cleaning does. Scripts tell some languages, small words the others;
where neither does clearly, it is ``und``.
"""

import re
from collections import Counter
from collections.abc import Mapping

SAMPLE = 4_000  # characters that are looked at
LEAST = 3  # small words of a language
LEAD = 1.3  # times as many as of the second language
SCRIPTS = (  # the first that makes up a fifth of the letters
    ("ja", "\u3040-\u30ff"),
    ("ko", "\uac00-\ud7af\u1100-\u11ff"),
    ("zh", "\u3400-\u9fff"),
    ("th", "\u0e00-\u0e7f"),
    ("he", "\u0590-\u05ff"),
    ("hi", "\u0900-\u097f"),
    ("el", "\u0370-\u03ff"),
)
SCRIPTED = tuple((language, re.compile(f"[{letters}]")) for language, letters in SCRIPTS)
LETTER = re.compile(r"[^\W\d_]")
WORD = re.compile(r"[^\W\d_]+")
SMALL: Mapping[str, str] = {
    "en": "the and of to in is that for with was on it are this be",
    "de": "der die und das ist nicht mit den ein eine auf dem sich von zu",
    "fr": "les des et est une dans pour que qui sur pas du avec au le",
    "es": "los las el una por con para del que como más pero sus es y",
    "pt": "não uma os com para dos das mais por em ao foi são o e",
    "it": "il che di per non una della sono con gli alla del nel è anche",
    "nl": "het een van niet zijn dat op voor met aan ook wordt bij de en",
    "sv": "och att det som är för inte med den på av har till ett om",
    "da": "og ikke af det til der er på med har som den blev jeg også",
    "nb": "og ikke av det til som er på med har jeg ble være også hun",
    "fi": "ja on ei se että oli hän mutta kun myös ovat joka niin kuin tai",
    "pl": "nie się na jest że do przez jak ale jego oraz są od który to",
    "cs": "je se na že které jsou jako ale byl pro podle který jeho také už",
    "sk": "je sa na že ktoré sú ako ale bol pre podľa ktorý jeho tiež už",
    "hu": "és hogy az nem egy van volt meg is csak ezt azt mint már még",
    "ro": "și în cu este nu pe care din sunt mai pentru fost că să la",
    "tr": "ve bir bu için ile olarak daha da çok olan gibi ne kadar sonra en",
    "hr": "je se su na koji da za ali bio kako nije što kao od i",
    "ca": "els les amb per una que dels més com però seva aquest és i del",
    "id": "yang dan di untuk dengan ini dari tidak pada itu akan oleh ada dalam ke",
    "vi": "của và là có không được cho các người một trong những đã này với",
    "ru": "и в не на что с как это по но из за от для его",
    "uk": "і в не на що з як це та до від для його є у",
    "bg": "и на да се за не от са че като по това във или беше",
    "ar": "في من على إلى أن عن هذا التي مع كان ما لا هذه الذي بعد",
    "fa": "و در به از که این است را با برای آن یک های می شد",
}


def _by_word() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for language, words in SMALL.items():
        for word in dict.fromkeys(words.split()):
            found[word] = (*found.get(word, ()), language)
    return found


KNOWN = _by_word()


def guessed(text: str) -> str:
    """A tag like ``en``, or ``und``.

    >>> guessed("The board kept the crane, and that was all."), guessed("12:30"), guessed("お知らせです")
    ('en', 'und', 'ja')
    """
    text = text[:SAMPLE]
    if not text.isascii():
        letters = len(LETTER.findall(text))
        for language, script in SCRIPTED:
            if letters and len(script.findall(text)) * 5 >= letters:
                return language
    votes = Counter(language for word in WORD.findall(text.casefold()) for language in KNOWN.get(word, ()))
    (first, most), (_, second) = [*votes.most_common(2), ("und", 0), ("und", 0)][:2]
    return first if most >= LEAST and most >= LEAD * second else "und"
