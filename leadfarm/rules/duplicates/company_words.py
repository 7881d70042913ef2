"""The words of companies' names in one form: Intl is International, Mfg is Manufacturing."""

import re
from functools import lru_cache

# Each part: the form that is kept, then how else it is written.
_SAME = """
intl international internat int inter; tech technologies technology technologie technik tec;
mfg manufacturing manufacturers manufacturer manuf mfrs; eng engineering engineers ingenieure;
sys systems system systeme; sol solutions solution; svc services service servicios; grp group
gruppe groupe gruppo; hldg holding holdings; bros brothers; assoc associates associated; assn
association associazione; natl national; univ university universitat universite; inst institute
institut institution; dept department; mgmt management; lab laboratory laboratories labs labor;
pharma pharmaceutical pharmaceuticals; chem chemical chemicals; elec electronics electronic
elektronik; mach machinery machines maschinenbau machine; ind industries industry industrial
industrie; prod products product; log logistics logistik logistic; dev development; cons consulting
consultants; comm communications communication; ent enterprises enterprise; ctr center centre
centro zentrum; rest restaurant restaurants ristorante; st saint sankt sainte; mt mount; ft fort;
auto automotive automobile; med medical medizin; fin financial finance; inv investment investments;
ins insurance; hosp hospital; acad academy; sch school; bk bank; prop properties property;
dist distribution distributors; ntwk network networks; soft software; elem elementary;
"""
_IN_DROPPED = """
and und et y e i the der die das le la les el los of for fur de du des
"""
_DROPPED = frozenset(_IN_DROPPED.split())
_CANON = {
    form: line.split()[0] for line in _SAME.replace("\n", " ").split(";") for form in line.split()
}
# Words that name a part of a group, or what it owns: beside the same name they tell two apart.
_IN_PARTS_OF_GROUPS = """
hldg holding fin svc grp trading immobilien properties ventures leasing capital foundation
    stiftung usa uk deutschland germany france italia italy espana spain polska poland schweiz
    switzerland austria osterreich nederland europe emea asia china japan india america americas
    nordic nordics benelux iberia brasil mexico canada australia
"""
_PARTS_OF_GROUPS = frozenset(_IN_PARTS_OF_GROUPS.split())
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=200_000)
def telling_words(key: str) -> tuple[str, ...]:
    """Return the words of a folded name in their one form, without those that join others."""
    words = [_CANON.get(word, word) for word in _WORD.findall(key)]
    return tuple(word for word in words if word not in _DROPPED) or tuple(words)


def initials(key: str) -> str:
    """Return the first letters of a folded name of three words or more; empty for shorter ones."""
    words = [word for word in _WORD.findall(key) if word not in _DROPPED]
    return "".join(word[0] for word in words) if len(words) >= 3 else ""


def names_a_part(words: tuple[str, ...]) -> list[str]:
    """Return the words that name a part of a group: a country, a holding."""
    return sorted(_PARTS_OF_GROUPS.intersection(words))
