// Small hands: copy a value ([data-copy]), mirror a slider into its output ([data-mirror=id]), send a form at once ([data-autosend]).
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  document.dispatchEvent(new CustomEvent("toast", { detail: "Copied" }));
});
document.addEventListener("input", (event) => {
  const mirror = event.target.id && document.querySelector(`[data-mirror="${CSS.escape(event.target.id)}"]`);
  if (mirror) mirror.textContent = event.target.value;
});
document.addEventListener("change", (event) => event.target.closest("form[data-autosend]")?.requestSubmit());
