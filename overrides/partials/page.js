(function (d, w) {
// The link to the page of contents becomes the button of the search, and stays the link until that works.
var find = d.querySelector('.find'), more = d.createElement('i'), asked, gone;
function contents() { if (!gone) { gone = true; w.location.assign(find.href); } }
function add(name) {
  var s = d.createElement('script');
  s.async = false; s.onerror = contents;
  s.src = d.querySelector('[rel=stylesheet]').href.replace('site.css', 'search/' + name + '.js');
  return d.head.appendChild(s);
}
function load(e) {
  if (e.ctrlKey || e.metaKey || e.shiftKey) { return; }
  e.preventDefault();
  if (asked) { return; }
  asked = true; find.appendChild(more);
  try {
    [find.hreflang, 'contacts', 'engine'].forEach(add);
    add('box').onload = function () {
      if (!d.getElementById('search')) { contents(); }
      find.removeChild(more); find.removeEventListener('click', load);
    };
  } catch (error) { contents(); }
}
more.textContent = ' …';
find.setAttribute('role', 'button');
find.setAttribute('aria-expanded', 'false');
find.setAttribute('aria-controls', 'search');
find.addEventListener('click', load);
find.addEventListener('keydown', function (e) { if (e.keyCode === 32) { e.preventDefault(); find.click(); } });

// What hangs on the clock is said anew each minute and whenever the page comes back, or else taken back.
var days = 'SuMoTuWeThFrSa', tick;
function spans(notation, day) {
  var found = [];
  notation.split('; ').forEach(function (rule) {
    rule.split(' ')[0].split(',').forEach(function (range) {
      var first = days.indexOf(range.slice(0, 2)) / 2, last = days.indexOf(range.slice(-2)) / 2;
      if ((day - first + 14) % 7 <= (last - first + 7) % 7) { found = rule.split(' ')[1].split(',').sort(); }
    });
  });
  return found;
}
function open(e) {
  var said = d.querySelector('[data-days]').dataset, at = e.dataset, next, k, is;
  var now = new Date().toLocaleString('sv', { timeZone: at.zone }), time = now.slice(11, 16), today = new Date(now.slice(0, 10)).getUTCDay();
  if (now.charAt(4) !== '-') { throw now; } // else the browser does not know how Swedes write a date
  function look(span) {
    var from = span.slice(0, 5), to = span.slice(6), night = to <= from;
    if (k < 0 ? night && time < to : !k && from <= time && (night || time < to)) { is = 1; }
    if (!next && (k > 0 || !k && from > time)) {
      next = said.opens.replace('{day}', said.days.split('|')[(today + k + 6) % 7]).replace('{time}', from + (at.clock ? ' (' + at.clock + ')' : ''));
    }
  }
  for (k = -1; k < 8; k += 1) { spans(at.hours, today + k).forEach(look); }
  return is ? ['open', said.open] : ['shut', next];
}
function say(selector, what) {
  [].forEach.call(d.querySelectorAll(selector), function (e) {
    var said = 0, note = e.note;
    try { said = what(e); } catch (error) { /* unsure: what the page says stands alone */ }
    if (!note) { note = e.note = d.createElement('span'); e.parentNode.insertBefore(note, e.nextSibling); }
    note.className = said ? said[0] : '';
    if (note.textContent !== (said = said ? ' ' + said[1] : '')) { note.textContent = said; }
  });
}
function renew() {
  say('[data-hours]', function (e) { return e.dataset.hours !== '24/7' && open(e); });
  say('[data-until]', function (e) { // a day, or the moment in which a meeting ends
    var until = e.dataset.until;
    return new Date() > new Date(until[10] ? until : until + 'T23:59:59') && ['expired', e.dataset.expired];
  });
  clearTimeout(tick); tick = setTimeout(renew, 6e4 - Date.now() % 6e4);
}
renew();
w.addEventListener('pageshow', renew); d.addEventListener('visibilitychange', renew);
})(document, window);
