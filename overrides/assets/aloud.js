/* Reads the text of a page aloud, sentence by sentence, with a voice of the device only. */
(function (d, w) {
'use strict';
var speech = w.speechSynthesis, LONGEST = 180; // letters; some browsers fall silent in longer sentences

// The sentences of the blocks that are visible and in the language of the text.
function sentences(text) {
  var found = [];
  [].forEach.call(text.querySelectorAll('h1,h2,h3,h4,p,li,dt,dd,th,td,summary'), function (block) {
    var own = [].filter.call(block.childNodes, function (node) { return node.nodeType === 3 || !/^(UL|OL|P|H3|BUTTON)$/.test(node.nodeName); });
    var said = own.map(function (node) { return node.textContent; }).join(' ').replace(/\s+/g, ' ').trim(), marked = block;
    while (marked !== text && !marked.lang && marked.parentNode) { marked = marked.parentNode; }
    if (!said || !block.offsetHeight || marked !== text && marked.lang !== (text.lang || d.documentElement.lang)) { return; }
    said.split(/([.!?…:]+\s)/).reduce(function (before, part, i, all) {
      before += part;
      while (before.length > LONGEST) { found.push(before.slice(0, LONGEST).replace(/\S*$/, '') || before.slice(0, LONGEST)); before = before.slice(found[found.length - 1].length); }
      if (i % 2 || i === all.length - 1) { if (before.trim()) { found.push(before.trim()); } return ''; }
      return before;
    }, '');
  });
  return found;
}

w.readAloud = function (text, button, voice, words) {
  var parts = sentences(text), at = 0, reading = false, turn = 0;
  var stop = d.createElement('button'), place = button.parentNode;
  function show() {
    button.textContent = words[reading ? 1 : at ? 2 : 0];
    if (reading || at) { place.insertBefore(stop, button.nextSibling); } else if (stop.parentNode) { place.removeChild(stop); }
  }
  function quiet() { turn += 1; reading = false; speech.cancel(); }
  function end() { quiet(); at = 0; show(); }
  // All sentences wait in the browser's own queue: one cancel, by this button or by the exit, ends them all.
  function read() {
    var mine = turn, chosen = voice();
    if (!chosen) { end(); return; } // the voice has gone
    reading = true;
    parts.slice(at).forEach(function (part, i, rest) {
      var one = new w.SpeechSynthesisUtterance(part), here = at + i;
      one.voice = chosen; one.lang = chosen.lang;
      one.onstart = function () { if (mine === turn) { at = here; } };
      if (i === rest.length - 1) { one.onend = function () { if (mine === turn) { end(); } }; }
      speech.speak(one);
    });
  }
  stop.className = 'help'; stop.textContent = words[3];
  button.onclick = function () { if (reading) { quiet(); } else { read(); } show(); };
  stop.onclick = function () { end(); button.focus(); };
  w.addEventListener('pagehide', end);
  button.onclick();
};
})(document, window);
