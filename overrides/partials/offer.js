/* The page in the reader's own language, where there is one: offered, never forced. */
(function (d) {
var picker = d.querySelector('.languages'), links = picker.getElementsByTagName('a'), here = d.documentElement.lang, wanted, i, k, p, a;
function primary(tag) { return typeof tag === 'string' ? tag.toLowerCase().split(/[-_]/)[0] : ''; }
wanted = [].concat(navigator.languages && navigator.languages.length ? [].slice.call(navigator.languages) : navigator.language).map(primary);
for (i = 0; i < wanted.length && wanted[i] !== here; i += 1) {
  for (k = 0; k < links.length; k += 1) {
    if (links[k].getAttribute('hreflang') === wanted[i] && links[k].getAttribute('data-offer')) {
      a = links[k].cloneNode(false); a.textContent = a.getAttribute('data-offer');
      p = d.createElement('p'); p.className = 'offer'; p.lang = wanted[i]; p.appendChild(a);
      picker.parentNode.insertBefore(p, picker.nextSibling);
      return;
    }
  }
}
})(document);
