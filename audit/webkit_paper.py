"""Prints a page to a PDF in WebKitGTK, because its driver cannot. Run it with the system's own Python, which
has the bindings: ``/usr/bin/python3 audit/webkit_paper.py ADDRESS FILE``."""

import sys
from pathlib import Path

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402 (the versions come first)


def main(address, file):
    failed = []
    window = Gtk.OffscreenWindow()
    view = WebKit2.WebView()
    window.add(view)
    window.show_all()
    settings = Gtk.PrintSettings()
    settings.set_printer("Print to File")
    settings.set("output-uri", Path(file).resolve().as_uri())
    settings.set("output-file-format", "pdf")
    paper = Gtk.PageSetup()
    paper.set_paper_size(Gtk.PaperSize.new("iso_a4"))
    printing = WebKit2.PrintOperation.new(view)
    printing.set_print_settings(settings)
    printing.set_page_setup(paper)

    def fail(*about):
        failed.append(about[-1].message)
        Gtk.main_quit()

    def changed(_, event):
        if event == WebKit2.LoadEvent.FINISHED:
            printing.print_()

    printing.connect("finished", lambda _: Gtk.main_quit())
    printing.connect("failed", fail)
    view.connect("load-failed", fail)
    view.connect("load-changed", changed)
    view.load_uri(address)
    Gtk.main()
    return "\n".join(failed)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) or 0)
