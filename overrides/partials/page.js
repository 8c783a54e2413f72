(function (d, w) {
var b = d.body;
var find = d.querySelector('.find');
function load(e) {
  var at = d.querySelector('[rel=stylesheet]').href.replace('site.css', 'search/');
  if (e.ctrlKey || e.metaKey || e.shiftKey) { return; }
  e.preventDefault(); find.removeEventListener('click', load); find.append(' …');
  [d.documentElement.lang, 'contacts', 'engine', 'box'].forEach(function (name) {
    var s = d.createElement('script');
    s.async = false; s.src = at + name + '.js';
    s.onerror = function () { if (at) { at = ''; w.location.assign(find.href); } };
    d.head.append(s);
  });
}
find.addEventListener('click', load);
var days = 'MoTuWeThFrSaSu', dayLength = 1440;
function minutes(t) { return t.slice(0, 2) * 60 + Number(t.slice(3)); }
function week(notation) {
  var found = [[], [], [], [], [], [], []];
  notation.split('; ').forEach(function (rule) {
    var parts = rule.split(' '), times = parts[1].split(',').map(function (span) { return span.split('-').map(minutes); });
    parts[0].split(',').forEach(function (range) {
      var ends = range.split('-'), day = days.indexOf(ends[0]) / 2, last = days.indexOf(ends[ends.length - 1]) / 2;
      for (found[day] = times; day !== last;) { day = (day + 1) % 7; found[day] = times; }
    });
  });
  return found;
}
function mark(e) {
  var now = {}, today, minute, next = Infinity, open = false, hours = week(e.dataset.hours), k, note;
  new Intl.DateTimeFormat('en-GB', { timeZone: e.dataset.zone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    .formatToParts(new Date()).forEach(function (p) { now[p.type] = p.value; });
  today = days.indexOf(now.weekday.slice(0, 2)) / 2;
  minute = minutes(now.hour + ':' + now.minute);
  function look(span) {
    var from = k * dayLength + span[0], to = k * dayLength + span[1] + (span[1] <= span[0] ? dayLength : 0);
    if (from <= minute && minute < to) { open = true; }
    if (from > minute) { next = Math.min(next, from); }
  }
  for (k = -1; k < 8; k += 1) { hours[(today + k + 7) % 7].forEach(look); }
  note = d.createElement('b'); note.className = open ? 'open' : 'shut';
  note.textContent = ' ' + (open ? b.dataset.open : b.dataset.opens + ' ' +
    new Date(Date.now() + (next - minute) * 6e4).toLocaleString(d.documentElement.lang, { timeZone: e.dataset.zone, weekday: 'short', hour: '2-digit', minute: '2-digit' }));
  e.after(note);
}
d.querySelectorAll('[data-hours]').forEach(function (e) {
  if (e.dataset.hours !== '24/7') { try { mark(e); } catch (error) { /* an old browser: the hours in words stand */ } }
});
d.querySelectorAll('[data-until]').forEach(function (e) {
  if (new Date() > new Date(e.dataset.until + 'T23:59:59')) { e.append(' ' + e.dataset.expired); e.classList.add('expired'); }
});
})(document, window);
