"""The places a column can go to, with the titles other products give them."""

from dataclasses import dataclass

from leadfarm.intake.codes import ImportKind

LEADS, OUTCOMES = ImportKind.LEADS, ImportKind.OUTCOMES
BOTH = (LEADS, OUTCOMES)


@dataclass(frozen=True)
class Target:
    """One place: its name in files, what people read, and what a cell must be to go there.

    `reads` is text, email, phone, domain, country, date, day, number, minutes, money, stage, touch,
    verdict or person. `titles` are folded headers other products use. `rewrites` says that what is
    there already may be overwritten.
    """

    name: str
    label: str
    reads: str
    titles: str = ""
    kinds: tuple[ImportKind, ...] = (LEADS,)
    limit: int = 200
    rewrites: bool = False


# Titles without accents and signs: what `plain` makes of them. Surest first.
_ALL = (
    Target("external_id", "External id", "text", "id|lead id|contact id|mql id|record id"
           "|record id contact|external id|user id|rec id|unique id|deal id|opportunity id"
           "|customer id|kundennummer|numero client|codigo|identificador", BOTH, 120),
    Target("email", "E-mail", "email", "email|e mail|mail|email address|work email|business email"
           "|email from|associated contact email|e mail adresse|mail adresse|emailadresse|correo"
           "|correo electronico|courriel|adresse e mail|adresse email|posta elettronica"
           "|indirizzo email|email aziendale|endereco de email", BOTH, 254),
    Target("full_name", "Full name", "text", "name|full name|contact name|user name original name"
           "|contact|ansprechpartner|attendee name|participant|nom complet|nombre completo"
           "|nome completo|nominativo|name original name", (LEADS,), 200, True),
    Target("given_name", "First name", "text", "first name|given name|firstname|given|vorname"
           "|forename|prenom|nombre|nome|primeiro nome|nombre de pila", (LEADS,), 100, True),
    Target("family_name", "Last name", "text", "last name|surname|family name|lastname|family"
           "|nachname|familienname|zuname|nom|nom de famille|apellido|apellidos|cognome|sobrenome"
           "|apelido", (LEADS,), 100, True),
    Target("phone", "Phone", "phone", "phone|phone number|telephone|mobile|mobile phone|tel|telefon"
           "|mobile phone number|work phone|telefonnummer|handy|mobil|numero de telephone"
           "|telefono|movil|cellulare|telefone|celular|telemovel", (LEADS,), 40, True),
    Target("job_title", "Job title", "text", "title|job title|position|role|jobtitle|funktion"
           "|job position|berufsbezeichnung|fonction|poste|intitule du poste|cargo|puesto|ruolo"
           "|funzione|qualifica|stelle", (LEADS,), 160, True),
    Target("company", "Company", "text", "company|company name|account|account name|organisation"
           "|organization|firm|firma|firmenname|unternehmen|employer|entreprise|societe|empresa"
           "|compania|azienda|societa|ragione sociale|customer", (LEADS,), 200, True),
    Target("domain", "Company website", "domain", "domain|website|website url|company domain name"
           "|associated company domain|url|web|homepage|company website|webseite|site web|site"
           "|sitio web|sito|sito web|pagina web", (LEADS,), 253),
    Target("country", "Country", "country", "country|country region|country region name|land"
           "|country code|pays|pais|paese|nazione", (LEADS,), 60, True),
    Target("industry", "Industry", "text", "industry|branche|sector|business segment|secteur"
           "|secteur d activite|industria|settore|setor", (LEADS,), 80, True),
    Target("employees", "Employees", "number", "employees|number of employees|numberofemployees"
           "|company size|headcount|mitarbeiter|mitarbeiterzahl|effectif|nombre d employes"
           "|empleados|numero de empleados|dipendenti|funcionarios", (LEADS,), 40, True),
    Target("title", "Lead title", "text", "lead title|lead name|deal name|opportunity name|subject"
           "|opportunity|betreff|objet|asunto|oggetto|assunto", (LEADS,), 200, True),
    Target("need", "Need", "text", "need|interest|interested in|product interest|enquiry|inquiry"
           "|message|bedarf|anfrage|nachricht|besoin|necesidad|esigenza|interesse|interes",
           (LEADS,), 300, True),
    Target("source", "Source", "text", "source|lead source|origin|leadsource|original source"
           "|channel|utm source|platform|quelle|herkunft|provenance|origine|fuente|origen|fonte"
           "|origem", (LEADS,), 120),
    Target("campaign", "Campaign", "text", "campaign|campaign name|utm campaign|kampagne|campagne"
           "|campana|campagna|campanha|event name|event", (LEADS,), 160),
    Target("entered_at", "Came in on", "date", "created|created at|created date|create date|date"
           "|created time|first contact date|entered at|createddate|submitted at|sign up date"
           "|registration time|join time|erstellt am|angelegt am|timestamp|datum|date creation"
           "|date de creation|fecha|fecha de creacion|data|data di creazione|data de criacao"
           "|date added|created on|order date"),
    Target("touch", "Kind of touch", "touch", "touch|touch kind|activity type"),
    Target("minutes", "Minutes they were there", "minutes", "time in session minutes"
           "|time in session|minutes attended|duration minutes"),
    Target("registered_at", "Registered on", "date", "registered on|registered at"),
    Target("registration", "Registration status", "text", "registration status"),
    Target("marketing_owner", "Marketing owner", "person", "marketing owner|marketing contact",
           BOTH, 120, True),
    Target("pd_owner", "PD owner", "person", "pd owner|sdr|sdr id|bdr|sdr owner"
           "|prospect developer", BOTH, 120, True),
    Target("sales_owner", "Sales owner", "person", "sales owner|owner|contact owner|deal owner"
           "|opportunity owner|company owner|sr id|lead owner|sales rep|rep|account executive"
           "|salesperson|owner id|ownerid|zustandig|verkaufer|proprietaire|propietario|vendedor"
           "|proprietario", BOTH, 120, True),
    Target("stage", "Stage reached", "stage", "stage|lifecycle stage|deal stage|stagename|status"
           "|stage name|lead status|stage reached|phase|etape|etapa|fase|stato", BOTH, 60),
    Target("stage_at", "Stage reached on", "date", "stage date|won date|closed date"
           "|stage reached on|converted date|converteddate|stage changed|closed on", BOTH),
    Target("verdict", "Verdict", "verdict", "verdict|sales verdict", BOTH, 60),
    Target("reason", "Reason", "text", "reason|lost reason|closed lost reason|disqualify reason"
           "|rejection reason", BOTH, 120),
    Target("amount", "Amount", "money", "amount|value|deal value|amount eur|revenue|order value"
           "|expected revenue|betrag|montant|importe|importo|valor", BOTH, 40, True),
    Target("close_on", "Close date", "day", "close date|closedate|closing date|expected close"
           "|expected closing|abschlussdatum", BOTH, 60, True),
    Target("lost_to", "Lost to", "text", "lost to|competitor|winning vendor", BOTH, 200),
    Target("finding", "Finding in the dossier", "text", "", BOTH, 600),
)  # fmt: skip

TARGETS: dict[str, Target] = {target.name: target for target in _ALL}


def targets_for(kind: ImportKind) -> list[Target]:
    """Return the places a column of such a file can go to, in the order people read them."""
    return [target for target in _ALL if kind in target.kinds]
