// The quick exit. It leaves first; the steps that only cover or announce may fail, and each is separate.
(function (d, w) {
var bar, way, title, shown, since, timer, presses = [];
function each(list, step) {
  for (var i = 0; i < list.length; i += 1) { try { step(list[i]); } catch (e) { /* the other steps still run */ } }
}
function run(steps) { each(steps, function (step) { step(); }); }
function say(key) { bar.nextElementSibling.textContent = key && bar.getAttribute("data-" + key); }
function forget() { presses = []; clearTimeout(timer); say(""); }
function cover() {
  var box = d.createElement("div"), link = bar.cloneNode(false);
  if (!way) {
    // The cover is a link, so a reader for whom nothing happens can try again.
    link.className = ""; link.appendChild(d.createTextNode(bar.getAttribute("data-loading"))); listen(link);
    box.className = "cover"; box.setAttribute("role", "alert");
    d.documentElement.appendChild(box); way = box.appendChild(link);
  }
  // Hide the page only if the cover is visible: there must be a way out.
  if (way.offsetHeight) { d.body.hidden = true; }
}
function leave() {
  try { w.location.replace(bar.getAttribute("href")); } catch (e) { w.location.assign(bar.href); }
  run([function () { w.speechSynthesis.cancel(); }, forget, cover, function () { d.title = "\u00a0"; }, function () {
    each(d.querySelectorAll("audio,video"), function (media) { media.pause(); });
  }]);
}
function tap(e) { if (e.button !== 2) { leave(); e.preventDefault(); } }
function listen(a) {
  if (a.className === "exit") { bar = a; }
  if (a.getAttribute("data-exit") !== null) { a.addEventListener("click", tap); a.addEventListener("auxclick", tap); }
}
// Three presses of Shift within two seconds leave, if no other key, button, tap or scroll comes between.
function press(e) {
  var now = Date.now(), at = e.target, other = e.key !== "Shift" && e.keyCode !== 16 || e.altKey || e.ctrlKey || e.metaKey ||
    at.isContentEditable || "selectionStart" in at;
  each("Alt AltGraph Control Meta OS".split(" "), function (key) { other = other || e.getModifierState(key); });
  if (other) {
    since = 0; if (presses[0]) { run([forget]); }
  } else if (e.type === "keydown") {
    if (!e.repeat) { since = now; }
  } else if (since) {
    presses.push(since); since = 0;
    while (now - presses[0] > 2000) { presses.shift(); }
    if (presses[2]) { leave(); return; }
    run([function () { say(presses[1] ? "one" : "two"); }]);
    clearTimeout(timer);
    timer = setTimeout(function () { forget(); say("expired"); timer = setTimeout(forget, 3000); }, presses[0] + 2000 - now);
  }
}
each(d.links, listen);
each("keydown keyup mousedown mouseup pointerdown touchstart wheel blur".split(" "), function (name) { w.addEventListener(name, press, true); });
// Restore the page when Back shows it again; at the first display there is nothing to restore.
w.addEventListener("pageshow", function (e) {
  if (shown || e.persisted) {
    run([forget, function () { d.body.hidden = false; }, function () { d.title = title; }, function () {
      d.documentElement.removeChild(way.parentNode); way = 0;
    }]);
  }
  shown = 1;
});
title = d.title;
})(document, window);
