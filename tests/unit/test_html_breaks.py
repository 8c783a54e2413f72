"""What is taken out of the pages' HTML is what no reader sees."""

import pytest

from campaign.contacts.card import explained_once
from campaign.text.minify_html import without_breaks


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<ul>\n<li>a</li>\n  <li>b</li>\n</ul>\n", "<ul><li>a</li><li>b</li></ul>"),
        ("<h2 id='x'>A</h2>\n\n⟦contacts⟧\n<p>b</p>", "<h2 id='x'>A</h2>⟦contacts⟧<p>b</p>"),
        # Between words and links a break is a space.
        ("<p>one\ntwo <a href='x'>three</a>\n<a href='y'>four</a></p>", None),
        ("<p>one<br>\ntwo</p>", None),
        ("<pre><code>a\nb\n  c\n</code></pre>", None),
        ("<p>a</p> <p>b</p>", None),
    ],
)
def test_a_break_goes_only_where_a_block_begins_or_ends(html, left):
    assert without_breaks(html) == (html if left is None else left)


def test_what_unconfirmed_means_is_said_once_on_a_page():
    said = '<p class="unsure">Not yet.</p>'
    page = f"<div>{said}<ul></ul></div><p>Not yet.</p><div>{said}</div>"
    assert explained_once(page.encode()) == f"<div>{said}<ul></ul></div><p>Not yet.</p><div></div>".encode()
    assert explained_once(b"<p>none</p>") == b"<p>none</p>"
