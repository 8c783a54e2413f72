(function (d) {
var wanted = (navigator.languages || []).map(function (l) { return l.slice(0, 2); });
var here = d.documentElement.lang, i, a, p;
for (i = 0; i < wanted.length && wanted[i] !== here; i += 1) {
  a = d.querySelector('.languages [hreflang=' + wanted[i] + '][data-offer]');
  if (a) {
    p = d.createElement('p'); p.className = 'offer'; p.lang = wanted[i];
    p.append(a.cloneNode()); p.firstChild.textContent = a.dataset.offer;
    d.querySelector('.languages').after(p); break;
  }
}
})(document);
