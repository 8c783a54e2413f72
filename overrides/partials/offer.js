// Offers the page in the reader's own language, if it exists; it never switches by itself.
(function (d) {
var picker = d.querySelector(".languages");
[].concat(navigator.languages || navigator.language).some(function (tag) {
  var wanted = typeof tag === "string" && tag.split(/[-_]/)[0].toLowerCase();
  return wanted === d.documentElement.lang || [].some.call(picker.querySelectorAll("a:not([data-other])"), function (a) {
    var offer = d.createElement("p");
    if (a.lang !== wanted) { return false; }
    offer.className = "offer"; offer.lang = wanted;
    offer.appendChild(a.cloneNode(true));
    return picker.insertBefore(offer, picker.firstChild);
  });
});
})(document);
