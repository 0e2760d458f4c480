"""Names in plain letters, so that one child is found however a name was typed, and in whichever alphabet."""

import unicodedata

# Letters that are no base letter with a mark, and so do not come apart by themselves.
LATIN = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i", "ħ": "h",
    "ŧ": "t", "ŋ": "ng", "ə": "a", "ĳ": "ij", "ĸ": "k", "ƒ": "f",
}  # fmt: skip
CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "ye", "ж": "zh", "з": "z",
    "и": "i", "і": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y",
    "ь": "", "э": "e", "ю": "yu", "я": "ya", "ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz",
}  # fmt: skip
GREEK = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k",
    "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t",
    "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
}  # fmt: skip
# Consonants and long vowels: short vowels are not written, so that the sound is what is matched.
ARABIC = {
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ٱ": "a", "ب": "b", "پ": "p", "ت": "t", "ث": "th", "ج": "j", "چ": "ch",
    "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "ژ": "zh", "س": "s", "ش": "sh", "ص": "s",
    "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f", "ق": "q", "ک": "k", "ك": "k", "گ": "g",
    "ل": "l", "م": "m", "ن": "n", "ه": "h", "ة": "a", "و": "w", "ؤ": "w", "ی": "y", "ي": "y", "ى": "a",
    "ئ": "y", "ء": "",
}  # fmt: skip
PLAIN = str.maketrans({**LATIN, **CYRILLIC, **GREEK, **ARABIC})
# As German and the Nordic languages write them where the letter is not to be had.
SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})


def bare(name: str) -> str:
    """A name in small letters without accents, in its own alphabet."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(mark for mark in apart if not unicodedata.combining(mark))


def plain(name: str) -> str:
    """The same in Latin letters, as far as the alphabet is one of those here."""
    return bare(bare(name).translate(PLAIN))


def spelled_out(name: str) -> str:
    """The same as others write it: ä, ö, ü, å and ø as two letters, and the end of Yuliya as in Yulia."""
    return plain(unicodedata.normalize("NFC", name.casefold()).translate(SPELLED_OUT)).replace("iya", "ia")
