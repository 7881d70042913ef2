"""The code lists of a profile, and the fields whose origin is kept."""

from __future__ import annotations

from leadfarm.rules.coded import Code


class Seniority(Code):
    """How high somebody stands; the number rises with it."""

    ASSISTANT = 1, "Assistant or trainee"
    SPECIALIST = 2, "Specialist"
    MANAGER = 3, "Manager"
    HEAD = 4, "Head of a department"
    DIRECTOR = 5, "Director"
    VICE_PRESIDENT = 6, "Vice president"
    TOP = 7, "Top management or owner"


class Department(Code):
    """Where somebody works."""

    MANAGEMENT = 1, "Management"
    IT = 2, "IT"
    FINANCE = 3, "Finance"
    PURCHASING = 4, "Purchasing"
    OPERATIONS = 5, "Operations"
    PRODUCTION = 6, "Production"
    MAINTENANCE = 7, "Maintenance"
    ENGINEERING = 8, "Engineering and research"
    QUALITY = 9, "Quality and safety"
    LOGISTICS = 10, "Logistics"
    SALES = 11, "Sales"
    MARKETING = 12, "Marketing"
    SERVICE = 13, "Customer service"
    PERSONNEL = 14, "Personnel"
    LEGAL = 15, "Legal"


class ProfileField(Code):
    """A value of a company or a person whose origin is kept."""

    NAME = 1, "Name"
    DOMAIN = 2, "Site"
    COUNTRY = 3, "Country"
    INDUSTRY = 4, "Industry"
    SECTOR = 5, "Industry group"
    EMPLOYEES = 6, "People"
    JOB_TITLE = 7, "Job title"
    SENIORITY = 8, "Seniority"
    DEPARTMENT = 9, "Department"


BANDS = ((1, "1 to 9"), (10, "10 to 49"), (50, "50 to 249"), (250, "250 to 999"),
         (1000, "1,000 to 4,999"), (5000, "5,000 and more"))  # fmt: skip


def size_band(employees: int | None) -> str:
    """Return the size band of a company; "" where nobody knows."""
    if not employees:
        return ""
    return [label for low, label in BANDS if employees >= low][-1]
