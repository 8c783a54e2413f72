"""Leaving begins first: whatever else of a browser is missing or fails, the reader leaves."""

from __future__ import annotations

import pytest

from ..visit import TARGET, Visit, three_shifts

THROWS = "() => { throw new Error('taken away') }"


def gone(name: str) -> str:
    owner, _, member = name.rpartition(".")
    return f"delete {owner}.{member};"


def fails(name: str) -> str:
    owner, _, member = name.rpartition(".")
    return f"{owner}.{member} = {THROWS};"


def setter_fails(name: str) -> str:
    owner, _, member = name.rpartition(".")
    return (
        f"Object.defineProperty({owner}, '{member}', {{configurable: true, set: {THROWS},"
        f"get: Object.getOwnPropertyDescriptor({owner}, '{member}').get}});"
    )


def getter_fails(name: str) -> str:
    owner, _, member = name.rpartition(".")
    return f"Object.defineProperty({owner}, '{member}', {{configurable: true, get: {THROWS}}});"


FAULTS = {
    "no append": gone("Element.prototype.append") + gone("Document.prototype.append"),
    "no forEach of nodes": gone("NodeList.prototype.forEach"),
    "no replaceChildren": gone("Element.prototype.replaceChildren"),
    "no classList": gone("Element.prototype.classList"),
    "no dataset": gone("HTMLElement.prototype.dataset"),
    "no remove": gone("Element.prototype.remove"),
    "no key names": gone("KeyboardEvent.prototype.key"),
    "no state of modifiers": gone("KeyboardEvent.prototype.getModifierState"),
    "no address of links": gone("HTMLAnchorElement.prototype.href"),
    "address of links fails": getter_fails("HTMLAnchorElement.prototype.href"),
    "getAttribute fails": fails("Element.prototype.getAttribute"),
    "next element fails": getter_fails("Element.prototype.nextElementSibling"),
    "height fails": getter_fails("HTMLElement.prototype.offsetHeight"),
    "keys have no state and no name": fails("KeyboardEvent.prototype.getModifierState")
    + gone("KeyboardEvent.prototype.key"),
    "no languages": gone("Navigator.prototype.languages"),
    "createElement fails": fails("Document.prototype.createElement"),
    "createTextNode fails": fails("Document.prototype.createTextNode"),
    "appendChild fails": fails("Node.prototype.appendChild"),
    "cloneNode fails": fails("Node.prototype.cloneNode"),
    "setAttribute fails": fails("Element.prototype.setAttribute"),
    "querySelector fails": fails("Document.prototype.querySelector"),
    "querySelectorAll fails": fails("Document.prototype.querySelectorAll"),
    "clearTimeout fails": fails("window.clearTimeout"),
    "setTimeout fails": fails("window.setTimeout"),
    "title cannot be set": setter_fails("Document.prototype.title"),
    "hidden cannot be set": setter_fails("HTMLElement.prototype.hidden"),
    "text cannot be set": setter_fails("Node.prototype.textContent"),
    "class cannot be set": setter_fails("Element.prototype.className"),
    "sound cannot be stopped": fails("HTMLMediaElement.prototype.pause")
    + "addEventListener('DOMContentLoaded', () => { document.body.insertAdjacentHTML('beforeend', '<audio></audio><video></video>') }, true);",
}
WAYS = {"tap": lambda page: page.click(".exit"), "Shift": three_shifts}


def visit_with(browser, site, fault):
    context = browser.new_context()
    context.add_init_script(fault)
    return Visit(context, site)


@pytest.fixture(scope="module", params=FAULTS)
def fault(request):
    return request.param


@pytest.fixture(scope="module")
def faulty(browser, site, fault):
    """A visit in a browser with the fault, the same for each test of this fault: a page keeps nothing."""
    visit = visit_with(browser, site, FAULTS[fault])
    yield visit
    visit.context.close()


@pytest.mark.parametrize("way", WAYS)
def test_the_reader_leaves_although_something_fails(faulty, way):
    faulty.open()
    WAYS[way](faulty.page)
    faulty.left()


EVERYTHING_FAILS = """() => {
  for (const type of [Node, Element, HTMLElement, Document, DocumentFragment, NodeList, HTMLCollection, DOMTokenList]) {
    for (const [name, member] of Object.entries(Object.getOwnPropertyDescriptors(type.prototype))) {
      const fails = () => { throw new Error(name) };
      if (name === 'constructor' || !member.configurable) continue;
      if (typeof member.value === 'function') type.prototype[name] = fails;
      else if (member.set) Object.defineProperty(type.prototype, name, {...member, set: fails});
    }
  }
  for (const name of ['setTimeout', 'clearTimeout', 'getComputedStyle', 'requestAnimationFrame', 'scrollTo']) {
    window[name] = () => { throw new Error(name) };
  }
}"""


@pytest.mark.parametrize("way", WAYS)
def test_the_reader_leaves_although_every_call_and_every_setter_fails(visit, way):
    visit.page.evaluate(EVERYTHING_FAILS)
    WAYS[way](visit.page)
    visit.left()


WAY_OUT = """() => {
  const e = document.elementFromPoint(innerWidth / 2, 20).closest('a');
  return [e !== null && e.attributes.href.value, e !== null && e.innerText.trim() !== '']
}"""


def test_a_page_whose_target_does_not_come_is_never_blank(faulty):
    """Whatever failed on the way, a link with words that leads out is at the top, and leaves."""
    faulty.open()
    faulty.fail_to_leave()
    assert faulty.page.evaluate(WAY_OUT) == [TARGET, True]
    faulty.page.mouse.click(640, 20)
    faulty.page.wait_for_url(TARGET)


def test_what_fails_in_another_script_of_the_page_does_not_reach_the_exit(browser, site):
    """Each script stands alone: the offer and the marks of open lines cannot take the exit along."""
    visit = visit_with(
        browser,
        site,
        fails("Document.prototype.querySelectorAll") + "delete window.Intl; delete navigator.languages;",
    )
    three_shifts(visit.page)
    visit.left()
    visit.context.close()
