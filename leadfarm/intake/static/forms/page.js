// A form on its own page or in a frame: solves its riddle while the visitor types, sends once, and tells the page around a frame how tall it is.
const form = document.querySelector("form[data-riddle]");
const framed = window.parent !== window;
let solved = null;

function solve() {
  if (!form || !window.Worker || !window.isSecureContext) return Promise.resolve();
  return new Promise((done) => {
    const worker = new Worker(form.dataset.solver);
    worker.onerror = () => done();
    worker.onmessage = ({ data }) => {
      form.elements.proof.value = data;
      worker.terminate();
      done();
    };
    worker.postMessage(JSON.parse(form.dataset.riddle));
  });
}

form?.addEventListener("submit", async (event) => {
  const button = form.querySelector(".send");
  if (button.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    return;
  }
  button.setAttribute("aria-busy", "true");
  if (form.elements.proof.value) return;
  event.preventDefault();
  await Promise.race([solved, new Promise((late) => setTimeout(late, 6000))]);
  form.submit();
});
// Back from the page after it: the button can be pressed again.
window.addEventListener("pageshow", () => form?.querySelector(".send").removeAttribute("aria-busy"));
document.querySelector("[data-faults]")?.focus();

if (framed) {
  const tell = (said) => window.parent.postMessage({ leadfarm: location.pathname, ...said }, "*");
  new ResizeObserver(() => tell({ height: document.body.scrollHeight })).observe(document.body);
  const leadsTo = document.querySelector("[data-leads-to]")?.dataset.leadsTo;
  if (leadsTo) tell({ leadsTo });
}
solved = solve();
