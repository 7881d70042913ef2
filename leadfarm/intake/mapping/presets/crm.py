"""What other places for leads export: HubSpot, Salesforce, Odoo, Mautic."""

from leadfarm.intake.mapping.presets.preset import Preset, entered

PERSON = {
    "first name": "given_name", "firstname": "given_name",
    "last name": "family_name", "lastname": "family_name",
    "email": "email", "email address": "email",
    "phone number": "phone", "phone": "phone", "mobile phone number": "phone", "mobile": "phone",
    "job title": "job_title", "country region": "country", "country": "country",
}  # fmt: skip
HUBSPOT = {
    "record id": "external_id", "record id contact": "external_id", "contact id": "external_id",
    "record id company": "external_id", "company id": "external_id",
    "record id deal": "external_id", "deal id": "external_id",
    "create date": entered(), "last modified date": "stage_at",
    "industry": "industry", "number of employees": "employees",
}  # fmt: skip
HUBSPOT_STAGES = {
    "subscriber": "raw", "lead": "inquiry", "marketing qualified lead": "sales-ready",
    "sales qualified lead": "accepted", "opportunity": "qualified", "customer": "won",
    "evangelist": "customer", "other": "",
}  # fmt: skip
DEAL_STAGES = {
    "appointment scheduled": "qualified", "qualified to buy": "qualified",
    "presentation scheduled": "qualified", "decision maker bought in": "qualified",
    "contract sent": "qualified", "closed won": "won", "closed lost": "lost",
}  # fmt: skip
LEAD_STATUS = {
    "new": "raw", "open": "raw", "open not contacted": "inquiry", "working": "sales-ready",
    "contacted": "accepted", "working contacted": "accepted", "nurturing": "nurturing",
    "qualified": "qualified", "closed converted": "qualified", "converted": "qualified",
    "closed not converted": "disqualified", "unqualified": "disqualified",
}  # fmt: skip
OPPORTUNITY_STAGES = {
    "prospecting": "qualified", "qualification": "qualified", "needs analysis": "qualified",
    "value proposition": "qualified", "id decision makers": "qualified",
    "perception analysis": "qualified", "proposal price quote": "qualified",
    "proposal": "qualified", "negotiation": "qualified", "discovery": "qualified",
    "negotiation review": "qualified", "closed won": "won", "closed lost": "lost",
}  # fmt: skip
SALESFORCE = {
    "id": "external_id", "lead id": "external_id", "contact id": "external_id",
    "opportunity id": "external_id", "account id": "external_id",
    "title": "job_title", "company": "company", "company account": "company",
    "account name": "company", "website": "domain", "industry": "industry",
    "number of employees": "employees", "employees": "employees",
    "created date": entered(), "create date": entered(), "lead source": "source",
}  # fmt: skip

