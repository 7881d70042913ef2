// Hands for the builder: rows move where they are taken, by button, key or drag, without a round to the server.
// Without this file the same buttons send the form and the server moves the row.
const list = () => document.querySelector("[data-sortable]");
const rowOf = (element) => element.closest("[data-row-of]");
let dragged = null;

function changed() {
  const rows = [...list().children];
  rows.forEach((row, place) => {
    row.querySelector('[data-moves="up"]').disabled = place === 0;
    row.querySelector('[data-moves="down"]').disabled = place === rows.length - 1;
  });
  list().dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-moves]");
  if (!button || !list()) return;
  event.preventDefault();
  const row = rowOf(button);
  const neighbour = button.dataset.moves === "up" ? row.previousElementSibling : row.nextElementSibling;
  if (button.dataset.moves === "away") {
    (row.nextElementSibling ?? row.previousElementSibling)?.querySelector("summary").focus();
    row.remove();
  } else if (neighbour) {
    if (button.dataset.moves === "up") neighbour.before(row);
    else neighbour.after(row);
  }
  changed();
  if (!button.disabled) button.focus();
  else row.querySelector("[data-moves]:not(:disabled)")?.focus();
});
document.addEventListener("input", (event) => {
  if (event.target.name?.endsWith("-label")) rowOf(event.target).querySelector("[data-label-of]").textContent = event.target.value || "New question";
});
// What stands open still does when the server hands the page back with a question more.
document.addEventListener("formdata", (event) => {
  for (const part of event.target.querySelectorAll("[data-folds][open]")) event.formData.append("unfolded", part.dataset.folds);
});
document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest("[data-grip]");
  if (grip) rowOf(grip).draggable = true;
});
document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-row-of]");
  dragged?.classList.add("dragged");
});
document.addEventListener("dragover", (event) => {
  const over = dragged && event.target.closest("[data-row-of]");
  if (!over || over === dragged) return;
  event.preventDefault();
  const { top, height } = over.getBoundingClientRect();
  if (event.clientY < top + height / 2) over.before(dragged);
  else over.after(dragged);
});
document.addEventListener("drop", (event) => dragged && event.preventDefault());
document.addEventListener("dragend", () => {
  if (!dragged) return;
  dragged.classList.remove("dragged");
  dragged.draggable = false;
  dragged = null;
  changed();
});
document.documentElement.classList.add("has-hands");
