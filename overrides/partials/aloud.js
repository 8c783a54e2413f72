// Offers to read the page aloud where the device itself has a voice of its language. A remote voice would send the text away.
(function (d, w) { try {
var speech = w.speechSynthesis, text = d.querySelector("main>div[lang]") || d.querySelector("main"), words = d.querySelector("main").getAttribute("data-aloud").split("|"), button = d.createElement("button");
function voice() {
  return speech.getVoices().filter(function (one) { return one.localService && one.lang.slice(0, 2).toLowerCase() === (text.lang || d.documentElement.lang); })[0];
}
function offer() { if (voice()) { text.insertBefore(button, text.querySelector("h1").nextSibling); } }
button.className = "help"; button.textContent = words[0];
button.onclick = function () {
  var s = d.createElement("script");
  button.onclick = null;
  s.onload = function () { w.readAloud(text, button, voice, words); };
  s.src = d.querySelector(".find").getAttribute("data-folder") + "../aloud.js";
  d.head.appendChild(s);
};
offer(); speech.onvoiceschanged = offer;
} catch (e) { /* a browser without speech: the next script still runs */ } })(document, window);
