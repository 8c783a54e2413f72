"""Gives the tables of pages names and headings after Markdown has made them."""

from markdown import Extension
from markdown.treeprocessors import Treeprocessor

from campaign.site.accessible_tables import name_tables

AFTER_TOC = 4  # the extension toc has priority 5 and gives headings their ids


class NameTables(Treeprocessor):
    def run(self, root):
        name_tables(root)


class Tables(Extension):
    def extendMarkdown(self, md):
        md.treeprocessors.register(NameTables(md), "name-tables", AFTER_TOC)


tables = Tables()


def on_config(config):
    if tables not in config.markdown_extensions:  # each language is a build of its own
        config.markdown_extensions.append(tables)
