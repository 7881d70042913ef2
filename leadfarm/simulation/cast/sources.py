"""Where leads come from, how good they are in truth, and what each costs."""

from dataclasses import dataclass

from leadfarm.rules.codes import TouchKind


@dataclass(frozen=True)
class PlantedSource:
    """One source: its share of all leads, and what becomes of them in truth.

    `buys` is the share that would order from us if looked after, half of them only after five
    months or more; `elsewhere` buys from another maker; `unfit` are students, competitors, firms
    too small. The rest has no project in these years, or never answers.
    """

    name: str
    share: int
    kinds: tuple[TouchKind, ...]
    buys: float
    elsewhere: float
    unfit: float
    silent: float
    monthly: tuple[int, int] = (0, 0)  # media and tools, a month, in the workspace's currency


SOURCES = (
    PlantedSource(
        *("Organic search", 23, (TouchKind.DOWNLOAD, TouchKind.FORM), 0.26, 0.08, 0.14, 0.12),
        monthly=(600, 250),
    ),
    PlantedSource(
        *("Trade fairs", 16, (TouchKind.EVENT,), 0.34, 0.10, 0.06, 0.08),
        monthly=(0, 60),
    ),
    PlantedSource(
        *("Partner referral", 6, (TouchKind.MAIL_IN, TouchKind.CALL_IN), 0.55, 0.08, 0.0, 0.03),
        monthly=(300, 0),
    ),
    PlantedSource(
        *("Webinars", 15, (TouchKind.WEBINAR_ATTENDED,), 0.24, 0.07, 0.10, 0.12),
        monthly=(250, 180),
    ),
    PlantedSource(
        *("Paid search", 15, (TouchKind.FORM, TouchKind.DOWNLOAD), 0.11, 0.07, 0.38, 0.16),
        monthly=(1900, 120),
    ),
    PlantedSource(
        *("Content syndication", 18, (TouchKind.DOWNLOAD,), 0.03, 0.03, 0.44, 0.30),
        monthly=(700, 0),
    ),
    PlantedSource(
        *("Website, contact us", 7, (TouchKind.CONTACT_US,), 0.48, 0.12, 0.08, 0.04),
        monthly=(0, 0),
    ),
)


@dataclass(frozen=True)
class PlantedCampaign:
    """A campaign of a source: the month it runs (0: the first), its offer and what it costs."""

    name: str
    source: str
    month: int
    months: int
    offer: str
    audience: str
    media: int
    vendor: int = 0


CAMPAIGNS = (
    PlantedCampaign(
        *("Water and wind fair", "Trade fairs", 1, 1, "Pump check at the stand"),
        *("Heads of maintenance in water and paper", 14200, 3200),
    ),
    PlantedCampaign(
        *("Hannover follow-up", "Trade fairs", 5, 2, "Guide: retrofit or replace?"),
        *("Visitors of the stand", 26500, 6400),
    ),
    PlantedCampaign(
        *("Autumn maintenance days", "Trade fairs", 9, 1, "Standstill calculator"),
        *("Plant and maintenance managers", 11800, 2600),
    ),
    PlantedCampaign(
        *("Webinar: energy in pumping", "Webinars", 2, 1, "45 minutes, three plants, real bills"),
        *("Energy and production managers", 2100),
    ),
    PlantedCampaign(
        *("Webinar: DC drives without spares", "Webinars", 6, 1, "What to do before the next stop"),
        *("Maintenance in board, steel, plastics", 2400),
    ),
    PlantedCampaign(
        *("Webinar: harmonics for electricians", "Webinars", 10, 1, "Measure, then decide"),
        *("Electrical engineers", 1900),
    ),
    PlantedCampaign(
        *("Guide downloads, trade press", "Content syndication", 0, 12, "Guide as PDF"),
        *("Readers of three trade journals", 6800),
    ),
    PlantedCampaign(
        *("Search: drive retrofit", "Paid search", 0, 12, "Price guide"),
        *("Who searches for drives and spares", 9600),
    ),
)
