// What a site embeds. Without consent it stores nothing and sends nothing.
(site => {
let d = document, n = navigator, l = location, now = Date.now, half = 15552000,
id, wording, asked, box, handle, timer, word, path = l.pathname, since = now(), queue = [], url = new URL(l), link = url.searchParams.get("lf");

// The word of our mail goes out of the address before anybody passes it on.
if (link) {
url.searchParams.delete("lf");
history.replaceState(history.state, "", url);
}

let listen = (name, then) => d.addEventListener(name, then, true),
ready = then => d.body ? then() : listen("DOMContentLoaded", then),
keep = (value, age) => d.cookie = `leadfarm=${value};path=/;samesite=lax;max-age=${age}${l.protocol == "https:" ? ";secure" : ""}`,
later = () => {
clearTimeout(timer);
timer = setTimeout(send, 1500);
},
send = gone => {
clearTimeout(timer);
if (id && n.sendBeacon(site.to, JSON.stringify({
v: id, w: +wording, s: +asked, x: gone, l: link, i: word, d: (now() - since) / 1e3,
p: gone ? [] : queue.map(one => ({...one, a: (now() - one.at) / 1e3}))
}))) queue = [], link = word = 0;
},
view = () => {
if (!id) return;
let m = {};
path = l.pathname;
new URLSearchParams(l.search).forEach((value, name) => name.startsWith("utm_") && (m[name.slice(4)] = value));
queue.push({u: path, t: d.title, m, r: d.referrer.split(/[?#]/)[0], at: since = now()});
later();
},
consent = (yes, by) => {
if (box) box = box.remove();
if (yes && !id) {
id = Array.from(crypto.getRandomValues(new Uint8Array(16)), one => (one + 256).toString(16).slice(1)).join("");
keep([id, wording = site.version, asked = by || 2], half);
view();
send();
}
if (!yes) {
send(1);
id = 0;
keep("no", by ? half : 0);
}
back();
},
make = (tag, more) => Object.assign(d.createElement(tag), more),
button = (textContent, onclick) => make("button", {textContent, onclick, style: "font:inherit;padding:8px 20px;margin:8px 8px 0 0"}),
show = (it, style) => {
it.style = "position:fixed;z-index:9999999;left:16px;bottom:16px;background:#fff;color:#111;border:1px solid #767676;border-radius:8px;" + style;
d.body.prepend(it);
},
back = () => site.text && ready(() => handle || d.querySelector("[data-leadfarm-choice]") || show(handle = button(site.label, ask), "font:13px sans-serif;padding:6px 10px")),
ask = () => {
if (box || !site.to) return;
box = make("section", {ariaLabel: site.label});
box.append(site.text + " ", site.more ? make("a", {href: site.more, textContent: site.label, style: "color:inherit"}) : "", make("br"), button(site.no, () => consent(0, 1)), button(site.yes, () => consent(1, 1)));
show(box, "right:16px;max-width:440px;padding:16px;font:16px/1.4 sans-serif");
};

let off = !site.to || n.globalPrivacyControl || n.doNotTrack == 1;
window.leadfarm = {
consent: yes => off || consent(yes),
identify: token => {
word = token;
later();
},
page: view,
choose: () => off || ask(),
visitor: () => id
};
if (off) return;
let kept = (d.cookie.match(/(^|; )leadfarm=([^;]*)/) || [])[2];
if (kept > "" && kept != "no") [id, wording, asked] = kept.split(",");
ready(() => {
view();
kept ? back() : site.text && ask();
});
setInterval(() => path != l.pathname && view(), 500);
listen("visibilitychange", () => d.hidden && send());
addEventListener("message", e => e.origin == site.at && id && e.source.postMessage({visitor: id}, site.at));
listen("click", e => {
let a = e.target.closest("a,[data-leadfarm-choice]");
if (!a) return;
if (a.matches("[data-leadfarm-choice]")) e.preventDefault(), ask();
else if (id && a.href.startsWith(site.at + "/f/")) a.search = "visitor=" + id;
});
})
