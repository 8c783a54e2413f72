/* Finds pages for words as people type them: inflected, without diacritics, misspelt, or in Latin letters. */
(function (w) {
'use strict';
var index = unpack(w.searchIndex), named = w.searchContacts, entries = [], forms = Object.create(null), list, plain;
var DISTRESS = 20, ASKED = 9, TITLE = 5, HEADING = 3, TEXT = 1, STEM = 3, SURE = 0.8, WORTH = 0.15, OTHERS = 0.6;
var reader = w.document.querySelector('.exit'); // only readers' pages have an exit

// The index of a Cyrillic language exchanges Cyrillic and Latin letters, which makes it smaller.
function unpack(packed) {
  var from = packed.swap.join(''), to = packed.swap[1] + packed.swap[0], text = packed.text;
  return JSON.parse(from ? text.replace(new RegExp('[' + from + ']', 'g'), function (c) { return to[from.indexOf(c)]; }) : text);
}

// The same as in src/campaign/pages/search_synonyms_and_endings.py, whose two classes are in the index.
var separators = new RegExp('([' + index.separators + ']+)'), dropped = new RegExp('[' + index.dropped + ']', 'g');
function fold(text) { return text.toLowerCase().normalize('NFD').replace(dropped, ''); }
function split(text) { return text.split(separators); }
function words(text) { return split(text).filter(function (_, i) { return i % 2 === 0; }).map(fold).filter(Boolean); }

// Reduces different spellings to one: ш, sh and s; я, ya, ja and a; doubled letters.
var CYRILLIC = 'абвгдежзиіїклмнопрстуфхцчшщъыьэєюяґ'.split('');
var LATIN = 'a b v g d e z z i i i k l m n o p r s t u f h c c s s  i  e e u a g'.split(' ');
function bare(word) {
  return word.replace(/[а-яіїєґ]/g, function (c) { return LATIN[CYRILLIC.indexOf(c)]; })
    .replace(/shch|sch|sh/g, 's').replace(/zh/g, 'z').replace(/ts|tz|ch/g, 'c').replace(/kh|x/g, 'h').replace(/w/g, 'v')
    .replace(/[jy]/g, 'i').replace(/i+([aeu])/g, '$1').replace(/io/g, 'e').replace(/(.)\1+/g, '$1');
}

function endings(write) {
  var found = Object.create(null);
  found[''] = true;
  index.endings.split(' ').forEach(function (ending) { found[write(ending)] = true; });
  return found;
}

// Whether two words are forms of one word: they have the same stem, and each has an ending of the language.
function alike(a, b, ends) {
  var same = 0, cut;
  while (same < a.length && a[same] === b[same]) { same += 1; }
  for (cut = same; cut >= STEM; cut -= 1) {
    if (ends[a.slice(cut)] && ends[b.slice(cut)]) { return true; }
  }
  return false;
}

// Counts the typing mistakes between two words; a swap is one. If there are more than `most`, returns most + 1.
function mistakes(a, b, most) {
  var before, last = [], row, i, j, least;
  if (Math.abs(a.length - b.length) > most) { return most + 1; }
  for (j = 0; j <= b.length; j += 1) { last[j] = j; }
  for (i = 1; i <= a.length; i += 1) {
    row = [i]; least = i;
    for (j = 1; j <= b.length; j += 1) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) { row[j] = Math.min(row[j], before[j - 2] + 1); }
      least = Math.min(least, row[j]);
    }
    if (least > most) { return most + 1; }
    before = last; last = row;
  }
  return last[b.length];
}

function note(text, entry, section, weight) {
  words(text).forEach(function (form) {
    var places = forms[form] = forms[form] || {}, at = entry + ' ' + section;
    var place = places[at] = places[at] || { entry: entry, section: section, best: 0, count: 0 };
    if (weight === TEXT) { place.count += 1; } else { place.best = Math.max(place.best, weight); }
  });
}

function add(entry, asked) {
  var number = entries.push(entry) - 1;
  note(entry.title, number, 0, TITLE);
  note(asked, number, 0, entry.path === 'help.html' ? DISTRESS : ASKED); // for these words the help page comes first
  entry.sections.forEach(function (section, place) {
    note(section[1], number, place, place ? HEADING : TITLE);
    note((section[2] || '') + ' ' + (section[3] || ''), number, place, TEXT); // its first sentences, the stems of the others
  });
}

function read() {
  index.pages.forEach(function (page) {
    add({ path: page[0], title: page[1], audience: page[2], sections: page[4] }, page[3]);
  });
  Object.keys(index.stems).forEach(function (pages) {
    pages.split(' ').forEach(function (page) { note(index.stems[pages], Number(page), 0, TEXT); });
  });
  named.contacts.forEach(function (contact) {
    var names = contact[0], role = index.roles[contact[1]], path = contact[2].split('#');
    add({ path: path[0], title: names[index.language] || names[named.first], language: names[index.language] ? '' : named.first, audience: path[0].split('/')[0], of: role[0],
      sections: [[path[1] || '', role[0], role[1]]] }, '');
  });
  list = Object.keys(forms);
  plain = list.map(bare);
}

// Removes the longest ending that leaves five letters. Words that are derived from it begin in the same way.
function base(word, ends) {
  for (var cut = STEM + 2; cut < word.length; cut += 1) { if (ends[word.slice(cut)]) { return word.slice(0, cut); } }
  return word;
}

