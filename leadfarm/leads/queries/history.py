"""Which touches are asked for: by whom, of what kind, when, with which words; and all as rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from leadfarm.leads.models import PersonalText, Touch
from leadfarm.rules.codes import Direction, Disposition, TouchKind

K = TouchKind
# What people look for, by the word they would say.
GROUPS: dict[str, tuple[str, frozenset[TouchKind]]] = {
    "mail": ("Mail", frozenset(kind for kind in K if kind.name.startswith("MAIL"))
             | {K.AUTO_REPLY, K.UNSUBSCRIBED, K.COMPLAINT, K.PREFERENCES, K.NEWSLETTER}),
    "phone": ("Phone", frozenset({K.CALL, K.CALL_IN})),
    "meeting": ("Meetings", frozenset({K.MEETING, K.MEETING_NO_SHOW, K.CHAT, K.SOCIAL, K.POST})),
    "web": ("Web and forms", frozenset({K.FORM, K.CONTACT_US, K.DOWNLOAD, K.PAGE_VISIT,
                                        K.CONFIRMED, K.ORDER})),
    "event": ("Events", frozenset(kind for kind in K
                                  if kind.name.startswith(("EVENT", "WEBINAR")))),
    "inside": ("Inside", frozenset({K.NOTE, K.COMMENT, K.BRIEF_OPENED, K.HELD_BACK,
                                    K.LIST_ENTRY})),
}  # fmt: skip
SAID = ("said", "note", "visit", "mail")


@dataclass(frozen=True)
class Shown:
    """Which touches the page was asked for; empty means all."""

    who: str = ""  # "people" or "machines"
    kind: TouchKind | None = None
    group: str = ""  # a key of GROUPS
    way: str = ""  # "in" or "out"
    member: int | None = None
    person: tuple[int, ...] = ()  # a contact, and those merged into it
    since: date | None = None
    until: date | None = None
    words: str = ""
    before: int | None = None

    @property
    def narrowed(self) -> bool:
        """Return whether more is asked than people or machines."""
        asked = (self.kind, self.group, self.way, self.member, self.person, self.since, self.until)
        return any(one for one in asked) or bool(self.words)


def narrowed(touches: QuerySet[Touch], shown: Shown, zone: ZoneInfo) -> QuerySet[Touch]:
    """Return those of the touches that are asked for, in no order."""
    if shown.who:
        touches = touches.filter(by_machine=shown.who == "machines")
    if shown.kind is not None:
        touches = touches.filter(kind=shown.kind)
    if shown.group in GROUPS:
        touches = touches.filter(kind__in=[int(kind) for kind in GROUPS[shown.group][1]])
    if shown.way:
        wanted = Direction.IN if shown.way == "in" else Direction.OUT
        touches = touches.filter(kind__in=[int(kind) for kind in K if kind.direction is wanted])
    if shown.member is not None:
        touches = touches.filter(member_id=shown.member)
    if shown.person:
        touches = touches.filter(contact_id__in=shown.person)
    if shown.since is not None:
        touches = touches.filter(happened_at__gte=datetime.combine(shown.since, time(), zone))
    if shown.until is not None:
        end = datetime.combine(shown.until + timedelta(days=1), time(), zone)
        touches = touches.filter(happened_at__lt=end)
    return _with_words(touches, shown.words)


def _with_words(touches: QuerySet[Touch], words: str) -> QuerySet[Touch]:
    """Return the touches in whose words all of these stand, or whose kind is called so."""
    for word in words.split()[:6]:
        kinds = [int(kind) for kind in K if word.casefold() in kind.label.casefold()]
        texts = PersonalText.objects.filter(
            lead_id__in=touches.values("lead_id"), kind__in=SAID, body__icontains=word
        )
        touches = touches.filter(
            Q(id__in=texts.filter(touch_id__isnull=False).values("touch_id")) | Q(kind__in=kinds)
        )
    return touches


def older_than(touches: QuerySet[Touch], touch_id: int | None) -> QuerySet[Touch]:
    """Return the touches before this one in the order of the timeline; all where it is None."""
    if touch_id is None:
        return touches
    last = touches.filter(id=touch_id).values_list("happened_at", flat=True).first()
    if last is None:
        return touches
    return touches.filter(Q(happened_at__lt=last) | Q(happened_at=last, id__lt=touch_id))


COLUMNS = (
    "touch", "lead", "contact", "happened_at", "known_at", "recorded_at", "kind", "direction",
    "by_machine", "member", "disposition", "minutes", "campaign", "words",
)  # fmt: skip


def as_rows(touches: QuerySet[Touch], workspace_id: int) -> Iterator[dict[str, Any]]:
    """Yield every touch with all its times and what was said, oldest first, in batches."""
    asked = touches.select_related("member", "contact", "campaign").order_by("happened_at", "id")
    batch: list[Touch] = []
    for touch in asked.iterator(chunk_size=500):
        batch.append(touch)
        if len(batch) == 500:
            yield from _rows(batch, workspace_id)
            batch = []
    yield from _rows(batch, workspace_id)


def _rows(touches: list[Touch], workspace_id: int) -> Iterator[dict[str, Any]]:
    texts: dict[int, list[str]] = {}
    said = PersonalText.objects.of(workspace_id).filter(
        touch_id__in=[touch.id for touch in touches], kind__in=SAID
    )
    for text in said.order_by("id"):
        texts.setdefault(text.touch_id or 0, []).append(text.body)
    for touch in touches:
        yield dict(zip(COLUMNS, _cells(touch, texts.get(touch.id, [])), strict=True))


def _cells(touch: Touch, said: list[str]) -> tuple[Any, ...]:
    kind = TouchKind(touch.kind)
    times = (touch.happened_at, touch.known_at, touch.recorded_at)
    return (
        touch.id,
        touch.lead_id,
        touch.contact.name if touch.contact else "",
        *(at.isoformat() for at in times),
        kind.label,
        kind.direction.name.lower(),
        touch.by_machine,
        touch.member.name if touch.member else "",
        Disposition(touch.disposition).label if touch.disposition else "",
        touch.minutes,
        touch.campaign.name if touch.campaign else "",
        "\n".join(said),
    )
