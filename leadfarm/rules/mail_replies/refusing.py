"""Whether a person asks in a reply to be written to no more, in the languages of Europe."""

from __future__ import annotations

import re

# A reply that says more than this about other things is read by a person.
BEGINNING = 600
_ALONE = re.compile(
    r"^\W{0,5}(?:please |bitte |stop[,.! ]{1,3}|re: )?(?:unsubscribe(?: me)?(?: please)?"
    r"|opt[- ]?out|remove(?: me)?"
    r"|stop|abmelden|abbestellen|austragen|l.schen|d.sinscri(?:re|ption)|d.sabonne[rz]\w{0,5}|baja"
    r"|cancellami|disiscri\w{2,6}|afmelden|uitschrijven|avregistrera|avsluta|afmeld|meld av|avmeld"
    r"|wypisz|rezygnuj.|odhl.sit|leiratkoz\w{1,4}|dezabonare|peruuta tilaus|descadastrar|remover)"
    r"[\s.!]{0,5}(?:please|bitte|danke|thanks|thank you|merci|gracias|grazie)?[\s.!]{0,5}$",
    re.IGNORECASE | re.MULTILINE,
)
_ASKED = re.compile(
    r"(?:please|kindly|pls|want you to|would like you to|like to|could you|can you|^) ?(?:also )?"
    r"(?:unsubscribe(?: me)?\b(?! (?:link|button|page))|opt me out|opt out\b)"
    r"|(?:take|remove|delete|strike|drop) (?:me|us|my (?:e-?mail|address|name|details"
    r"|data)\S{0,10})"
    r" (?:off|from|out)\b.{0,40}(?:list|mail|database|distribution|crm|system|records|newsletter)?"
    r"|stop (?:sending|e-?mailing|mailing|contacting|writing|spamming|bothering)\b"
    r"|(?:do not|don't|never) (?:contact|e-?mail|mail|write|message|send)\b.{0,20}(?:me"
    r"|us|again|any ?more)"
    r"|no (?:more|further) (?:e-?mails?|mails?|messages|newsletters?)\b"
    r"|(?:nicht mehr|keinen?|nie wieder)\b.{0,40}(?:anschreiben|kontaktieren"
    r"|e-?mails?\b(?! adresse)"
    r"|newsletter|werbung|kontaktiert|mails? schicken)"
    r"|(?:bitte|mich|uns|adresse).{0,60}(?:austragen|abmelden|entfernen|l.schen"
    r"|abbestellen|aus (?:ihrem|"
    r"eurem|dem) verteiler)|(?:tragen|nehmen|l.schen|streichen|melden) sie (?:mich|uns"
    r"|meine adresse)"
    r"\b.{0,40}(?:aus|ab|von|verteiler|liste)"
    r"|(?:me|nous) (?:d.sinscrire|d.sabonner|retirer de)|d.sinscrivez|d.sabonnez|retirez[- ]moi"
    r"|(?:ne (?:me|nous)|ne plus) .{0,20}(?:contacte|.crire|envoye|recevoir)"
    r"|(?:darme|dadme|denme) de baja|no (?:me|nos) (?:env.e|contacte|escriba)|dejen? de enviar"
    r"|(?:cancell|rimuov|disiscriv|toglie)\w{0,3}(?:temi|mi|eteci|ci)\b"
    r"|non (?:mi )?(?:scriv|contatt|invia)\w{2,5}"
    r"|(?:schrijf|meld|haal|verwijder) (?:mij|me|ons) .{0,30}(?:uit|af|van|lijst)"
    r"|geen (?:e-?)?mails? meer"
    r"|ta bort mig|sluta (?:skicka|mejla|maila)|avregistrera mig|fjern mig|fjern meg"
    r"|ikke (?:kontakt|skriv|send)"
    r"|prosz. .{0,30}(?:wypisa|usun|nie (?:pisa|przysy|wysy))|odhlaste m|poista minut|lopettakaa"
    r"|(?:remova|retire|tire)[- ]me|n.o (?:me )?(?:envi|contact)\w{1,4}",
    re.IGNORECASE | re.MULTILINE,
)
# "How do people unsubscribe?", "do not remove me", "I have not unsubscribed": no such wish.
_NOT_SO = re.compile(
    r"(?:do not|don't|didn't|did not|have not|haven't|never|nicht|ne pas|not want to) "
    r"(?:want to )?(?:unsubscribe|remove|abmelden|austragen|take me off)|our (?:own )?unsubscribe"
    r"|unsubscribe (?:rate|link|button|page|process|feature|function)",
    re.IGNORECASE,
)


def asks_to_stop(said: str) -> bool:
    """Return whether these words of a person, without quoted mail, ask for no more mail."""
    told = " ".join(said[:BEGINNING].replace("\u2019", "'").split(" "))
    lines = "\n".join(line.strip() for line in told.splitlines())
    if _NOT_SO.search(lines):
        return False
    return bool(_ALONE.search(lines) or _ASKED.search(lines))