// The forms that a word may mean, each with its similarity (1 is the word itself).
function meant(word) {
  var found = Object.create(null), some = false, ends = endings(fold), begin = base(word, ends), most = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
  function look(among, typed, near) {
    among.forEach(function (form, i) {
      var score = near(form, typed);
      if (score > (found[list[i]] || 0)) { found[list[i]] = score; some = true; }
    });
  }
  look(list, word, function (form) {
    return form === word ? 1 : alike(form, word, ends) ? 0.85
      : word.length >= STEM && form.indexOf(word) === 0 ? 0.6
        : begin.length > STEM && form.indexOf(begin) === 0 ? 0.5
          : word.length > STEM && form.indexOf(word) > 0 ? 0.4 : 0;
  });
  if (some) { return found; }
  ends = endings(bare);
  look(plain, bare(word), function (form, typed) { return form === typed ? 0.9 : typed.length >= STEM && alike(form, typed, ends) ? 0.7 : 0; });
  if (some) { return found; }
  look(list, word, function (form) { var n = mistakes(form, word, most); return n > most ? 0 : 0.7 - 0.15 * n; });
  look(plain, bare(word), function (form, typed) { var n = mistakes(form, typed, most); return n > most ? 0 : 0.6 - 0.15 * n; });
  if (some) { return found; }
  look(list, word, function (form) { return form.length > STEM && (word.indexOf(form) >= 0) ? 0.3 * form.length / word.length : 0; });
  return found;
}

// Whether a search is about death or self-harm: each word of one of the lexicon's searches is in it.
function grave(typed) {
  var ends = endings(fold);
  return index.grave.some(function (search) {
    return search.every(function (word) {
      return typed.some(function (one) { return one === word || alike(one, word, ends) || word.length > 5 && mistakes(one, word, 1) < 2; });
    });
  });
}

function rank(typed, urgent) {
  var scores = entries.map(function () { return { top: 0, text: 0, sections: [], met: 0 }; }), asked = 0;
  typed.forEach(function (near) {
    var best = entries.map(function () { return { top: 0, count: 0, sections: {} }; }), met = 0, rare;
    Object.keys(near).forEach(function (form) {
      Object.keys(forms[form]).forEach(function (at) {
        var place = forms[form][at], b = best[place.entry], s = b.sections[place.section] = b.sections[place.section] || { head: 0, count: 0 };
        if (!b.met) { b.met = true; met += 1; }
        if (place.best === DISTRESS && near[form] > SURE) { scores[place.entry].pinned = true; }
        if (place.best > HEADING) { b.top = Math.max(b.top, place.best * near[form]); } else { s.head = Math.max(s.head, place.best * near[form]); }
        s.count += place.count * near[form]; b.count += place.count * near[form];
      });
    });
    rare = Math.log(1 + entries.length / Math.max(met, 1));
    asked += rare;
    best.forEach(function (b, entry) {
      var score = scores[entry];
      if (!b.met) { return; }
      score.met += rare;
      score.top += rare * b.top;
      score.text += rare * b.count / (b.count + 2);
      Object.keys(b.sections).forEach(function (place) {
        var s = b.sections[place];
        score.sections[place] = (score.sections[place] || 0) + rare * (s.head + 2 * s.count / (s.count + 1));
      });
    });
  });
  return scores.map(function (score, entry) {
    var section = 0, audience = entries[entry].audience, whole;
    score.sections.forEach(function (value, place) { if (value > (score.sections[section] || 0)) { section = place; } });
    whole = (score.top + score.text + (score.sections[section] || 0)) * score.met / (asked || 1);
    if (reader && (audience === 'professionals' || audience === 'about')) { whole *= OTHERS; }
    return { entry: entries[entry], section: score.top > (score.sections[section] || 0) ? 0 : section, best: section, score: whole, pinned: urgent && entries[entry].path === 'help.html' && !entries[entry].of || !!(reader && score.pinned) };
  }).sort(function (a, b) { return b.pinned - a.pinned || b.score - a.score; }).filter(function (found, i, all) {
    return found.pinned || found.score > (i < 3 ? 0 : all[0].score * WORTH);
  });
}

// `searchFor('abi', 8)` returns the results, best first: entry, number of the section to open, extract in pieces.
w.searchIndex = index;
w.searchFor = function (text, most) {
  if (!list) { read(); }
  var typed = words(text).map(meant), about = grave(words(text)), number = /^[\s\d+()-]*\d\d[\s\d+()-]*$/.test(text), all;
  all = rank(typed, about || number).slice(0, most).map(function (found) {
    var near = Object.create(null);
    typed.forEach(function (forms) { Object.keys(forms).forEach(function (form) { near[form] = true; }); });
    found.extract = extract(found.entry.sections[found.best][2] || '', near);
    return found;
  });
  all.grave = about;
  return all;
};

// The block of a text with most of the words, cut to 160 letters, in pieces: plain and found text alternate.
function extract(text, near) {
  var best = [], most = -1, first, pieces = [''], length = 0, from;
  text.split('\n').forEach(function (block) {
    var parts = split(block), hits = {}, count;
    parts.forEach(function (part, i) { if (i % 2 === 0 && near[fold(part)]) { hits[fold(part)] = true; } });
    count = Object.keys(hits).length - (block.indexOf('…') < 0 ? 0 : 0.5); // … is a slot; a block without one is better
    if (count > most) { most = count; best = parts; }
  });
  first = best.findIndex(function (part, i) { return i % 2 === 0 && near[fold(part)]; });
  for (from = Math.max(first, 0); from > 0 && length < 60; from -= 1) { length += best[from].length; }
  if (length < 60) { from = 0; }
  if (from % 2) { from += 1; }
  if (from) { pieces[0] = '… '; }
  length = 0;
  best.slice(from).every(function (part, i) {
    if (i % 2 === 0 && near[fold(part)]) { pieces.push(part, ''); } else { pieces[pieces.length - 1] += part; }
    length += part.length;
    if (length > 160) { pieces[pieces.length - 1] += ' …'; }
    return length <= 160;
  });
  return pieces;
}
})(window);
