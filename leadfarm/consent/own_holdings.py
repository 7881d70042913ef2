"""What the record itself and this room hold of a person (see holdings)."""

from leadfarm.consent.holdings import BY_BOTH, BY_CONTACT, BY_LEAD, Fate, Holding, registry
from leadfarm.rules.privacy import RequestState

REFUSED = int(RequestState.REFUSED)
CODES = "numbers and codes, which reports count"
OURS = "our own people and settings, no prospects"
TEXTS = f"""(held.lead_id = ANY(%(own)s) OR {BY_CONTACT} OR held.touch_id IN (
    SELECT id FROM leads_touch touch WHERE touch.workspace_id = held.workspace_id
       AND touch.lead_id = ANY(%(leads)s) AND touch.contact_id = ANY(%(contacts)s)))"""  # noqa: S608
# What waits unread or in quarantine belongs to no record yet; it is theirs where it names them.
WAITING = """(held.kind = 'payload' AND held.lead_id IS NULL AND held.contact_id IS NULL
    AND held.body ~* ANY(%(named)s::text[]))"""
RECORD = (
    Holding(
        "leads.Comment", "What colleagues said to each other", BY_LEAD, Fate.STAYS,
        "who wrote when; the words are texts and go",
    ),
    Holding(
        "leads.PersonalText", "What was said and sent",
        f"({TEXTS} OR {WAITING})", Fate.GOES, erased=TEXTS,
    ),
    Holding("leads.SearchWord", "Words they are found by", BY_LEAD, Fate.GOES),
    Holding(
        "leads.Task", "What we planned for them", BY_LEAD, Fate.EMPTIED, "kind, dates and outcome",
        {"why": "'Erased on request'", "script": "''"},
    ),
    Holding(
        "leads.StageChange", "How far it came", BY_LEAD, Fate.EMPTIED, CODES,
    ),
    Holding("leads.Touch", "What happened between us", BY_BOTH, Fate.STAYS, CODES),
    Holding("leads.Finding", "What we learned", BY_LEAD, Fate.STAYS, "numbers and dates; words go"),
    Holding("leads.ProfileFact", "Where values come from", BY_CONTACT, Fate.STAYS, CODES),
    Holding("leads.Assignment", "Whom it was given to", BY_LEAD, Fate.STAYS, CODES),
    Holding("leads.GroupMember", "Roles in buying groups", BY_CONTACT, Fate.GOES),
    Holding(
        "leads.Standing", "Where it stands", BY_LEAD, Fate.EMPTIED, "stage and dates",
        {"next_why": "CASE WHEN next_kind IS NULL THEN '' ELSE 'Erased on request' END"},
    ),
    Holding(
        "leads.Lead", "What they asked for", "held.id = ANY(%(own)s)", Fate.EMPTIED,
        "source, campaign, dates and amount, which reports count",
        {"title": "'Erased person'", "need": "''", "external_id": "NULL"},
    ),
    Holding("consent.AskedMail", "Mail they just asked for", BY_CONTACT, Fate.GOES),
    Holding("consent.SignUp", "Sign-ups to be confirmed", BY_CONTACT, Fate.GOES),
    Holding("consent.Consent", "What they agreed to", BY_CONTACT, Fate.GOES),
    Holding("consent.Pace", "When they were last touched", BY_CONTACT, Fate.GOES),
    Holding(
        "consent.Suppression", "What bars us from touching them", BY_CONTACT, Fate.EMPTIED,
        "the keyed hash, so that the address stays barred",
        {"contact_id": "NULL"}, f"{BY_CONTACT} AND held.address_hash <> ''",
    ),
    Holding(
        "consent.PrivacyRequest", "What they asked of us", BY_CONTACT, Fate.EMPTIED,
        "that somebody asked, and when it was answered", {
            "note": "''",
            "outcome": f"CASE WHEN state = {REFUSED} THEN 'Erased on request' ELSE '' END",
        },
    ),
    Holding(
        "leads.Contact", "Who they are", "held.id = ANY(%(contacts)s)", Fate.EMPTIED,
        "its number, for history",
        {
            "given_name": "''", "family_name": "''", "job_title": "''", "email": "''",
            "email_key": "NULL", "phone": "''", "phone_key": "NULL", "country": "''",
            "time_zone": "''", "erased_at": "%(now)s",
        },
    ),
)  # fmt: skip


def register() -> None:
    """Name the tables of access, of the record and of this room."""
    registry.hold(*RECORD)
    registry.leave_out(OURS, [
        "access.Team", "access.Member", "access.Invitation", "access.ApiToken",
    ])  # fmt: skip
    routing = ("RoutingRule", "RoutingSeat", "Turn", "Workload", "TimeOff")
    registry.leave_out(OURS, [f"leads.{name}" for name in routing])
    registry.leave_out(
        "ids and codes of acts of ours, never names",
        ["access.AuditEntry", "access.Notification", "access.NotificationChoice"],
    )
    registry.leave_out(
        "companies and origins, no persons", ["leads.Account", "leads.Source", "leads.Campaign"]
    )
    registry.leave_out(
        "filters of ours; a name in one is taken out by the sweep", ["leads.SavedView"]
    )
    registry.leave_out(OURS, ["consent.PurposeRule", "consent.PrivacyRule", "consent.AddressKey"])
    registry.leave_out("counts of a night's cleaning", ["consent.Cleaning"])
    registry.leave_out(
        "numbers and keyed hashes by which an erasure is done again", ["consent.Erasure"]
    )
