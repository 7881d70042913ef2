"""Forms inside advertisements, and events: LinkedIn, Meta, Zoom, ticket shops."""

from leadfarm.intake.mapping.presets.preset import Preset, entered

PERSON = {
    "first name": "given_name", "last name": "family_name", "full name": "full_name",
    "email": "email", "email address": "email", "work email": "email",
    "business email": "email", "phone": "phone", "phone number": "phone",
    "work phone number": "phone", "company": "company", "company name": "company",
    "organization": "company", "job title": "job_title", "country": "country",
    "country region": "country", "country region name": "country", "industry": "industry",
    "company industry": "industry", "company size": "employees",
    "number of employees": "employees",
}  # fmt: skip
ATTENDED = {"yes": "webinar-attended", "no": "webinar-no-show"}
TICKETS = {
    "checked in": "event-attended", "attended": "event-attended", "attending": "event-registered",
    "registered": "event-registered", "not attending": "event-no-show", "no show": "event-no-show",
}  # fmt: skip
NO_LEADS = "ad id|ad name|adset id|adset name|campaign id|form id|form name|is organic|lead status"

PRESETS = (
    Preset(
        "meta-lead-ads", "Meta lead ads",
        ("id", "created time", "ad id|form id", "platform|is organic"),
        PERSON | {"id": "external_id", "created time": entered(), "campaign name": "campaign",
                  "platform": {"to": "source",
                               "values": {"fb": "Facebook", "ig": "Instagram"}}},
        constants={"touch": "form", "source": "Meta lead ads"},
        options={"prefixes": True},
        asks=True, ignores=NO_LEADS,
    ),
    Preset(
        "linkedin-lead-gen", "LinkedIn lead gen forms",
        ("form name", "campaign name|campaign group name", "lead type|creative id|test lead"
         "|lead id|campaign id", "email address|email|work email"),
        PERSON | {"lead id": "external_id", "campaign name": "campaign",
                  "submitted at": entered(), "date created": entered(), "created at": entered(),
                  "timestamp": entered(), "lead created at": entered()},
        constants={"touch": "form", "source": "LinkedIn"},
        asks=True,
        ignores=NO_LEADS + "|account name|account id|campaign group name|campaign group id"
                "|creative id|lead type|test lead|campaign type|form type",
    ),
    Preset(
        "zoom-attendees", "Zoom webinar, attendees",
        ("attended", "user name original name|name original name", "join time|approval status",
         "registration time|approval status"),
        PERSON | {"attended": {"to": "touch", "values": ATTENDED},
                  "user name original name": "full_name", "name original name": "full_name",
                  "registration time": {"to": "registered_at", "known_from": "capture"},
                  "approval status": "registration", "join time": entered(),
                  "time in session minutes": "minutes", "time in session": "minutes"},
        constants={"source": "Webinar"},
        options={"date_order": "mdy"},
        asks=True, has_parts=True, ignores="leave time|is guest",
    ),
    Preset(
        "zoom-registrations", "Zoom webinar, registrations",
        ("first name", "email", "registration time", "approval status"),
        PERSON | {"registration time": entered(), "approval status": "registration"},
        constants={"source": "Webinar", "touch": "webinar-registered"},
        options={"date_order": "mdy"},
        asks=True, has_parts=True,
    ),
    Preset(
        "webinar-attendees", "Webinar attendees",
        ("attended", "email|email address|e mail", "registration date time|registration date"
         "|registered|time in session minutes|time in session"),
        PERSON | {"attended": {"to": "touch", "values": ATTENDED},
                  "name": "full_name",
                  "registration date time": {"to": "registered_at", "known_from": "capture"},
                  "registration date": {"to": "registered_at", "known_from": "capture"},
                  "registration time": {"to": "registered_at", "known_from": "capture"},
                  "join time": entered(),
                  "time in session minutes": "minutes", "time in session": "minutes"},
        constants={"source": "Webinar"},
        asks=True, ignores="leave time|registered",
    ),
    Preset(
        "ticket-attendees", "Attendees of an event",
        ("first name", "email", "order date|order number|order id|order",
         "ticket type|attendee status|event name"),
        PERSON | {"order date": entered(), "event name": "campaign",
                  "attendee status": {"to": "touch", "values": TICKETS},
                  "work phone": "phone", "cell phone": "phone"},
        constants={"source": "Event"},
        asks=True,
        ignores="order|order id|order number|quantity|ticket type|total paid|fees paid|currency"
                "|event id|eventbrite fees|eventbrite payment processing|buyer first name"
                "|buyer last name|buyer email|barcode|attendee number",
    ),
)  # fmt: skip
