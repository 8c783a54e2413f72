// Filters the links of the door by the name of a place. What is typed stays on the page.
(function (d, w) {
var box = d.getElementById('filter'), input = box.querySelector('input'), told = box.querySelector('p'), list = box.querySelector('ul'), places, timer;
var CYRILLIC = 'абвгдежзиіїйклмнопрстуфхцчшщъыьэєюяґё', LATIN = 'a b v g d e z z i i i i k l m n o p r s t u f h c c s sc  o  e e u a g o'.split(' ');
// Words for kinds of places and words before a name, as `bare` writes them, in every case.
var TOWN = /^(lin|mest|pilset|valscp|gorod|citi|tovn|[mg]$)/, AROUND = /^(val(d|as?t?$)|nov(ad|$)|raon|r$|volost|kr(ai|ae?)$|paris|distric)/;
var SMALL = /^(sav(ivald|$)|obl(ast|$)|respubl|republ|avtonom|okrug|region|municip|counti|([viuk]|vo|is|na|no|us|in|from|te|the|of)$)/;

// Reduces spellings to one: Cyrillic and Latin letters, diacritics, sh and š, j and y, doubled letters.
function form(word, kind) { return word.normalize ? word.normalize(kind) : word; }
function bare(word) {
  return form(form(word.toLowerCase(), 'NFC').replace(/[а-яёіїєґ]/g, function (c) { return LATIN[CYRILLIC.indexOf(c)]; }), 'NFD')
    .replace(/[\u0300-\u036f]/g, '').replace(/sch|sh/g, 's').replace(/zh/g, 'z').replace(/ts|tz|ch/g, 'c').replace(/kh/g, 'h').replace(/w/g, 'v')
    .replace(/[jy]/g, 'i').replace(/i+([aeou])/g, '$1').replace(/z/g, 's').replace(/(.)\1+/g, '$1');
}

// The letters of a name without words for its kind, and the kind: 1 for a town, -1 for a municipality around it.
function parsed(text, worth) {
  var kind = 0, words = text.split(/[\s.,'’"()\/-]+/).map(bare).filter(Boolean), kept = words.filter(function (word) {
    var mine = TOWN.test(word) ? 1 : AROUND.test(word) ? -1 : 0;
    kind = kind || mine;
    return !mine && !SMALL.test(word);
  });
  return { name: (kept[0] ? kept : words).join(''), kind: kept[0] ? kind : 0, worth: worth };
}

// Typing mistakes between two words, as far as `most`; a swap is one.
function mistakes(a, b, most) {
  if (!a || !b) { return a.length + b.length; }
  if (a[0] === b[0]) { return mistakes(a.slice(1), b.slice(1), most); }
  return 1 + (most ? Math.min(mistakes(a.slice(1), b.slice(1), most - 1), mistakes(a, b.slice(1), most - 1), mistakes(a.slice(1), b, most - 1),
    a[0] === b[1] && a[1] === b[0] ? mistakes(a.slice(2), b.slice(2), most - 1) : 9) : 0);
}

// How well a name fits what was typed: 1 is the name itself, 0 is another name.
function likeness(typed, name) {
  var same = 0, size = typed.length, over, rest, most, wrong;
  if (typed === name) { return 1; }
  if (name.indexOf(typed) === 0) { return 0.9 + 0.05 * size / name.length; }
  while (same < size && typed[same] === name[same]) { same += 1; }
  over = size - same; rest = name.length - same;
  if (same > 2 && rest < 4 && over < 6 && 2 * same >= name.length) { return 0.86 - 0.03 * rest - 0.02 * over; } // another case
  most = size < 4 ? 0 : size < 6 ? 1 : 2;
  wrong = mistakes(typed, name, most);
  return wrong <= most ? 0.72 - 0.1 * wrong : size > 2 && name.indexOf(typed) > 0 ? 0.5 : 0;
}

function read(link) {
  var names = [];
  [link.textContent].concat((link.getAttribute('data-also') || '').split(',')).forEach(function (text, i) {
    var worth = i ? 0.97 : 1;
    if (text) { names.push(parsed(text, worth), parsed(text.replace(/õ/g, 'y'), 0.97)); } // õ is also typed as y
  });
  return { link: link, names: names };
}

function find(text) {
  var typed = parsed(text), found = [];
  places = places || [].map.call(d.querySelectorAll('#all a'), read);
  places.forEach(function (place, order) {
    var score = 0;
    place.names.forEach(function (one) {
      var near = typed.name && likeness(typed.name, one.name) * one.worth;
      if (near) { score = Math.max(score, near + (typed.kind ? 0.06 * typed.kind : 0.02) * one.kind); }
    });
    if (score) { found.push({ link: place.link, score: score, order: order }); }
  });
  found.sort(function (a, b) { return b.score - a.score || a.order - b.order; });
  return found.filter(function (one, i) { return i < 12 && one.score > found[0].score - 0.35; });
}

function show() {
  var found = find(input.value);
  list.textContent = '';
  found.forEach(function (one) { list.appendChild(d.createElement('li')).appendChild(one.link.cloneNode(true)); });
  clearTimeout(timer);
  // Screen readers announce it when the reader stops typing.
  timer = setTimeout(function () {
    told.textContent = !input.value.trim() ? '' : found[0] ? told.getAttribute('data-found').replace('{count}', found.length) : told.getAttribute('data-none');
  }, 400);
  return found;
}
function clear() { input.value = ''; show(); }

// The script of pages marks a confirmation that has ended; here this is enough.
[].forEach.call(d.querySelectorAll('[data-until]'), function (e) {
  if (new Date() > new Date(e.getAttribute('data-until') + 'T23:59:59')) { e.textContent += ' ' + e.getAttribute('data-expired'); }
});

input.addEventListener('input', show);
box.addEventListener('submit', function (e) {
  e.preventDefault(); // first, so the typed words never become part of an address
  var found = show();
  if (found[0]) { w.location.assign(found[0].link.href); }
});
box.addEventListener('keydown', function (e) { if (e.keyCode === 27) { clear(); } });
w.addEventListener('pagehide', clear); // a page that Back restores must not show the typed words
clear();
box.hidden = false;
})(document, window);
