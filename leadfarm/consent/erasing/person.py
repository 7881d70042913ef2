"""Who somebody is in the whole record: numbers, leads, and the words that name them."""

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from phonenumbers import NumberParseException, parse

from leadfarm.consent.holdings import registry
from leadfarm.leads.models import Contact, GroupMember, Lead

SHORTEST_NUMBER = 6
BETWEEN = r"[\s\-./()]*"


@dataclass(frozen=True)
class Person:
    """A contact with those merged into it, the leads they take part in, and what names them.

    `own` are the leads that are about nobody else. `everywhere` are words that name them and
    nobody else wherever they stand; `nearby` is what names them only on records of theirs.
    """

    workspace_id: int
    contact_id: int
    contacts: tuple[int, ...]
    leads: tuple[int, ...]
    own: tuple[int, ...]
    around: tuple[int, ...]
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    everywhere: tuple[str, ...]
    nearby: tuple[str, ...]

    def terms(self) -> dict[str, Any]:
        """Return the parameters of the conditions of a holding."""
        return {
            "workspace": self.workspace_id,
            "contacts": list(self.contacts),
            "leads": list(self.leads),
            "own": list(self.own),
            "around": list(self.around),
            "named": list(self.everywhere),
        }


def person_of(contact: Contact) -> Person:
    """Return the whole person behind a contact. Call it inside the workspace."""
    workspace = contact.workspace_id
    ids = {contact.id}
    for others in registry.same_person:
        ids |= others(workspace, contact.id)
    faces = list(Contact.objects.of(workspace).filter(id__in=ids).order_by("id"))
    full_names = {_name(face) for face in faces} - {""}
    alone = full_names if _is_alone(workspace, faces) else set()
    phones = _phones(workspace, faces)
    return Person(
        workspace_id=workspace,
        contact_id=contact.id,
        contacts=tuple(sorted(ids)),
        **_leads(workspace, faces),
        emails=tuple(face.email_key for face in faces if face.email_key),
        phones=tuple(phones),
        everywhere=tuple(
            sorted({_word(face.email) for face in faces if face.email})
            + sorted(_number(phone) for phone in phones)
            + sorted(alone)
        ),
        nearby=tuple(sorted(full_names - alone)),
    )


def _leads(workspace_id: int, faces: list[Contact]) -> dict[str, tuple[int, ...]]:
    """Return the leads they take part in, those about nobody else, and those of their company."""
    ids = [face.id for face in faces]
    groups = GroupMember.objects.of(workspace_id)
    leads = Lead.objects.of(workspace_id).order_by("id")
    firsts = list(leads.filter(contact_id__in=ids).values_list("id", flat=True))
    beside = groups.filter(contact_id__in=ids).values_list("lead_id", flat=True)
    others = groups.filter(lead_id__in=firsts, contact__erased_at=None).exclude(contact_id__in=ids)
    shared = set(others.values_list("lead_id", flat=True))
    homes = [face.account_id for face in faces if face.account_id]
    company = leads.filter(account_id__in=homes).values_list("id", flat=True)
    mine = tuple(sorted({*firsts, *beside}))
    own = tuple(lead for lead in firsts if lead not in shared)
    return {"leads": mine, "own": own, "around": tuple(sorted({*mine, *company}))}


def _name(face: Contact) -> str:
    """Return a pattern of the full name in either order; "" where only one half is known."""
    given, family = _word(face.given_name), _word(face.family_name)
    if not given or not family:
        return ""
    return rf"{given}\s+{family}|{family},?\s+{given}"


def _word(text: str) -> str:
    return r"\s+".join(re.escape(part) for part in text.split())


def _number(phone: str) -> str:
    """Return a pattern of the number, with or without its country, and anything between digits."""
    digits, country = re.sub(r"\D", "", phone), ""
    if phone.startswith("+"):
        with suppress(NumberParseException):
            read = parse(phone)
            digits, country = str(read.national_number), str(read.country_code)
    prefix = rf"(?:(?:\+|00){BETWEEN}{BETWEEN.join(country)}{BETWEEN}0?{BETWEEN}|0)?"
    return (prefix if country else "") + BETWEEN.join(digits)


def _phones(workspace_id: int, faces: list[Contact]) -> list[str]:
    """Return the numbers that are theirs alone: a switchboard is their colleagues' too."""
    keys = {face.phone_key for face in faces if face.phone_key}
    ids = [face.id for face in faces]
    shared = set(
        Contact.objects.of(workspace_id)
        .filter(phone_key__in=keys)
        .exclude(id__in=ids)
        .values_list("phone_key", flat=True)
    )
    mine = [face for face in faces if face.phone and face.phone_key not in shared]
    written = {face.phone for face in mine} | {face.phone_key or "" for face in mine}
    return sorted(one for one in written if len(re.sub(r"\D", "", one)) >= SHORTEST_NUMBER)


def _is_alone(workspace_id: int, faces: list[Contact]) -> bool:
    """Whether nobody else in the workspace has the name, so that it names them anywhere."""
    ids = [face.id for face in faces]
    return not any(
        Contact.objects.of(workspace_id)
        .filter(given_name__iexact=face.given_name, family_name__iexact=face.family_name)
        .exclude(id__in=ids)
        .exists()
        for face in faces
        if _name(face)
    )
