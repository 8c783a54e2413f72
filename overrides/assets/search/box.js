/* The search box: opens below its link, shows what it finds, and keeps nothing. */
(function (d, w) {
'use strict';
var index = w.searchIndex, words = index.words, link = d.querySelector('.find'), MOST = 8;
var form = make('form'), label = make('label', words.label), input = make('input'), shut = make('button', words.close);
var stays = make('small', words.stays), told = make('p'), list = make('ol'), timer;

function make(name, text) {
  var element = d.createElement(name);
  if (text) { element.textContent = text; }
  return element;
}
function set(element, attributes) {
  Object.keys(attributes).forEach(function (name) { element.setAttribute(name, attributes[name]); });
}

function result(found) {
  var item = make('li'), a = make('a', found.entry.title), section = found.entry.sections[found.section];
  var where = [found.entry.of || index.audiences[found.entry.audience]], text = make('p');
  if (found.section) { where.push(section[1]); }
  a.href = new URL(found.entry.path, new URL('.', link.href)).href + (section[0] && (found.section || found.entry.of) ? '#' + section[0] : '');
  found.extract.forEach(function (piece, i) { text.append(i % 2 ? make('mark', piece) : piece); });
  item.append(a, make('small', where.join(' · ')), text);
  return item;
}

function show() {
  var found = w.searchFor(input.value, MOST);
  list.replaceChildren.apply(list, found.map(result));
  clearTimeout(timer); // a screen reader is told once the typing rests
  timer = setTimeout(function () {
    told.textContent = !input.value.trim() ? '' : found.length ? words.found.replace('{count}', found.length) : words.none;
  }, 500);
}

function close() {
  input.value = ''; show(); told.textContent = ''; clearTimeout(timer); form.hidden = true;
}
function open(event) {
  if (event && (event.ctrlKey || event.metaKey || event.shiftKey)) { return; }
  if (event) { event.preventDefault(); }
  form.hidden = false; input.focus();
}

set(form, { role: 'search', class: 'search', autocomplete: 'off' });
set(label, { for: 'search-words' });
// Some browsers send what is typed away to be spelled or completed: not these words.
set(input, { type: 'search', id: 'search-words', autocomplete: 'off', autocapitalize: 'off', autocorrect: 'off', spellcheck: 'false', enterkeyhint: 'search', 'aria-describedby': 'search-stays' });
set(shut, { type: 'button' });
set(told, { role: 'status', class: 'found' });
set(stays, { id: 'search-stays' });
form.append(label, input, shut, stays, told, list);
link.after(form);
link.lastChild.remove(); // the mark of loading

input.addEventListener('input', show);
form.addEventListener('submit', function (event) { event.preventDefault(); show(); input.blur(); });
form.addEventListener('keydown', function (event) { if (event.key === 'Escape') { close(); link.focus(); } });
shut.addEventListener('click', function () { close(); link.focus(); });
link.addEventListener('click', open);
w.addEventListener('pagehide', close); // a page that comes back by Back shows no words
open();
})(document, window);
