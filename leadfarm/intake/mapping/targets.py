"""The places a column can go to, with the titles other products give them."""

from dataclasses import dataclass

from leadfarm.intake.codes import ImportKind

LEADS, OUTCOMES = ImportKind.LEADS, ImportKind.OUTCOMES
BOTH = (LEADS, OUTCOMES)


@dataclass(frozen=True)
class Target:
    """One place: its name in files, what people read, and what a cell must be to go there.

    `reads` is text, email, phone, domain, country, date, day, number, money, stage, touch, verdict
    or person. `titles` are folded headers other products use. `rewrites` says that what is there
    already may be overwritten.
    """

    name: str
    label: str
    reads: str
    titles: str = ""
    kinds: tuple[ImportKind, ...] = (LEADS,)
    limit: int = 200
    rewrites: bool = False


_ALL = (
    Target("external_id", "External id", "text", "id|lead id|contact id|mql id|record id"
           "|external id|user id|rec id|unique id|deal id|customer id|kundennummer", BOTH, 120),
    Target("email", "E-mail", "email", "email|e mail|mail|email address|work email|business email"
           "|associated contact email|e mail adresse|correo", BOTH, 254),
    Target("full_name", "Full name", "text", "name|full name|contact name|user name original name"
           "|contact|ansprechpartner", (LEADS,), 200, True),
    Target("given_name", "First name", "text", "first name|given name|firstname|vorname|forename"
           "|prenom|nombre", (LEADS,), 100, True),
    Target("family_name", "Last name", "text", "last name|surname|family name|lastname|nachname"
           "|nom|apellido", (LEADS,), 100, True),
    Target("phone", "Phone", "phone", "phone|phone number|telephone|mobile|mobile phone|tel|telefon"
           "|mobile phone number|work phone", (LEADS,), 40, True),
    Target("job_title", "Job title", "text", "title|job title|position|role|jobtitle|funktion",
           (LEADS,), 160, True),
    Target("company", "Company", "text", "company|company name|account|account name|organisation"
           "|organization|firma|unternehmen|employer", (LEADS,), 200, True),
    Target("domain", "Company website", "domain", "domain|website|website url|company domain name"
           "|associated company domain|url|web|homepage|company website", (LEADS,), 253),
    Target("country", "Country", "country", "country|country region|country region name|land"
           "|country code|pais", (LEADS,), 60, True),
    Target("industry", "Industry", "text", "industry|branche|sector|business segment", (LEADS,), 80,
           True),
    Target("employees", "Employees", "number", "employees|number of employees|numberofemployees"
           "|company size|headcount|mitarbeiter", (LEADS,), 40, True),
    Target("title", "Lead title", "text", "lead title|lead name|deal name|subject", (LEADS,), 200,
           True),
    Target("need", "Need", "text", "need|interest|interested in|product interest|enquiry|inquiry"
           "|message", (LEADS,), 300, True),
    Target("source", "Source", "text", "source|lead source|origin|leadsource|channel|utm source"
           "|platform|quelle|herkunft", (LEADS,), 120),
    Target("campaign", "Campaign", "text", "campaign|campaign name|utm campaign|kampagne", (LEADS,),
           160),
    Target("entered_at", "Came in on", "date", "created|created at|created date|create date|date"
           "|created time|first contact date|entered at|createddate|submitted at|sign up date"
           "|registration time|join time|erstellt am|timestamp|datum"),
    Target("touch", "Kind of touch", "touch", "touch|touch kind|activity type"),
    Target("marketing_owner", "Marketing owner", "person", "marketing owner|marketing contact",
           BOTH, 120, True),
    Target("pd_owner", "PD owner", "person", "pd owner|sdr|sdr id|bdr|sdr owner"
           "|prospect developer", BOTH, 120, True),
    Target("sales_owner", "Sales owner", "person", "sales owner|owner|contact owner|deal owner"
           "|sr id|lead owner|sales rep|rep|account executive|owner id|ownerid", BOTH, 120, True),
    Target("stage", "Stage reached", "stage", "stage|lifecycle stage|deal stage|stagename|status"
           "|stage name|lead status|stage reached", BOTH, 60),
    Target("stage_at", "Stage reached on", "date", "stage date|won date|closed date"
           "|stage reached on|converted date|converteddate|stage changed", BOTH),
    Target("verdict", "Verdict", "verdict", "verdict|sales verdict", BOTH, 60),
    Target("reason", "Reason", "text", "reason|lost reason|closed lost reason|disqualify reason"
           "|rejection reason", BOTH, 120),
    Target("amount", "Amount", "money", "amount|value|deal value|amount eur|revenue|order value",
           BOTH, 40, True),
    Target("close_on", "Close date", "day", "close date|closedate|closing date|expected close",
           BOTH, 60, True),
    Target("lost_to", "Lost to", "text", "lost to|competitor|winning vendor", BOTH, 200),
    Target("finding", "Finding in the dossier", "text", "", BOTH, 600),
)  # fmt: skip

TARGETS: dict[str, Target] = {target.name: target for target in _ALL}


def targets_for(kind: ImportKind) -> list[Target]:
    """Return the places a column of such a file can go to, in the order people read them."""
    return [target for target in _ALL if kind in target.kinds]
