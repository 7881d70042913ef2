"""How the payloads of well-known products are read; a start, to be changed on the page."""

from dataclasses import dataclass

from leadfarm.rules.codes import TouchKind


@dataclass(frozen=True)
class Preset:
    """One product: its name, the rules of the fields, where its event id stands, what it means."""

    slug: str
    label: str
    kind: TouchKind
    key_path: str
    mapping: dict[str, str]


_FLAT = {
    "email": "email|Email|e_mail|mail|contact.email|data.email|lead.email",
    "full_name": "name|full_name|fullName|contact.name|data.name",
    "given_name": "first_name|firstName|given_name|contact.first_name|data.first_name",
    "family_name": "last_name|lastName|family_name|contact.last_name|data.last_name",
    "phone": "phone|phone_number|mobile|contact.phone|data.phone",
    "company": "company|company_name|organization|contact.company|data.company",
    "job_title": "job_title|jobTitle|title|position",
    "country": "country|country_code|contact.country",
    "message": "message|comment|comments|question|note",
}

PRESETS: tuple[Preset, ...] = (
    Preset("json", "Any JSON", TouchKind.FORM, "id|event_id|eventId", _FLAT),
    Preset(
        "hubspot",
        "HubSpot workflow",
        TouchKind.FORM,
        "eventId",
        {
            "email": "properties.email.value|properties.email|email",
            "given_name": "properties.firstname.value|properties.firstname|firstname",
            "family_name": "properties.lastname.value|properties.lastname|lastname",
            "phone": "properties.phone.value|properties.phone|phone",
            "company": "properties.company.value|properties.company|company",
            "job_title": "properties.jobtitle.value|properties.jobtitle|jobtitle",
            "country": "properties.country.value|properties.country|country",
            "message": "properties.message.value|properties.message|message",
            "external_id": "vid|objectId|id",
        },
    ),
    Preset(
        "typeform",
        "Typeform",
        TouchKind.FORM,
        "event_id|form_response.token",
        {
            "email": "form_response.answers[type=email].email|form_response.hidden.email",
            "phone": "form_response.answers[type=phone_number].phone_number",
            "full_name": "form_response.hidden.name",
            "message": "form_response.answers[type=text].text",
        },
    ),
    Preset(
        "calendly",
        "Calendly",
        TouchKind.CONTACT_US,
        "payload.uri",
        {
            "email": "payload.email",
            "given_name": "payload.first_name",
            "family_name": "payload.last_name",
            "full_name": "payload.name",
            "phone": "payload.text_reminder_number",
            "need": "payload.scheduled_event.name",
            "message": "payload.questions_and_answers[0].answer",
        },
    ),
    Preset(
        "zoom",
        "Zoom registrant",
        TouchKind.WEBINAR_REGISTERED,
        "payload.object.registrant.id",
        {
            "email": "payload.object.registrant.email",
            "given_name": "payload.object.registrant.first_name",
            "family_name": "payload.object.registrant.last_name",
            "phone": "payload.object.registrant.phone",
            "company": "payload.object.registrant.org",
            "job_title": "payload.object.registrant.job_title",
            "country": "payload.object.registrant.country",
            "need": "payload.object.topic",
            "message": "payload.object.registrant.comments",
        },
    ),
)
BY_SLUG = {preset.slug: preset for preset in PRESETS}
