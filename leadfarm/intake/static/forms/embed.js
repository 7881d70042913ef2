// On the pages of others: <script src=".../static/forms/embed.js" data-form="newsletter" async></script>
// puts the form where the script stands, as tall as it is, and leads on where its thanks lead.
(() => {
  const script = document.currentScript;
  const host = new URL(script.src).origin;
  const address = new URL(`/f/${script.dataset.form}/frame/`, host);
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (name.startsWith("utm_")) address.searchParams.set(name, value);
  }
  address.searchParams.set("page", location.origin + location.pathname);
  if (document.referrer) address.searchParams.set("referrer", document.referrer);
  const frame = document.createElement("iframe");
  frame.src = address;
  frame.title = script.dataset.title || "Form";
  frame.style.cssText = "width:100%;border:0;min-height:20rem;color-scheme:normal";
  window.addEventListener("message", ({ source, origin, data }) => {
    if (source !== frame.contentWindow || origin !== host || !data || !data.leadfarm) return;
    if (Number.isFinite(data.height)) frame.style.height = `${Math.ceil(data.height) + 4}px`;
    if (String(data.leadsTo || "").startsWith("https://")) location.assign(data.leadsTo);
  });
  // The link is for readers without scripts, and for pages where this file is blocked.
  const link = script.previousElementSibling;
  if (link?.href === `${host}/f/${script.dataset.form}/`) link.remove();
  script.after(frame);
})();
