"""Gives the tables of pages their names and headings, once Markdown has made them."""

from markdown import Extension
from markdown.treeprocessors import Treeprocessor

from campaign.site.tables import name_tables

AFTER_TOC = 4  # which gives headings their ids at 5


class NameTables(Treeprocessor):
    def run(self, root):
        name_tables(root)


class Tables(Extension):
    def extendMarkdown(self, md):
        md.treeprocessors.register(NameTables(md), "name-tables", AFTER_TOC)


tables = Tables()


def on_config(config):
    if tables not in config.markdown_extensions:  # every language is a build of its own
        config.markdown_extensions.append(tables)
