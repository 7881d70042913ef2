"""What the company's customers make, on which machines, and what goes wrong with their drives."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Trade:
    """One industry: how its companies are called, its machines, and how large it is."""

    industry: str
    names: tuple[str, ...]
    machines: tuple[str, ...]
    employees: tuple[int, int]


TRADES = (
    Trade(
        "Corrugated board",
        ("{} Kartonagen", "{} Packaging", "{} Board"),
        ("conveyor drives, line 3", "corrugator, wet end", "die-cutter feed", "stacker drives"),
        (120, 900),
    ),
    Trade(
        "Food and drink",
        ("{} Bakeries", "{} Seafoods", "{} Dairies", "{} Conserves"),
        ("mixer drives, hall 2", "cold-store ventilation", "filling line", "autoclave pumps"),
        (80, 1400),
    ),
    Trade(
        "Brewing and bottling",
        ("{} Brewing", "{} Bottling", "{} Cider"),
        ("brewhouse pumps", "bottle conveyor", "filler line monitoring", "press pumps, cellar"),
        (40, 600),
    ),
    Trade(
        "Foundry",
        ("{} Foundry", "{} Casting"),
        ("sand plant elevators", "furnace cooling pumps", "shakeout conveyor", "core blower fans"),
        (90, 700),
    ),
    Trade(
        "Paper",
        ("{} Papper", "{} Paper", "{} Tissue"),
        ("rewinder upgrade", "paper machine 2, dryer group", "vacuum pumps", "pulper drive"),
        (150, 1200),
    ),
    Trade(
        "Aggregates and cement",
        ("{} Aggregates", "{} Cement", "{} Quarries"),
        ("crusher soft start", "kiln fan retrofit", "overland belt", "raw mill separator"),
        (60, 500),
    ),
    Trade(
        "Glass and ceramics",
        ("{} Glass", "{} Ceramics"),
        ("lehr drives", "kiln fan retrofit", "batch house conveyors", "cooling fans, line B"),
        (110, 800),
    ),
    Trade(
        "Wood",
        ("{} Timber", "{} Sawmills", "{} Panels"),
        ("dryer hall fans", "debarker drive", "chip conveyor", "press line hydraulics"),
        (70, 450),
    ),
    Trade(
        "Water",
        ("{} Water", "{} Waterworks"),
        ("raw water pumps", "aeration blowers", "booster station", "sludge centrifuge"),
        (50, 900),
    ),
    Trade(
        "Recycling",
        ("{} Recycling", "{} Materials"),
        ("baler hydraulics", "shredder drive", "sorting line belts", "fan, dust removal"),
        (40, 350),
    ),
    Trade(
        "Steel and metals",
        ("{} Steel", "{} Wire", "{} Tubes"),
        ("drawing line drives", "roller table, cold end", "coiler retrofit", "descaling pumps"),
        (200, 2400),
    ),
    Trade(
        "Plastics",
        ("{} Films", "{} Extrusion", "{} Plastics"),
        ("extruder 4, DC drive", "film winder", "granulate conveying", "chiller pumps"),
        (60, 600),
    ),
)
OUTSIDE = ("Software", "Education", "Staffing", "Marketing agency", "Retail", "Property")
ROLES = (
    ("Head of maintenance", "champion", 24),
    ("Plant manager", "economic-buyer", 13),
    ("Maintenance engineer", "user", 15),
    ("Technical director", "economic-buyer", 8),
    ("Production manager", "influencer", 13),
    ("Electrical engineer", "technical-buyer", 12),
    ("Energy manager", "champion", 7),
    ("Purchasing manager", "purchasing", 8),
)
COMPETITORS = ("Vantrex Motion", "Kestrel Drives", "Dyna-Tek Antriebe", "Halden Motion Systems")
NEEDS = (
    "Replace the DC drives on the {} before spare parts run out",
    "Fewer unplanned stops on the {}",
    "Cut the energy bill of the {} by a fifth",
    "Keep the old cabinets, new drives for the {}",
    "More speed on the {} for a new product",
    "Remote monitoring for the {}",
)
