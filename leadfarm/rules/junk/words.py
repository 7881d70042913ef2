"""Words that give junk away, each with what it is called in a reason."""

import re

# Whole fields, folded: what people type who only try a form out.
_TRIED_OUT = """
test|tester|testing|test test|test user|testuser|test name|test lead|teszt|prueba|probe|prova|essai
asdf|asd|asdf asdf|qwerty|qwertz|qwe|foo|foo bar|foobar|bar|baz|abc|abcd|xyz|xxx|aaa|bbb|lorem ipsum
lorem|ipsum|blah|bla|bla bla|blabla|dummy|fake|fake name|no name|noname|nobody|anonymous|anonym
none|n/a|na|null|undefined|unknown|name|first name|last name|vorname|nachname|firstname|lastname
your name|my name|company|your company|firma|sample|example|demo|demo user
"""
# People who fill in no forms.
_NOT_THEMSELVES = """
mickey mouse|minnie mouse|micky maus|donald duck|daisy duck|bugs bunny|homer simpson|bart simpson
max mustermann|erika mustermann|maria musterfrau|max muster|jane doe|john doe|joe bloggs|jean dupont
mario rossi test|harry potter|darth vader|luke skywalker|santa claus|spongebob squarepants
james bond|sherlock holmes|peter pan|batman|superman|spiderman|elmer fudd|fred flintstone
"""
TRIED_OUT = frozenset(re.split(r"[|\n]", _TRIED_OUT.strip()))
NOT_THEMSELVES = frozenset(re.split(r"[|\n]", _NOT_THEMSELVES.strip()))

EXAMPLE_HOSTS = frozenset({"test.com", "asdf.com", "domain.com", "email.com.com", "abc.com.com"})

OFFERS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("places in search engines", r"\bseo\b|back ?links?|\bfirst page of google|search rank"
         r"|domain authority|guest post|\brank(ing)? (your|higher|on)|organic traffic"),
        ("more visitors", r"(increase|boost|grow|more|targeted) (your )?(web ?site )?(traffic|sales"
         r"|visitors|followers)|instagram followers|e-?mail (list|database)s? (of|for sale)"),
        ("gambling", r"casino|\bslots?\b.{0,20}(online|win|bonus)|betting|jackpot|\bpoker\b"),
        ("money", r"bitcoin|\bcrypto|\bforex\b|binary options|(quick|easy|business|payday) loans?"
         r"|make money|earn \$?\d|passive income|guaranteed (profit|return)|investment opportunity"
         r"|inheritance|million (usd|dollars|euros)|wire transfer|western union"),
        ("pills", r"viagra|cialis|pharmacy|\bpills?\b|\bcbd\b|weight loss|erectile|tramadol"),
        ("adult content", r"\bsexy?\b|porn|adult dating|hot (girls|women)|escort|onlyfans"),
        ("cheap services", r"(cheap|affordable|low cost) (web|logo|app|mobile|software)|web ?design"
         r" (service|company|agency)|we (design|build|develop) (web ?sites|apps)|replica watches"),
    )
)  # fmt: skip
PUSHING = re.compile(
    r"\b(click here|limited time|act now|unsubscribe|dear (sir|owner|webmaster|website)|free quote"
    r"|no obligation|100 ?% free|best price|whatsapp|telegram)\b|!!!",
    re.IGNORECASE,
)
LINK = re.compile(r"https?://|www\.|\b[\w-]+\.(?:xyz|top|click|ru|cn|site|online|shop|biz)\b", re.I)
MARKUP = re.compile(r"<\s*/?\s*(a|script|img|iframe|div|b|br)\b|\[/?(url|link|img)\b|&lt;", re.I)
