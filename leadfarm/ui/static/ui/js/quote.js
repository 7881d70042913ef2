// Words marked inside [data-quotable=<touch>] go into a form: [data-quote=<dialog>] floats beside them and fills its fields
// "line" and "touch". Without scripts each quote has a link to the same form.
import { openDialog } from "./over.js";

const GAP = 6;
const marker = () => document.querySelector("[data-quote]");
let marked = null;

function hide() {
  const button = marker();
  if (button) button.hidden = true;
  marked = null;
}

function show() {
  const button = marker(), chosen = getSelection();
  if (!button) return;
  const words = chosen.toString().replace(/\s+/g, " ").trim().replace(/[\s,;:–-]+$/, "");
  const from = chosen.rangeCount && chosen.getRangeAt(0).commonAncestorContainer;
  const quote = from && (from.nodeType === 1 ? from : from.parentElement)?.closest("[data-quotable]");
  if (!words || !quote) { hide(); return; }
  marked = { words: words.slice(0, 600), touch: quote.dataset.quotable };
  const at = chosen.getRangeAt(0).getBoundingClientRect();
  button.hidden = false;
  button.style.left = `${Math.max(GAP, Math.min(at.left, innerWidth - button.offsetWidth - GAP)) + scrollX}px`;
  button.style.top = `${at.bottom + GAP + scrollY}px`;
}

document.addEventListener("selectionchange", () => setTimeout(show, 80));
document.addEventListener("mousedown", (event) => { if (event.target.closest("[data-quote]")) event.preventDefault(); });
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-quote]");
  if (!button || !marked) return;
  const dialog = document.getElementById(button.dataset.quote), { words, touch } = marked;
  getSelection().removeAllRanges();
  hide();
  await openDialog(dialog);
  const form = dialog.querySelector("form");
  if (!form) return;
  form.elements.line.value = words;
  form.elements.touch.value = touch;
  form.elements.line.focus();
  form.elements.line.dispatchEvent(new Event("input", { bubbles: true }));
});
