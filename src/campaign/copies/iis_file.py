"""The ready file for Microsoft IIS. It could not be run where it was written: no IIS runs on Linux. The form
is that of Microsoft's reference for IIS 10, and only sections that a site may set itself are in it."""

from __future__ import annotations

from collections.abc import Mapping

# A copy holds no comment of XML, so what other host files say in their first lines is a file of its own.
NOTES = """\
IIS 8 or newer: copy iis.web.config beside index.html and name it web.config there.
Then open a page. Where it says 500.19, the host does not allow a section: delete web.config again.
It cannot stop a log: set Logging to Disable for the site in IIS Manager.
Check it: open a page and a wrong address of the copy. Neither adds a line to a log.
It could not be tried on a real IIS.
"""

_FILE = """\
<?xml version="1.0" encoding="UTF-8"?>
<configuration>
  <system.webServer>
    <defaultDocument enabled="true">
      <files>
        <clear />
        <add value="index.html" />
      </files>
    </defaultDocument>
    <directoryBrowse enabled="false" />
    <urlCompression doStaticCompression="true" />
    <httpErrors errorMode="Custom" existingResponse="Replace">
      <remove statusCode="403" />
      <remove statusCode="404" />
      <error statusCode="403" path="404.html" responseMode="File" />
      <error statusCode="404" path="404.html" responseMode="File" />
    </httpErrors>
    <httpProtocol>
      <customHeaders>
        <remove name="X-Powered-By" />
{headers}
      </customHeaders>
    </httpProtocol>
    <security>
      <requestFiltering>
        <hiddenSegments>
          <add segment=".git" />
          <add segment=".env" />
        </hiddenSegments>
      </requestFiltering>
    </security>
    <staticContent>
      <clientCache cacheControlMode="NoControl" />
{types}
    </staticContent>
  </system.webServer>
</configuration>
"""


def iis_file(text: Mapping[str, str], other: Mapping[str, str], headers: Mapping[str, str]) -> str:
    """Return the file for these media types by ending (``text`` are UTF-8) and these headers."""
    types = {ending: f"{kind}; charset=utf-8" for ending, kind in text.items()} | dict(other)
    return _FILE.format(
        headers="\n".join(
            f'        <remove name="{name}" />\n        <add name="{name}" value="{value}" />'
            for name, value in headers.items()
        ),
        types="\n".join(
            f'      <remove fileExtension=".{ending}" />\n'
            f'      <mimeMap fileExtension=".{ending}" mimeType="{kind}" />'
            for ending, kind in types.items()
        ),
    )
