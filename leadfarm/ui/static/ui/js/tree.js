// The program builder from the keyboard: arrows walk the tree ([data-edits] may change it), Enter opens a step, Esc comes back, a adds, Alt and arrows move, Delete removes, Ctrl-C and Ctrl-V copy, Ctrl-Z undoes.
const canvas = document.querySelector(".canvas#tree");
const nodes = () => [...canvas.querySelectorAll("a.node")].filter((node) => node.offsetParent);
const keyOf = (node) => node.id.slice("node-".length);
const typing = (element) => element.matches("input, textarea, select, [contenteditable=true]");

// One step is reached by Tab, with the plus before it; the arrows go on from there.
function rove(node) {
  for (const each of canvas.querySelectorAll("a.node, a.add")) each.tabIndex = -1;
  node.tabIndex = 0;
  const add = node.previousElementSibling;
  if (add?.matches("a.add")) add.tabIndex = 0;
}

function go(node) {
  if (!node) return false;
  rove(node);
  node.focus({ preventScroll: true });
  node.scrollIntoView({ block: "nearest", inline: "nearest" });
  return true;
}

// Up and down follow reading order within a way, and leave it at its ends; left and right change the way.
function beside(node, by) {
  const item = node.closest("li");
  const way = item.parentElement.closest(".fork > li");
  if (by === "up") return item.previousElementSibling?.querySelector("a.node") ?? way?.closest(".tree > li")?.querySelector("a.node");
  if (by === "down") {
    const inside = item.querySelector(":scope > .fork a.node");
    if (inside) return inside;
    for (let at = item; at; at = at.parentElement.closest(".tree > li")) if (at.nextElementSibling) return at.nextElementSibling.querySelector("a.node");
    return null;
  }
  for (let at = way; at; at = at.parentElement.closest(".fork > li")) {
    for (let next = by === "left" ? at.previousElementSibling : at.nextElementSibling; next; next = by === "left" ? next.previousElementSibling : next.nextElementSibling) {
      const found = next.querySelector("a.node");
      if (found) return found;
    }
  }
  return null;
}

function send(form, address, fields = {}) {
  if (!canvas.hasAttribute("data-edits")) return false;
  for (const [name, value] of Object.entries(fields)) {
    const field = form.querySelector(`[name="${name}"]`) ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name }));
    field.value = value;
  }
  form.action = address;
  form.submit();
  return true;
}

const acts = () => document.getElementById("acts");
const adds = () => document.getElementById("adds");
const step = (node, what) => `${acts().dataset.steps}${encodeURIComponent(keyOf(node))}/${what}/`;
const pressed = (name) => { const button = document.querySelector(`[${name}]:not(:disabled)`); button?.click(); return Boolean(button); };

function withControl(event, node) {
  const key = event.key.toLowerCase();
  if (key === "z") return pressed(event.shiftKey ? "data-redo-draft" : "data-undo-draft");
  if (key === "y") return pressed("data-redo-draft");
  if (!node || !acts() || event.shiftKey || String(getSelection())) return false;
  if (key === "c") return send(adds(), step(node, "copy"));
  if (key === "v") return send(adds(), adds().dataset.paste, { after: keyOf(node) });
  return false;
}

function alone(event, node) {
  const arrow = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "left", ArrowRight: "right" }[event.key];
  const ours = acts() && node.id !== "node-program";
  if (event.altKey) return Boolean(ours && (arrow === "up" || arrow === "down")) && send(acts(), step(node, "place"), { to: arrow });
  if (arrow) { go(beside(node, arrow)); return true; }
  if (event.key === "Home" || event.key === "End") return go(nodes().at(event.key === "Home" ? 0 : -1));
  if (!ours) return false;
  if (event.key === "Delete" || event.key === "Backspace") return send(acts(), step(node, "removal"));
  if (event.key === "a" || event.key === "+") { location.assign(`?after=${encodeURIComponent(keyOf(node))}#step`); return true; }
  return false;
}

function hear(event) {
  if (event.isComposing || event.defaultPrevented || document.querySelector("dialog:modal")) return;
  const node = event.target.closest?.("a.node");
  const panel = event.target.closest?.(".panel");
  if (event.key === "Escape" && panel && !typing(event.target)) { go(current()); return; }
  if (typing(event.target)) return;
  const done = event.ctrlKey || event.metaKey ? withControl(event, node && node.id !== "node-program" ? node : null) : node && !event.shiftKey && alone(event, node);
  if (done) { event.preventDefault(); event.stopPropagation(); }
}

const current = () => canvas.querySelector("a.node[aria-current]") ?? nodes()[0];

if (canvas && nodes().length) {
  canvas.removeAttribute("tabindex");
  rove(current());
  canvas.addEventListener("focusin", (event) => event.target.matches("a.node") && rove(event.target));
  document.addEventListener("keydown", hear, true);
}
