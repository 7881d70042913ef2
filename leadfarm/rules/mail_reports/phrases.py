"""What mail systems say when they refuse, by reason: words of the large ones, in their languages.

Each gap is bounded and none stands beside another: a report is anybody's text.
"""

from __future__ import annotations

import re


def any_of(*words: str) -> re.Pattern[str]:
    """Return one pattern of many wordings; case does not matter."""
    return re.compile("|".join(words), re.IGNORECASE)


SENDER = any_of(
    r"sender(?:'s)?(?: e-?mail)?(?: address| domain| host| id| verif\w{1,9}|"
    r"s)?\W{1,3}(?:is )?(?:reject|not|denied|invalid|verif|refus|unknown|must|blocked|"
    r"address|on)",
    r"domain of sender",
    r"from:? (?:header|address|domain|field|line)",
    r"(?:mail from|from:|sender)\W.{0,80}(?:does not exist|invalid|not (?:exist|valid|"
    r"found|allow))",
    r"\bspf\b",
    r"\bdkim\b",
    r"dmarc",
    r"unauthenticated",
    r"authenticat(?:ion|ed)",
    r"from domain",
    r"(?:your|client|sending|source)(?: mail| smtp)? ?(?:ip|host|server|domain|network)\b",
    r"(?:invalid|bad|no|missing|poor) (?:ip|ptr|rdns|reverse|reputation|helo)",
    r"\bptr\b",
    r"reverse (?:dns|lookup|mapping|hostname)",
    r"reputation",
    r"black ?-?list",
    r"block ?-?list",
    r"deny ?list",
    r"\brbl\b",
    r"\bdnsbl\b",
    r"spamhaus",
    r"spamcop",
    r"barracudacentral",
    r"sorbs",
    r"open relay",
    r"relay(?:ing)? (?:access |not |is |has been )?(?:denied|permitted|prohibited|allowed)",
    r"(?:to|cannot|not|unable to) relay",
    r"rcpthosts",
    r"must (?:use|issue)",
    r"(?:this|per) hour",
    r"too many (?:recipients|connections|sessions|messages|mails|errors|concurrent)",
    r"rate ?limit",
    r"throttl",
    r"sending (?:limit|rate|quota)",
    r"too (?:fast|quickly)",
    r"(?:banned|blocked|blocking|block list|bad (?:host|ip))\b",
    r"no access from",
    r"from your ip",
    r"(?:ip|host|domain|address) (?:is |has been |was )?(?:temporarily )?(?:blocked|"
    r"banned|listed)",
    r"not authori[sz]ed",
    r"not permitted",
    r"not allowed to",
    r"access (?:is )?(?:denied|restricted)",
    r"starttls",
    r"encrypt",
    r"no permission",
    r"cannot send",
    r"does not accept mail from",
)
CONTENT = any_of(
    r"\bspam\b",
    r"spam(?:my|score|assassin|ming| ?filter| ?content)",
    r"\bvirus",
    r"malware",
    r"infected",
    r"unsolicited",
    r"\bcontent",
    r"phish",
    r"suspicious",
    r"attachment",
    r"\bjunk\b",
    r"policy",
    r"prohibit",
    r"administratively",
    r"banned",
    r"message (?:was |has been |is )?(?:reject|refus|block)",
    r"rfc ?\d{3,4}",
    r"(?:header|mime|charset|8-?bit|syntax)\b.{0,30}(?:invalid|error|missing|not|"
    r"malformed)",
    r"bare (?:lf|cr)",
    r"\burl\b",
    r"duplicate header",
)
FULL = any_of(
    r"quota",
    r"(?:mailbox|inbox|mail ?box|account|storage|folder|user|recipient|"
    r"mail ?drop)\b.{0,30}\b(?:full|exceeded|over|too large|limit)",
    r"full (?:mailbox|inbox)",
    r"over (?:its|the|their|disk|mail)",
    r"insufficient (?:system |disk )?(?:storage|space)",
    r"out of (?:disk|storage|space)",
    r"(?:not|in)(?: have)? ?(?:enough|sufficient) (?:disk |storage )?(?:space|storage|"
    r"room)",
    r"no (?:more )?(?:space|room|disk)",
    r"exceed\w{0,3} (?:the |its |their )?(?:storage|max\w{0,4} storage|mailbox|allocated)",
    r"too much mail",
    r"mailfile too big",
    r"berf.llt",
    r"postfach (?:ist )?voll",
    r"bo.te .{0,20}pleine",
    r"casella .{0,20}piena",
    r"buz.n .{0,20}lleno",
)
TOO_LARGE = any_of(
    r"(?:message|mail|size|data|e-?mail|body)\b.{0,40}(?:too (?:large|big|long)|exceed|"
    r"size limit)",
    r"too (?:large|big)\b.{0,20}(?:message|mail)",
    r"exceed\w{0,3}.{0,40}(?:size|length)",
    r"size limit",
)
CLOSED = any_of(
    r"(?:account|mailbox|user|recipient|address|e-?mail|inbox|"
    r"mail ?box)\b.{0,60}\b(?:disabled|inactive|suspended|deactivated|locked|dormant|"
    r"discontinued|frozen|not active|blocked|switched off|unavailable at|restricted|"
    r"expired|not activated)",
    r"(?:disabled|inactive|suspended|deactivated|locked|dormant|blocked|"
    r"discontinued) (?:e-?mail |mail )?(?:account|mailbox|user|recipient|address|status)",
    r"not accepting (?:mail|messages) at",
)
LATER = any_of(
    r"try (?:again|later|sending)",
    r"temporar",
    r"gr[ae]y ?-?list",
    r"timed? ?-?out",
    r"time-?out",
    r"retry time",
    r"(?:queue|message) (?:too long|has been in|expired)",
    r"too long in",
    r"could not be delivered (?:for|within|in)",
    r"delivery (?:time )?expired",
    r"will (?:be )?(?:re)?tr",
    r"still being retried",
    r"delayed",
    r"(?:connection|network)\b.{0,30}(?:refused|reset|lost|dropped|unreachable|closed|"
    r"failed|died)",
    r"no route to host",
    r"unreachable",
    r"mail loop",
    r"loop(?:s back|ing|ed)?\b",
    r"too many (?:hops|received)",
    r"hop count",
    r"(?:unable|could not|wasn't able|couldn't).{0,20}(?:connect|establish|contact)",
    r"lookup (?:failure|failed|timed)",
    r"name (?:server|service) (?:error|failure|timeout|loop)",
    r"malformed or unexpected",
    r"deferred",
    r"busy",
    r"config\w{0,10} error",
    r"out of memory",
    r"internal (?:server )?error",
    r"protocol error",
    r"i/o error",
    r"service unavailable",
)
NO_DOMAIN = any_of(
    r"(?:host|domain|domain name|host name)\b.{0,40}\b(?:unknown|not found|not exist|"
    r"n't exist|no mail|unresolvable|unrecogni[sz]ed|invalid|bad)",
    r"unknown (?:host|domain)",
    r"(?:no|null|nullmx)\W?mx\b",
    r"no (?:such )?(?:domain|host)\b",
    r"nxdomain",
    r"host or domain name not found",
    r"unrouteable mail domain",
    r"(?:does|do|will) ?(?:not|n't|never) (?:accept|receive|handle) (?:any )?(?:e-?mail|"
    r"mail|messages)(?! from)",
    r"no valid (?:mx|hosts|mail exchanger)",
    r"all relevant mx records point to non-existent hosts",
    r"(?:no|any|find an?) (?:mail exchanger|mail server|mx record)",
    r"nonexistent domain",
    r"not (?:a )?mail host",
    r"domain has no (?:mx|mail)",
    r"bad destination (?:host|system)",
    r"no answer from .{0,20}name ?server",
)
MOVED = any_of(
    r"(?:user|account|recipient|mailbox|address)\b.{0,30}\b(?:has moved|moved to|"
    r"has changed|changed to)",
    r"has been replaced by",
    r"please (?:try|forward|use)\b.{0,20}<",
    r"no longer (?:with|works|employed)",
    r"nicht mehr (?:im unternehmen|bei uns)",
    r"ne travaille plus",
    r"ya no trabaja",
    r"new address is",
)
NOBODY = any_of(
    r"unknown\W{1,3}(?:or (?:illegal|invalid) )?(?:user|recipient|address|account|mailbox|"
    r"alias|local|e-?mail|sub)",
    r"(?:user|recipient|mailbox|address|account|alias|addressee|e-?mail|inbox|mail ?box|"
    r"username|customer|person|local part|destination|name|id|"
    r"@[\w.-]{1,60}>?).{0,60}?(?:\bunknown|(?:not|n't) (?:be )?(?:found|known|exist|"
    r"listed|recogni[sz]ed|registered|located|matched|unique|have an|valid|a (?:valid|"
    r"known|registered)|our|present|here|available|in )|\binvalid|no longer|undeliverable|"
    r"non-?exist|doesn ?'?t exist|unavailable|cannot be found)",
    r"no such (?:\S{1,20} )?(?:user|address|recipient|mailbox|account|person|local|alias|"
    r"name|id|here|e-?mail)",
    r"(?:invalid|bad|illegal|incorrect|non-?existent|undeliverable|un-?route?able|"
    r"unresolvable|wrong|nonexistant) (?:local |e-?mail |final |"
    r"destination )?(?:recipient|mailbox|user|address|account|alias|destination)",
    r"no (?:\S{1,12} )?(?:mailbox|user|account|recipient|addressee|person|"
    r"inbox)\b.{0,20}\b(?:here|by that|found|exists?|with|matching|on this)?",
    r"(?:does(?:n't| not)|do not|don't) (?:exist|have an? (?:\S{1,20} )?account|"
    r"have an? mailbox|like recipient)",
    r"not (?:a |an |one of our |in |our )(?:known|valid|registered|local|active|existing|"
    r"(?:\S{1,10} )?(?:user|mailbox|recipient|customer|account|directory|list))",
    r"user_unknown",
    r"no valid recipient",
    r"recipnotfound",
    r"resolver\.adr",
    r"recipient address rejected: access denied",
    r"mailbox unavailable",
    r"not listed in",
    r"user (?:doesn't|not)",
    r"delivery to that (?:user|address) (?:failed|is not)",
    r"rejected address",
    r"empf.nger (?:ist )?(?:unbekannt|existiert)",
    r"existiert nicht",
    r"unbekannte[rs]? (?:empf|benutzer|adresse)",
    r"adresse .{0,40}(?:inconnue|n'existe)",
    r"destinataire inconnu",
    r"n'existe pas",
    r"utilisateur inconnu",
    r"no existe",
    r"desconocid",
    r"inesistente",
    r"non esiste",
    r"sconosciut",
    r"onbekend",
    r"nie istnieje",
    r"ej hittas",
    r"findes ikke",
    r"inexistent",
)
# Words of large systems that would be misread piece by piece.
SETTLED = any_of(
    r"recipient address rejected: access denied",
    r"account or domain may not exist",
)
