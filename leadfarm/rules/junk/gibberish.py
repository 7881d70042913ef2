"""Whether a word looks like a name in some language, or like fingers on a keyboard."""

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from leadfarm.rules.duplicates.letters import latin
from leadfarm.rules.duplicates.nicknames import all_forms

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop", "wxcvbn")
_NEXT = {pair for row in _ROWS for pair in itertools.pairwise(row)}
_NEXT |= {(other, one) for one, other in _NEXT}
_LETTERS = re.compile(r"[a-z]+")
# Two or three letters that are one sound somewhere: names with many of them are no mash.
_ONE_SOUND = re.compile(r"tsch|sch|szcz|sz|cz|rz|ch|th|ph|ck|ng|kh|zh|gh|sh|dz|dj|tz|ts|ll|nn|rr")
_CONSONANTS = re.compile(r"[^aeiouy]+")
ENOUGH_PAIRS = 24
SHORTEST = 5  # Ng, Vlk, Hsu, Krk: in short words anything may be a name
_OF_THE_WORLD = """
nguyen tran pham huynh phan truong dang bui ngo duong thuy phuong quynh zhang wang xiao zheng huang
zhou xie jiang qian tang cheng yuan feng kowalczyk szymanski wozniak krzysztof szczepanski grzegorz
wojciechowski zdzislaw pawlak michalski brzezinski jablonski hlavacek prochazka dvorak zelenka
strnad vrba hrdlicka srbecky tkacz kvitova hrvat krstic mrkonjic grgic vukovic jovanovic petrovic
schwarzenegger wright schmidtke goldschmidt schultz knechtel strobl pfeffer kirchschlager
angstrom lindqvist bjornstrand hjalmarsson thorsteinsson sigurdsson kjeldsen skjoldborg rasmussen
vandenbroucke ruysdael wijnaldum hoogstraten dijkstra schuurmans oconnor fitzwilliam mcknight
papadopoulos christodoulou georgiadis hatzidakis oyelaran adeyemi chukwuemeka nkrumah mbappe
ndlovu mthembu dlamini ngcobo okonkwo abdulrahman mohammadi hosseini khalil alshehri benyoucef
srinivasan venkataraman krishnamurthy chakraborty bhattacharya mukherjee tharoor rajapaksa
takahashi watanabe yamamoto matsumoto ishikawa kobayashi nakamura hwang kwon jeong seonghyun
rodriguez fernandez echeverria etxeberria goncalves figueiredo magalhaes guimaraes
giuseppe guglielmo castiglione schiaparelli beauchamp leclercq rousseau yilmaz oztürk kucuk
dogan shcherbakov khrushchev zhukov mstislav vsevolod kyrgyz ghvinjilia mkhitaryan ter petrosyan
"""


@lru_cache(maxsize=50_000)
def looks_typed_blindly(word: str) -> bool:
    """Whether a word is fingers on a keyboard: along a row, over and over, or in no language.

    Only Latin letters are judged; words of capitals are taken for abbreviations up to six letters.
    """
    if word.isupper() and len(word) <= 6:
        return False
    return any(_blind(part) for part in _LETTERS.findall(latin(word)) if len(part) >= SHORTEST)


@lru_cache(maxsize=20_000)
def _blind(word: str) -> bool:
    return _along_a_row(word) or _over_and_over(word) or _in_no_language(word)


def strangeness_together(texts: Iterable[str]) -> float:
    """Return how many bits a pair of letters takes on average over all words; 0 where too few.

    Of one word little can be said; of three that are all strange, much.
    """
    words = [word for text in texts for word in _LETTERS.findall(latin(text)) if len(word) >= 4]
    pairs = sum(len(word) + 1 for word in words)
    if len(words) < 3 or pairs < ENOUGH_PAIRS:
        return 0.0
    return sum(_strangeness(word) * (len(word) + 1) for word in words) / pairs


def is_strange(word: str) -> bool:
    """Whether a word alone makes one look twice; many a name of some language does."""
    return any(_strangeness(part) > 5.4 for part in _LETTERS.findall(latin(word)) if len(part) > 3)


def _along_a_row(word: str) -> bool:
    run = longest = 0
    for pair in itertools.pairwise(word):
        run = run + 1 if pair in _NEXT else 0
        longest = max(longest, run)
    return longest >= 4 and longest >= 0.6 * (len(word) - 1)


def _over_and_over(word: str) -> bool:
    """aaaaa, ababab, sdfsdf: a piece that fills the word; Jojo and Lulu are too short for it."""
    for size in range(1, len(word) // 2 + 1):
        times = len(word) / size
        piece = (word[:size] * (int(times) + 1))[: len(word)]
        if piece == word and (times >= 3 or not re.search("[aeiouy]", word)):
            return True
    return False


def _in_no_language(word: str) -> bool:
    runs = [len(run) for run in _CONSONANTS.findall(_ONE_SOUND.sub("x", word))]
    longest, share = max(runs, default=0), sum(runs) / len(word)
    strange = _strangeness(word)
    if share == 1.0:
        return strange > 5.4
    return strange > (5.9 if longest >= 4 else 6.3)


def _strangeness(word: str) -> float:
    """Return how many bits a pair of letters takes on average: 4 to 5.5 in names."""
    told, pairs = _model()
    marked = f"^{word}$"
    steps = list(itertools.pairwise(marked))
    bits = [-math.log2((pairs[one + other] + 0.2) / (told[one] + 0.2 * 28)) for one, other in steps]
    return sum(bits) / len(bits)


@lru_cache(maxsize=1)
def _model() -> tuple[Counter[str], Counter[str]]:
    """Return how often letters, and pairs of them, come in names of many languages."""
    told, pairs = Counter[str](), Counter[str]()
    for word in (*all_forms(), *map(latin, _OF_THE_WORLD.split())):
        marked = f"^{word}$"
        told.update(marked[:-1])
        pairs.update(one + other for one, other in itertools.pairwise(marked))
    return told, pairs
