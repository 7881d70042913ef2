"""Which programs name themselves to web servers, so that what they do counts for nobody (law 8)."""

import re

AGENTS = re.compile(
    r"bot|crawl|spider|scan|preview|proofpoint|barracuda|mimecast|safelinks|urldefense|trendmicro"
    r"|symantec|forcepoint|cloudmark|fireeye|zscaler|headless|phantom|curl|wget|python|go-http"
    r"|java/|okhttp|libwww|httpclient|monitor|facebookexternalhit|slack|whatsapp|skype|teams",
    re.I,
)


def names_itself(agent: str) -> bool:
    """Return whether a user agent is a program's, or none at all, or too short for a browser's."""
    return not agent.strip() or agent == "Mozilla/5.0" or AGENTS.search(agent) is not None
