"""Rows that come in, made by seed: nine good ones to one of junk, none by the rules' own lists."""

import re
from dataclasses import dataclass
from random import Random

from disposable_email_domains import blocklist

from leadfarm.rules.junk import Offered

# Awkward but real: short, without vowels, of many languages and scripts, names that are words.
_NAMES = """
Vlasta Krč|Jan Vlk|Hsu Ng|Xu Yu|Bo Xi|O Ree|Wu Qi|Þórbjörg Ásgeirsdóttir|Llŷr Gwynfryn
Zbigniew Brzęczyk|Grzegorz Brzęczyszczykiewicz|Małgorzata Źdźbło|Hrvoje Štrk|Smrk Krkoška
Nguyễn Thị Mỹ Linh|Đỗ Quỳnh Như|Trịnh Xuân Phúc|Phạm Ngọc Ánh|Xiuying Qu|Zhìqiáng Xuě
Ng Wai Kwok|Tsz Kwan Tsang|Mstyslav Chernov|Всеволод Щукин|Σωκράτης Παπασταθόπουλος
محمد الشمري|王秀英|田中 さくら|김민준|ആനി തോമസ്|ศิริพร ใจดี|Siobhán Ní Dhomhnaill|Caoimhe O'Shaughnessy
Aoife Nic Craith|Ffion ap Rhys|Mbulelo Nxumalo|Nqobile Mkhwanazi|Ntombizodwa Ngxabani
Kgomotso Mmutlanyane|Oghenekaro Uzezi|Ijeoma Nwachukwu|Abdelkrim Benchekroun|Zdeněk Hřib
Ingibjörg Sólrún|Järvi Yrjö|Åse Bjørg Kjærgård|Sven Öqvist|Jean-Baptiste Lefèvre
Maxime Le Gall|Jo Li|Test Öztürk|Abc Demir|Joaquín Echeverría Etxaniz|Iñigo Goikoetxea
Arantxa Ugarte|Fernão Guimarães|Ana Sá|Hlynur Þór|Sverrir Guðnason|Gintaras Žvirblis
Jānis Bērziņš|Krišjānis Strautmanis|Tõnu Õnnepalu|László Szűcs|György Szentgyörgyi
Þuríður Jón|Subrahmanyan Chandrasekhar|Thiruvananth Ramakrishnan|Lakshmi Iyer|Anh Do
Ratchadaporn Phongphaew|Ma. Cristina Dela Cruz|Te Rangi Ngata|Keanu Kekoa|Kealakekua Nāone
Nnamdi Azikiwe|Ji-woo Hwang|Tae-hyung Ryu|Mei-ling Xie|Yoo Jae|An Oh|Ai Ito
Ryūnosuke Tsutsui|Kyrylo Zvyagintsev|Schwyz Ammann|Quincy Pfingstl|Jörn Schlützsch
Ruprecht Gschwandtner|Fritz Strzelczyk|Wladimir Pschenitschny|Knut Nystrøm
"""
NAMES = re.split(r"[|\n]", _NAMES.strip())
_GIVEN = """
Anneke Bjarne Chiara Dagmar Edoardo Fenna Gunnar Hélio Ilse Jiří Kateřina Lorenz Mirjam Niamh
Odile Pedro Quirin Ragnhild Saoirse Tjark Ulrike Vittoria Wiebke Xenia Ylva Zoltán Amir Bilal
Chiamaka Dinh Esra Farid Gao Hong Isra Jun Kofi Lwazi Mehmet Nam Oumou Parisa Quan Rania Sanjay
Thabo Uchenna Vikram Wen Xolani Yasmin Zanele
"""
GIVEN = _GIVEN.split()
_FAMILY = """
Aaltonen Bergström Castellanos Drăgulescu Engelbrecht Fjeldstad Grabowska Haugland Istrate
Jurić Kruszewski Lundqvist Mwangi Nzuzi Ostrowski Przybylski Quaresma Rzepka Szymczak Trzaska
Ugwu Vondráček Wrzesniewski Xhaka Yeboah Zwolinski Achterberg Bhandari Chowdhury Dlamini Eze
Ghanem Hartl Ibáñez Jha Khatri Lachance Mtshali Ndiaye Ortmann Pfister Qureshi Rautio Sjöberg
Tschentscher Urquiza Vrba
"""
FAMILY = _FAMILY.split()
_FIRMS = """
Hbk Drives|KSB Pumpen|BMW Bank|WMF Group|DMG Mori|SGL Carbon|PKN Orlen|3M|H&M|tec4u|Xylem
Schlumberger|Krones|Szczecin Yards|Brzeg Foods|Ngong Dairy|Lviv Croissants|TÜV Nord|SKF
LKW Walter|Strabag|GGL|Qvest|Vrvis|Test & Measurement Systems|Probe Technik|Demo Robotics
Sample Logistics|Dummy Blocks Ltd|Casino Supplies AG
"""
FIRMS = re.split(r"[|\n]", _FIRMS.strip())
WISHES = (
    "Do you deliver spare parts to Norway?", "We look for a supplier of valves, 400 a year.",
    "Please call me about the offer of last week.", "", "", "", "",
    "Our SEO is fine, but we need a new shop system for pumps.",
    "See our tender at https://tenders.example/2231 for the numbers.",
    "Wir suchen Ersatz für eine Pumpe, Baujahr 1998.", "Пришлите, пожалуйста, каталог.",
    "Could you send me the data sheet? No rush.", "We invest in a new line; budget 200,000 EUR.",
    "Interested in your loan machines for trials.", "資料を送ってください。", "asap please, thx",
)  # fmt: skip
HOSTS = ("gmail.com", "gmx.de", "yahoo.co.jp", "outlook.com", "qq.com", "web.de", "orange.fr")
OFFERS = (
    "We get you to the top of Google in 30 days, ask for our SEO packages at http://rank.top/x",
    "Play at the best online casino, 200% bonus http://slots-win.site",
    "Earn $5000 a week with bitcoin trading, click here http://coin.click",
    "Buy cheap viagra and cialis without prescription www.pills-now.shop",
    "I would like to publish a guest post with a do-follow backlink on your site.",
    "Dear webmaster, increase your traffic with our targeted visitors! http://traffic.xyz",
    "<a href='http://x.ru'>best replica watches</a>", "[url=http://a.ru]hot girls[/url]",
    "Quick business loans, guaranteed profit, write to our whatsapp +1 202 555 0101",
    "We design websites at affordable price, dear owner. Cheap web and app development.",
)  # fmt: skip
TRIED = (
    *("Test Test", "test tester", "TEST Lead", "Mickey Mouse", "Max Mustermann", "asd asd"),
    *("foo bar", "xxx xxx", "Bugs Bunny", "Test User"),
)
HANDS = ("qwerasdzxc", "asdfghjkl", "sdfghjkvbn", "jklhgfnm", "dfgcvb", "uiophjklnm", "fghjrty")


