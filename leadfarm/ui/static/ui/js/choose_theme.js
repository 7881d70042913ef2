// The three buttons of the account menu: [data-theme-choice="" | "light" | "dark"].
const KEY = "leadfarm-theme";
const root = document.documentElement;

function show() {
  for (const button of document.querySelectorAll("[data-theme-choice]"))
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === (root.dataset.theme ?? "")));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-theme-choice]");
  if (!button) return;
  const choice = button.dataset.themeChoice;
  if (choice) root.dataset.theme = choice; else delete root.dataset.theme;
  try { choice ? localStorage.setItem(KEY, choice) : localStorage.removeItem(KEY); } catch { /* lasts for this page */ }
  show();
});
show();
