"""The forms of a page as a browser without JavaScript would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

SILENT = {"submit", "button", "image", "reset"}


@dataclass
class PageForm:
    """Where a form goes, by which method, and what its fields hold; files are told apart."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)

    def shape(self) -> tuple[str, ...]:
        """Two forms of one address with the same fields are one to us."""
        return (self.method, *sorted({*self.fields, *self.files}))


def forms_of(page: str, address: str) -> list[PageForm]:
    """Return the forms on the page that was read from this address."""
    reader = _Reader(address)
    reader.feed(page)
    return reader.found


class _Reader(HTMLParser):
    """Collects forms; a field may stand outside and name its form by id."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.found: list[PageForm] = []
        self._inside: PageForm | None = None
        self._named: dict[str, PageForm] = {}
        self._select = ""
        self._area: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        here = {name: value or "" for name, value in attrs}
        if tag == "form":
            target = urljoin(self.address, here.get("action") or self.address)
            self._inside = PageForm(target, here.get("method", "get").lower())
            self.found.append(self._inside)
            self._named[here.get("id", "")] = self._inside
        elif tag in ("input", "select", "textarea", "button") and here.get("name"):
            self._field(tag, here)
        elif tag == "option" and self._select:
            form = self._inside
            if form and ("selected" in here or not form.fields[self._select]):
                form.fields[self._select] = [here.get("value", "")]

    def _field(self, tag: str, here: dict[str, str]) -> None:
        form = self._named.get(here.get("form", "")) if here.get("form") else self._inside
        if form is None:
            return
        name, kind = here["name"], here.get("type", "text")
        if tag == "input" and kind == "file":
            form.files.add(name)
            return
        values = form.fields.setdefault(name, [])
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._area = values
        elif kind not in ("checkbox", "radio") or "checked" in here or not values:
            values.append(here.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = None
