// Rows chosen by their boxes: [data-all] chooses all, [data-bulk] floats while some are chosen and shows how many.
function boxes(form) { return [...form.querySelectorAll(".pick input[type=checkbox]:not([data-all])")]; }

function show(form) {
  const all = boxes(form), chosen = all.filter((box) => box.checked);
  for (const box of all) box.closest("tr, [data-row]")?.setAttribute("aria-selected", String(box.checked));
  const head = form.querySelector("[data-all]");
  if (head) {
    head.checked = chosen.length > 0 && chosen.length === all.length;
    head.indeterminate = chosen.length > 0 && chosen.length < all.length;
  }
  const bulk = form.querySelector("[data-bulk]");
  if (!bulk) return;
  bulk.hidden = chosen.length === 0;
  bulk.querySelector("[data-selected]").textContent = chosen.length.toLocaleString("en");
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("form");
  if (!form || !event.target.closest(".pick")) return;
  if (event.target.matches("[data-all]")) for (const box of boxes(form)) box.checked = event.target.checked;
  show(form);
});
document.addEventListener("click", (event) => {
  const form = event.target.closest("[data-clear]")?.closest("form");
  if (!form) return;
  for (const box of boxes(form)) box.checked = false;
  show(form);
});
