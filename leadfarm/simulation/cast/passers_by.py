"""Who passes by without a story of their own: bookings, readers of the website, and machines."""

# What a calendar sends when a meeting is booked; the last one names nobody and waits to be mended.
BOOKINGS: tuple[dict[str, object], ...] = (
    {
        "event": "invitee.created",
        "payload": {
            "uri": "https://calendar.example/invitees/4711",
            "name": "Frauke Ostrow",
            "email": "frauke.ostrow@hafenkraft.example",
            "scheduled_event": {"name": "Which drives fail first"},
            "questions_and_answers": [{"answer": "Two DC drives of 1994, no spares left."}],
        },
    },
    {
        "event": "invitee.created",
        "payload": {
            "uri": "https://calendar.example/invitees/4712",
            "name": "Declan Byrne",
            "email": "declan.byrne@liffeyboard.example",
            "scheduled_event": {"name": "Retrofit in the summer stop"},
        },
    },
    {
        "event": "invitee.created",
        "payload": {"uri": "https://calendar.example/invitees/4713", "name": "Room 2"},
    },
)
# What machines and jokers send; each is held for another reason.
JUNK: tuple[dict[str, str], ...] = (
    {"email": "qwerty@mailinator.com", "given_name": "asdf", "family_name": "asdf"},
    {
        "email": "rank@seo-offers.example",
        "given_name": "Best",
        "family_name": "http://rank-first.example",
        "message": "First page of every search engine, guaranteed: http://rank-first.example",
    },
    {"email": "test@test.com", "given_name": "Test", "family_name": "Test", "company": "Test"},
)
SEARCH = "www.search.example"
PAGES: tuple[tuple[tuple[str, str, str], ...], ...] = (
    (
        ("/retrofit", "Drive retrofit", SEARCH),
        ("/retrofit/dc-drives", "DC drives without spares", ""),
        ("/prices", "What a retrofit costs", ""),
    ),
    (("/guide", "Guide: retrofit or replace?", "www.trade-press.example"),),
    (("/", "Norrvik Drives", SEARCH), ("/references/board-mill", "A board mill in nine days", "")),
    (("/prices", "What a retrofit costs", SEARCH), ("/contact", "Contact us", "")),
)
CALCULATOR = (
    b"What,Your figure,Unit\n"
    b"Hours a standstill takes,,hours\n"
    b"Margin lost in an hour,,EUR\n"
    b"Standstills a year,,times\n"
    b"Cost of a retrofit,,EUR\n"
)
