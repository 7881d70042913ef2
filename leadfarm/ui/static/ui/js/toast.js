// Toasts leave by themselves, unless they alarm or are being read; the one with "undo" stays longer.
const SHORT = 6000, LONG = 12000;
const started = new WeakSet();

function start(toast) {
  if (started.has(toast) || toast.classList.contains("bad") || toast.closest("[data-still]")) return;
  started.add(toast);
  const time = toast.querySelector("[data-undo]") ? LONG : SHORT;
  const leave = () => (toast.matches(":hover, :focus-within") ? setTimeout(leave, 2000) : toast.remove());
  setTimeout(leave, time);
}

const all = () => document.querySelectorAll("[data-toast]").forEach(start);
document.addEventListener("click", (event) => event.target.closest("[data-dismiss]")?.closest("[data-toast]")?.remove());
document.addEventListener("htmx:afterSettle", all);
all();

// A script may say something too: document.dispatchEvent(new CustomEvent("toast", { detail: "Copied" })).
document.addEventListener("toast", (event) => {
  const toast = Object.assign(document.createElement("div"), { className: "toast", textContent: event.detail });
  toast.dataset.toast = "";
  toast.setAttribute("role", "status");
  document.getElementById("toasts")?.append(toast);
  start(toast);
});