@dataclass(frozen=True)
class Row:
    """What came in, what it truly is, and of whom: junk, good, or again (someone there already)."""

    offered: Offered
    is_junk: bool
    again: bool = False


def rows(many: int, seed: int = 1) -> list[Row]:
    """Return so many rows: nine tenths good, the rest junk of ten kinds and people once more."""
    draw = Random(seed)
    good = _all_good(draw, many * 9 // 10)
    rest = many - len(good)
    junk = [Row(_junk(draw, number), True) for number in range(rest * 7 // 10)]
    told = [row.offered for row in good if row.offered.phone]
    twice = [Row(_again(draw, one), False, True) for one in draw.sample(told, rest - len(junk))]
    first = [*good, *junk]
    draw.shuffle(first)
    return [*first, *twice]


def _all_good(draw: Random, many: int) -> list[Row]:
    """Return people of whom no two share name and company: nobody could tell those apart."""
    found: dict[tuple[str, ...], Row] = {}
    while len(found) < many:
        one = _good(draw, len(found))
        found.setdefault(
            (one.offered.given_name, one.offered.family_name, one.offered.company), one
        )
    return [*found.values()]


def _good(draw: Random, number: int) -> Row:
    given, family = draw.choice(GIVEN), draw.choice(FAMILY)
    if draw.random() < 0.12:
        given, _, family = draw.choice(NAMES).partition(" ")
    firm = f"{draw.choice(FAMILY)} {draw.choice(('Werke', 'Industri', 'SpA', 'Ltd', 'Oy'))}"
    firm = draw.choice(FIRMS) if draw.random() < 0.2 else firm
    local = _plain(f"{given}.{family}").strip(".") or f"kontakt{number}"
    local = _plain(given)[:1] + _plain(family) if draw.random() < 0.2 else local
    host = f"{_plain(firm) or 'firm'}{number}.de".lstrip(".")
    host = draw.choice(HOSTS) if draw.random() < 0.25 else host
    mobile = f"+49 {draw.randint(151, 179)} {draw.randint(10**6, 10**7)}"
    wish = draw.choice(WISHES)
    mail = f"{local or 'mail'}{number}@{host}"
    return Row(Offered(mail, given, family, firm, draw.choice(("", mobile)), wish), False)


def _junk(draw: Random, number: int) -> Offered:
    given, family = draw.choice(GIVEN), draw.choice(FAMILY)
    mail = f"{_plain(given)}{number}@{_plain(family) or 'mail'}-gruppe.de"
    kind = number % 10
    if kind == 0:
        return Offered(f"{_plain(given)}@{draw.choice(sorted(blocklist))}", given, family)
    if kind == 1:
        ending = draw.choice(("comm", "con", "cmo", "deee", "invalidd", "xx1"))
        return Offered(f"{_plain(given)}@{_plain(family)}.{ending}", given, family)
    if kind in (2, 3):
        mail = f"{_mash(draw)}@{draw.choice(('gmail.com', _mash(draw) + '.com'))}"
        return Offered(mail, _mash(draw).title(), _mash(draw), draw.choice(("", _mash(draw))))
    if kind == 4:
        return Offered(f"test{number}@{draw.choice(HOSTS)}", *draw.choice(TRIED).split(), "test")
    if kind == 5:
        return Offered(mail, f"Win a prize http://{_mash(draw)}.ru", "www.free-money.top")
    if kind in (6, 7, 8):
        hello = draw.choice(("Hello", "Hi there", "Dear Sir"))
        return Offered(mail, given, family, text=f"{hello}, {draw.choice(OFFERS)}")
    number_told = draw.choice(("1111111111", "123456789"))
    mail = f"{_mash(draw)}@{draw.choice(HOSTS)}"
    return Offered(mail, _mash(draw), given, _mash(draw), number_told)


def _mash(draw: Random) -> str:
    hand = draw.choice(HANDS)
    return "".join(draw.choice(hand) for _ in range(draw.randint(6, 11)))


def _again(draw: Random, good: Offered) -> Offered:
    """The same person once more: the address in capitals, or none, and a slip in the name."""
    email = good.email.upper() if draw.random() < 0.5 else ""
    slip = good.family_name[:-1] + draw.choice("aenr")
    return Offered(email, good.given_name, slip, good.company, good.phone)


def _plain(text: str) -> str:
    return "".join(sign for sign in text.lower() if re.match("[a-z0-9.]", sign))
