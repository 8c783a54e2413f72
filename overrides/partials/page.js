(function (d, w) {
// The link to the page of contents becomes the search button, and works as a link until the search has loaded.
var find = d.querySelector(".find"), name = find.textContent, asked, gone;
function contents() { if (!gone) { gone = 1; w.location.assign(find.href); } }
function add(file) {
  var s = d.createElement("script");
  s.async = false; s.onerror = contents;
  s.src = find.dataset.folder + file + ".js";
  return d.head.appendChild(s);
}
function load(e) {
  if (e.ctrlKey || e.metaKey || e.shiftKey) { return; }
  e.preventDefault();
  if (asked) { return; }
  asked = 1; find.textContent = name + " …";
  try {
    [find.hreflang, "contacts", "engine"].forEach(add);
    add("box").onload = function () {
      if (!d.getElementById("search")) { contents(); }
      find.textContent = name; find.removeEventListener("click", load);
    };
  } catch (error) { contents(); }
}
function set(key, value) { find.setAttribute(key, value); }
set("role", "button"); set("aria-expanded", "false");
find.addEventListener("click", load);
find.addEventListener("keydown", function (e) { if (e.keyCode === 32) { e.preventDefault(); find.click(); } });

// Texts that depend on the time are renewed, or removed, each minute and when the page is shown again.
var days = "SuMoTuWeThFrSa", tick;
function spans(hours, day) {
  var found = [];
  hours.split("; ").forEach(function (rule) {
    rule = rule.split(" ");
    rule[0].split(",").forEach(function (range) {
      var first = days.indexOf(range.slice(0, 2)) / 2, last = days.indexOf(range.slice(-2)) / 2;
      if ((day - first + 14) % 7 <= (last - first + 7) % 7) { found = rule[1].split(",").sort(); }
    });
  });
  return found;
}
function hours(at) {
  // Swedish has the form 2026-11-24 14:50:00. In a browser without it, the day of the week is invalid.
  var now = new Date().toLocaleString("sv", { timeZone: at.zone }), time = now.slice(11, 16), said = d.querySelector("[data-days]").dataset;
  var today = new Date(now.replace(" ", "T") + "Z").getUTCDay(), next, open, k;
  function look(span) {
    var from = span.slice(0, 5), to = span.slice(6), night = to <= from;
    if (k < 0 ? night && time < to : !k && from <= time && (night || time < to)) { open = ["open", said.open]; }
    if (!next && (k > 0 || !k && from > time)) {
      next = ["shut", said.opens.replace("{day}", said.days.split("|")[(today + k + 6) % 7]).replace("{time}", from + (at.clock ? " (" + at.clock + ")" : "")) + (at.then ? " " + at.then : "")];
    }
  }
  for (k = -1; k < 8; k += 1) { spans(at.hours, today + k).forEach(look); }
  return open || next;
}
function until(at) { // a day, or the moment when a meeting ends
  return new Date() > new Date(at.until + (at.until[10] ? "" : "T23:59:59")) && ["expired", at.expired];
}
function say(selector, what) {
  [].forEach.call(d.querySelectorAll(selector), function (e) {
    var note = e.note = e.note || e.parentNode.insertBefore(d.createElement("span"), e.nextSibling), said;
    try { said = what(e.dataset); } catch (error) { /* not certain: add nothing to the text of the page */ }
    e.hidden = !!said && e.parentNode.className === "source"; // the card no longer says that it is confirmed
    note.className = said ? said[0] : "";
    said = said ? " " + said[1] : "";
    if (note.textContent !== said) { note.textContent = said; }
  });
}
function renew() {
  say("[data-hours]", hours);
  say("[data-until]", until);
  clearTimeout(tick); tick = setTimeout(renew, 6e4 - Date.now() % 6e4);
}
renew();
[].forEach.call(d.querySelectorAll(".first .shut"), function (note) { // lines that are open now come first
  var item = note.parentNode;
  while (item.tagName !== "LI") { item = item.parentNode; }
  if (item.className !== "write") { item.parentNode.insertBefore(item, item.parentNode.querySelector(".write")); }
});
w.addEventListener("pageshow", renew); d.addEventListener("visibilitychange", renew);
})(document, window);
