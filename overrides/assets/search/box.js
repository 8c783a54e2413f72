/* The search box opens below its button, shows results, and stores nothing. It uses only old DOM calls. */
(function (d, w) {
'use strict';
var index = w.searchIndex, words = index.words, button = d.querySelector('.find'), folder = button.href.replace(/[^\/]*$/, '');
var form = make('form', null, { role: 'search', class: 'search', id: 'search', autocomplete: 'off', lang: index.language });
make('label', form, { for: 'search-words' }, words.label);
// Keep browsers from sending the typed words to spelling and completion services.
var input = make('input', form, { type: 'search', id: 'search-words', autocomplete: 'off', autocapitalize: 'off', autocorrect: 'off', spellcheck: 'false', enterkeyhint: 'search', 'aria-describedby': 'search-stays' });
var shut = make('button', form, { type: 'button' }, words.close);
make('small', form, { id: 'search-stays' }, words.stays);
var told = make('p', form, { role: 'status', class: 'found', tabindex: '-1' });
var lines = make('div', form, { role: 'alert' }), list = make('ol', form, { role: 'list' }), help = make('div', form);
make('a', make('p', form), { href: button.href }, words.pages);
var timer, found;

function make(name, parent, attributes, text) {
  var element = d.createElement(name);
  Object.keys(attributes || {}).forEach(function (key) { element.setAttribute(key, attributes[key]); });
  if (text) { element.textContent = text; }
  if (parent) { parent.appendChild(element); }
  return element;
}
function empty(element) { while (element.firstChild) { element.removeChild(element.firstChild); } }

// If something fails, the page of contents still lists every page.
function safely(act) {
  return function (event) { try { act(event); } catch (error) { w.location.assign(button.href); } };
}

function result(one) {
  var entry = one.entry, section = entry.sections[one.section], item = make('li', list), text;
  var to = folder + entry.path + (section[0] && (one.section || entry.of) ? '#' + section[0] : '');
  var where = entry.of || index.audiences[entry.audience];
  make('a', item, entry.language ? { href: to, lang: entry.language, dir: 'auto' } : { href: to }, entry.title);
  make('small', item, null, one.section ? where + ' · ' + section[1] : where);
  text = make('p', item);
  one.extract.forEach(function (piece, i) {
    if (i % 2) { make('mark', text, null, piece); } else { text.appendChild(d.createTextNode(piece)); }
  });
}

// For words of death and self-harm: the emergency number and the line for people in a crisis, above all results.
function call() {
  var crisis = w.searchContacts.crisis, text = make('p', lines, null, words.grave + ' '), language = index.language;
  text.appendChild(d.querySelector('.danger a').cloneNode(true));
  if (crisis) {
    if (!crisis[0][language]) { language = w.searchContacts.first; }
    text = make('p', lines);
    make('span', text, language === index.language ? {} : { lang: language, dir: 'auto' }, crisis[0][language]);
    text.appendChild(d.createTextNode(': '));
    make('a', text, { href: crisis[2], class: 'tel' }, crisis[1]);
  }
}

function tell() {
  clearTimeout(timer);
  told.textContent = !input.value.trim() ? '' : found.length ? index.found[found.length - 1] : words.none;
}
function show() {
  found = w.searchFor(input.value, index.found.length);
  empty(list); empty(help);
  if (!found.grave) { empty(lines); } else if (!lines.firstChild) { call(); }
  found.forEach(result);
  if (input.value.trim() && !found.length) {
    make('a', make('p', help), { href: folder + 'help.html' }, words.help);
    make('p', help, null, words.danger + ' ').appendChild(d.querySelector('.danger a').cloneNode(true));
  }
  clearTimeout(timer);
  timer = setTimeout(safely(tell), 500); // screen readers announce it when the reader stops typing
}

function close() {
  form.hidden = true;
  button.setAttribute('aria-expanded', 'false');
  clearTimeout(timer);
  input.value = told.textContent = '';
  empty(list); empty(help); empty(lines);
}
function leave() { close(); button.focus(); }
function open() {
  form.hidden = false;
  button.setAttribute('aria-expanded', 'true');
  input.focus();
}

input.addEventListener('input', safely(show));
form.addEventListener('submit', safely(function (event) {
  event.preventDefault(); // first, so the typed words never become part of an address
  if (input.value.trim()) { show(); tell(); told.focus(); }
}));
form.addEventListener('keydown', function (event) { if (event.keyCode === 27) { leave(); } });
shut.addEventListener('click', leave);
button.addEventListener('click', safely(function (event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) { return; }
  event.preventDefault();
  if (form.hidden) { open(); } else { leave(); }
}));
w.addEventListener('pagehide', close); // a page that Back restores must not show the typed words
show();
form.hidden = true;
button.setAttribute('aria-controls', form.id);
button.parentNode.insertBefore(form, button.nextSibling);
safely(function () {
  var style = make('link', null, { rel: 'stylesheet', href: button.dataset.folder + 'box.css' });
  style.onload = style.onerror = open;
  d.head.appendChild(style);
})();
})(document, window);
