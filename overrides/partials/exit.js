/* The quick exit. Leaving begins first; what only covers or announces may fail, each step by itself. */
(function (d, w) {
var bar, told, title, cover, way, timer, presses = [], down, began, alone, shown;
function attempt(step) { try { return step(); } catch (e) { /* the reader leaves without it */ } }
function each(list, step) { for (var i = 0; i < list.length; i += 1) { attempt(step.bind(null, list[i])); } }
function start() {
  var to = bar.href || bar.getAttribute('href');
  try { w.location.replace(to); } catch (e) { w.location.assign(to); }
  return true;
}
function conceal() {
  var box, link;
  if (!way) {
    box = d.createElement('div'); box.className = 'cover'; box.setAttribute('role', 'alert');
    link = bar.cloneNode(false); link.className = ''; link.appendChild(d.createTextNode(bar.getAttribute('data-loading')));
    listen(link); // whoever waits in vain can try again
    d.documentElement.appendChild(box); box.appendChild(link);
    cover = box; way = link;
  }
  if (way.offsetHeight) { d.body.hidden = true; } // never a blank page without a way out
}
function leave() {
  var going = attempt(start);
  attempt(forget); attempt(conceal);
  attempt(function () { d.title = '\u00a0'; });
  attempt(function () { each(d.querySelectorAll('audio,video'), function (media) { media.pause(); }); });
  return going;
}
function tap(e) { if (e.button !== 2 && leave()) { e.preventDefault(); } }
function listen(a) { a.addEventListener('click', tap); a.addEventListener('auxclick', tap); }
function say(key) { attempt(function () { told.textContent = key && bar.getAttribute('data-' + key); }); }
function forget() { presses = []; say(''); clearTimeout(timer); }
function disturb() { alone = false; if (presses.length) { forget(); } }
function isShift(e) { return e.key === 'Shift' || e.keyCode === 16; }
function bare(e) {
  var at = e.target || d, held = attempt(function () {
    return ['Alt', 'AltGraph', 'Control', 'Meta', 'OS'].some(function (key) { return e.getModifierState(key); });
  });
  return !(held || e.altKey || e.ctrlKey || e.metaKey || at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName));
}
function press(e) {
  if (!isShift(e)) { disturb(); return; }
  if (!down || !e.repeat) { down = true; began = Date.now(); alone = bare(e); }
}
function release(e) { // three times within two seconds, with nothing else between down and up
  var now = Date.now(), shift = isShift(e);
  if (shift && !down) { return; }
  if (shift) { down = false; }
  if (!shift || !alone || !bare(e)) { disturb(); return; }
  presses = presses.filter(function (time) { return now - time <= 2000; }).concat(began);
  if (presses.length > 2) { leave(); return; }
  say(presses.length > 1 ? 'one' : 'two');
  clearTimeout(timer);
  timer = setTimeout(function () { presses = []; say('expired'); timer = setTimeout(forget, 3000); }, presses[0] + 2000 - now);
}
function restore(e) { // a page that Back shows again is whole; at the first time there is nothing to undo
  if (!shown && !e.persisted) { shown = true; return; }
  attempt(forget);
  attempt(function () { d.body.hidden = false; });
  attempt(function () { d.title = title; });
  attempt(function () { cover.parentNode.removeChild(cover); way = null; });
}
bar = attempt(function () { return d.querySelector('.exit'); }) || d.getElementsByClassName('exit')[0];
attempt(function () { title = d.title; });
attempt(function () { told = d.querySelector('.told'); });
each(attempt(function () { return d.querySelectorAll('[data-exit]'); }) || [bar], listen);
w.addEventListener('keydown', press, true);
w.addEventListener('keyup', release, true);
w.addEventListener('pageshow', restore);
w.addEventListener('blur', function () { down = false; disturb(); });
each(['mousedown', 'mouseup', 'pointerdown', 'touchstart', 'wheel'], function (name) {
  w.addEventListener(name, disturb, { capture: true, passive: true });
});
})(document, window);