PRESETS = (
    Preset(
        "hubspot-contacts", "HubSpot contacts",
        ("first name", "email", "lifecycle stage", "contact owner|record id|contact id"
         "|record id contact"),
        PERSON | HUBSPOT | {
            "contact owner": "sales_owner", "lifecycle stage": "stage",
            "lead source": "source", "original source": "source", "original traffic source":
            "source", "company name": "company", "associated company": "company",
            "associated company domain": "domain", "website url": "domain",
        },
        stages=HUBSPOT_STAGES,
        remark="HubSpot does not say when a lifecycle stage was reached; the day of the last change"
               " is taken.",
    ),
    Preset(
        "hubspot-companies", "HubSpot companies",
        ("company name|name", "company domain name", "company owner|record id|company id"),
        HUBSPOT | {
            "company name": "company", "name": "company", "company domain name": "domain",
            "company owner": "sales_owner", "country": "country", "country region": "country",
            "last modified date": "",
        },
    ),
    Preset(
        "hubspot-deals", "HubSpot deals",
        ("deal name", "deal stage", "pipeline"),
        HUBSPOT | {
            "deal name": "title", "deal stage": "stage", "amount": "amount",
            "close date": "close_on", "deal owner": "sales_owner",
            "closed lost reason": "reason", "associated contact email": "email",
            "date entered current stage": "stage_at", "date entered stage": "stage_at",
            "associated company domain": "domain", "associated company": "company",
            "last modified date": "",
        },
        stages=DEAL_STAGES,
    ),
    Preset(
        "salesforce-leads", "Salesforce leads",
        ("last name", "first name", "company|company account", "status|lead status",
         "owner id|is converted|lead owner|lead id"),
        PERSON | SALESFORCE | {
            "status": "stage", "lead status": "stage", "lead owner": "sales_owner",
            "last modified date": "stage_at", "last modified": "stage_at",
            "owner id": "sales_owner", "numberof employees": "employees",
        },
        stages=LEAD_STATUS,
        remark="Salesforce does not say when a status was reached; the day of the last change is"
               " taken.",
    ),
    Preset(
        "salesforce-contacts", "Salesforce contacts",
        ("last name", "first name", "account id|account name",
         "reports to id|contact owner|contact id|mailing country|email bounced reason"),
        PERSON | SALESFORCE | {
            "contact owner": "sales_owner", "owner id": "sales_owner",
            "mailing country": "country", "account id": "",
        },
    ),
    Preset(
        "salesforce-opportunities", "Salesforce opportunities",
        ("stage name|stage", "close date", "is closed|opportunity owner|opportunity name",
         "is won|account name|opportunity id"),
        SALESFORCE | {
            "name": "title", "opportunity name": "title", "stage name": "stage", "stage": "stage",
            "amount": "amount", "close date": "close_on", "opportunity owner": "sales_owner",
            "owner id": "sales_owner", "account id": "", "title": "", "loss reason": "reason",
            "contact email": "email", "email": "email",
            "last stage change date": "stage_at",
        },
        stages=OPPORTUNITY_STAGES,
    ),
    Preset(
        "salesforce-accounts", "Salesforce accounts",
        ("id|account id", "name|account name", "billing city|billing country", "parent id|type"),
        SALESFORCE | {
            "name": "company", "phone": "phone", "billing country": "country",
            "owner id": "sales_owner", "account owner": "sales_owner",
            "numberof employees": "employees", "title": "", "account source": "source",
        },
    ),
    Preset(
        "odoo-leads", "Odoo leads and opportunities",
        ("salesperson|user id", "contact name|customer|partner name", "stage|stage id",
         "expected revenue|email from|expected closing|created on"),
        {
            "external id": "external_id", "id": "external_id", "opportunity": "title",
            "name": "title", "contact name": "full_name", "company name": "company",
            "partner name": "company", "customer": "company", "email": "email",
            "email from": "email", "phone": "phone", "mobile": "phone",
            "job position": "job_title", "function": "job_title", "website": "domain",
            "country": "country", "salesperson": "sales_owner", "user id": "sales_owner",
            "stage": "stage", "stage id": "stage", "expected revenue": "amount",
            "expected closing": "close_on", "date deadline": "close_on",
            "created on": entered(), "create date": entered(), "lost reason": "reason",
            "source": "source", "source id": "source", "campaign": "campaign",
            "campaign id": "campaign", "last stage update": "stage_at",
        },
        stages={"new": "raw", "qualified": "qualified", "proposition": "qualified",
                "won": "won", "lost": "lost"},
    ),
    Preset(
        "mautic-contacts", "Mautic contacts",
        ("firstname", "email", "points", "last active|date identified|attribution"
         "|preferred locale"),
        PERSON | {
            "id": "external_id", "company": "company", "position": "job_title",
            "website": "domain", "date added": entered(), "date identified": entered(),
            "points": {"to": "finding", "section": "profile", "field": "mautic_points",
                       "type": "number"},
        },
    ),
)  # fmt: skip
