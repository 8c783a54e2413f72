"""Markdown converts faster, and to the same: texts without a mark are not looked through for each of them."""

import re

from markdown import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

MARK = re.compile(r"[`\\\[<&*_]|  \n")  # each of Markdown's inline patterns needs one of these
BEFORE_INLINE = 21  # one more than markdown.treeprocessors.build_treeprocessors gives it


class SetPlainTextApart(Treeprocessor):
    def run(self, root):
        for element in root.iter():
            if element.text and not MARK.search(element.text):
                element.text = AtomicString(element.text)


class PlainText(Extension):
    def extendMarkdown(self, md):
        md.treeprocessors.register(SetPlainTextApart(md), "plain-text", BEFORE_INLINE)


plain_text = PlainText()


def on_config(config):
    if plain_text not in config.markdown_extensions:  # every language is a build of its own
        config.markdown_extensions.append(plain_text)
