"""The lines with which a server's own settings include the host file of a copy."""

from __future__ import annotations


def including_lines(base: str) -> dict[str, str]:
    """Return one line for each server that can include a file, for a copy at the path ``base`` (``/PATH``).
    /FOLDER stands for the folder of the copy on the server."""
    return {
        "nginx": f"location ^~ {base}/ {{ include /FOLDER/host/nginx.conf; }}",
        "Apache": "Include /FOLDER/host/apache.conf",
        "Caddy": "import /FOLDER/host/Caddyfile",
    }
