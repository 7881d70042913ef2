// What floats: dialogs ([data-opens=id], [data-close]) and menus (popovertarget), placed beside their button.
// A dialog with [data-source] fetches its form when it is opened first, and goes to its first field.
// A form that came back with its faults ([data-again]) opens as it was, at the first field that is wrong.
const GAP = 4;

for (const dialog of document.querySelectorAll("dialog[data-again]")) {
  dialog.close();
  dialog.showModal();
}
document.querySelector('[aria-invalid="true"]')?.focus();

export async function openDialog(dialog) {
  dialog.showModal();
  if (!dialog.dataset.source || dialog.querySelector("form")) return;
  await window.htmx.ajax("GET", dialog.dataset.source, { target: dialog.querySelector("div"), swap: "innerHTML" });
  dialog.querySelector("input:not([type=hidden]), select, textarea")?.focus();
}

function place(menu) {
  const button = document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`);
  if (!button) return;
  const at = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = at.bottom + GAP + height <= innerHeight || at.top < height;
  menu.style.left = `${Math.max(GAP, Math.min(at.left, innerWidth - width - 2 * GAP))}px`;
  menu.style.top = `${below ? at.bottom + GAP : at.top - height - GAP}px`;
}

document.addEventListener("toggle", (event) => {
  if (event.newState === "open" && event.target.matches?.(".menu[popover]")) {
    place(event.target);
    event.target.querySelector("a[href], button:not([disabled])")?.focus();
  }
}, true);

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.(".menu[popover]");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!menu || !step) return;
  const items = [...menu.querySelectorAll("a[href], button:not([disabled])")].filter((item) => item.offsetParent);
  items.at((items.indexOf(document.activeElement) + step) % items.length)?.focus();
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  const opens = event.target.closest("[data-opens]");
  if (opens) {
    opens.closest("[popover]")?.hidePopover();
    const dialog = document.getElementById(opens.dataset.opens);
    if (dialog) openDialog(dialog);
  }
  const around = event.target.closest("dialog");
  if (around && (event.target === around || event.target.closest("[data-close]"))) around.close();
});
