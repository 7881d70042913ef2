// The keyboard: "/" and Ctrl-K search, Ctrl-Enter sends the form you write in, "?" help, j/k and x in lists, "g" and a letter to a page, and any [data-key].
const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent);
const types = (element) => element.matches("input:not([type=radio], [type=checkbox], [type=range], [type=button]), textarea, select, [contenteditable=true]");
// Long ago: a page just opened waits for none.
let waitsForPage = -Infinity;

function step(by) {
  const list = rows();
  const here = list.findIndex((row) => row.contains(document.activeElement));
  const next = list[Math.max(0, Math.min(list.length - 1, here + by))];
  const target = next?.matches("a") ? next : next?.querySelector("a.title, a");
  target?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function press(key) {
  const target = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find((one) => one.closest("label")?.offsetParent ?? one.offsetParent);
  if (!target) return false;
  target.focus();
  target.click();
  return true;
}

function search() {
  const field = document.querySelector("[data-search]");
  field?.focus();
  field?.select();
  return Boolean(field);
}

function plain(key) {
  if (performance.now() - waitsForPage < 1200) {
    waitsForPage = -Infinity;
    const link = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
    if (link) { link.click(); return true; }
  }
  if (key === "/") return search();
  if (key === "?") { document.getElementById("shortcuts")?.showModal(); return true; }
  if (key === "g" && document.querySelector("[data-go]")) { waitsForPage = performance.now(); return true; }
  if (press(key)) return true;
  if ((key === "j" || key === "k") && rows().length) { step(key === "j" ? 1 : -1); return true; }
  if (key === "x") {
    const box = document.activeElement.closest("[data-row]")?.querySelector(".pick input");
    box?.click();
    return Boolean(box);
  }
  return false;
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey) return;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    if (search()) event.preventDefault();
    return;
  }
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && types(event.target)) {
    event.target.form?.requestSubmit();
    event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape" && types(event.target)) { event.target.blur(); return; }
  if (types(event.target) || document.querySelector("dialog:modal")) return;
  if (plain(event.key)) event.preventDefault();
});
