// Filters the links of the door by the name of a place. What is typed stays on the page.
(function (d, w) {
var box = d.getElementById('filter'), input = box.querySelector('input'), told = box.querySelector('p'), list = box.querySelector('ul'), places, timer;
var FROM = 'абвгдежзиіїйклмнопрстуфхцчшщъыьэєюяґё', TO = 'a b v g d e z z i i i i k l m n o p r s t u f h c c s sc  o  e e u a g o'.split(' ');
// Words for kinds of places and words before a name, as `bare` writes them, in every case.
var TOWN = /^(lin|mest|pilset|valscp|gorod|citi|tovn|[mg]$)/, AROUND = /^(obl(ast|$)|val(d|as?t?$)|nov(ad|$)|raon|r$|volost|kr(ai|ae?)$|paris|distric)/;
var SMALL = /^(sav(ivald|$)|respubl|republ|avtonom|okrug|region|municip|counti|([viuk]|vo|is|na|no|us|in|from|te|the|of)$)/;

// Reduces spellings to one: Cyrillic and Latin letters, diacritics, sh and š, j and y, doubled letters.
function form(word, kind) { return word.normalize ? word.normalize(kind) : word; }
function bare(word) {
  return form(form(word.toLowerCase(), 'NFC').replace(/[а-яёіїєґ]/g, function (c) { return TO[FROM.indexOf(c)]; }), 'NFD')
    .replace(/[\u0300-\u036f]/g, '').replace(/sch|sh/g, 's').replace(/zh/g, 'z').replace(/ts|tz|ch/g, 'c').replace(/kh/g, 'h').replace(/w/g, 'v')
    .replace(/[jy]/g, 'i').replace(/i+([aeou])/g, '$1').replace(/z/g, 's').replace(/(.)\1+/g, '$1');
}

// The letters of a name without words for its kind, and the kind: 1 for a town, -1 for a municipality around it.
function parsed(text, worth, first) {
  var kind = 0, words = text.split(/[\s.,'’"()\/-]+/).map(bare).filter(Boolean), kept = words.filter(function (word, i) {
    var mine = TOWN.test(word) ? 1 : AROUND.test(word) ? -1 : 0;
    kind = kind || mine;
    return !mine && !(SMALL.test(word) && (word[2] || !i));
  });
  return { name: (kept[0] ? kept : words).join(''), kind: kept[0] && kind || first && first.kind || 0, worth: worth };
}

// Typing mistakes between two words, as far as `most`; a swap is one.
function slips(a, b, most) {
  if (!a || !b) { return a.length + b.length; }
  if (a[0] === b[0]) { return slips(a.slice(1), b.slice(1), most); }
  return 1 + (most ? Math.min(slips(a.slice(1), b.slice(1), most - 1), slips(a, b.slice(1), most - 1), slips(a.slice(1), b, most - 1),
    a[0] === b[1] && a[1] === b[0] ? slips(a.slice(2), b.slice(2), most - 1) : 9) : 0);
}

// How well a name fits what was typed: 1 is the name itself, 0 is another name.
function near(typed, name) {
  var same = 0, size = typed.length, over, rest, most, wrong;
  if (typed === name) { return 1; }
  if (name.indexOf(typed) === 0) { return 0.9 + 0.05 * size / name.length; }
  while (same < size && typed[same] === name[same]) { same += 1; }
  over = size - same; rest = name.length - same;
  if (over === 1 && rest && typed[same] === 'i') { return 0.9; } // the beginning of Vilja: j counts as i, and is silent before a
  if (same > 2 && rest < 4 && over < 6 && 2 * same >= name.length) { return 0.86 - 0.05 * rest - 0.03 * over; } // another case
  most = size < 4 ? 0 : size < 6 ? 1 : 2;
  wrong = Math.min(slips(typed, name, most), size > 4 ? 0.8 + slips(typed.slice(0, -2), name.slice(0, size - 2), most) : 9);
  return wrong < most + 1 ? 0.78 - 0.1 * wrong : size > 2 && name.indexOf(typed) > 0 ? 0.5 : 0;
}

function read(link) {
  var names = [];
  [link.textContent].concat((link.getAttribute('data-also') || '').split(',')).forEach(function (text, i) {
    var worth = i ? 0.97 : 1;
    if (text) { names.push(parsed(text, worth, names[0]), parsed(text.replace(/õ/g, 'y'), 0.97, names[0])); } // õ is also typed as y
  });
  return { link: link, names: names };
}

function find(text) {
  var typed = parsed(text), found = [];
  places = places || [].map.call(d.querySelectorAll('#all a'), read);
  places.forEach(function (place, order) {
    var score = 0;
    place.names.forEach(function (one) {
      var like = typed.name && near(typed.name, one.name) * one.worth;
      if (like) { score = Math.max(score, like + (typed.kind ? 0.06 * typed.kind * one.kind : one.kind > 0 ? 0.02 : 0)); }
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
