"""Polite and careful requests: few, small, slow to no server, and never into a private network.

The addresses come from files that others wrote, and the servers may be hostile. Each host name is resolved
once, the address is checked, and the connection goes to that very address. Bodies are read up to a limit and
unpacked up to another; the caller's time limit ends everything else.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
import zlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import httpx

from ..site.list_package_versions import PACKAGE, package_versions

MOST_REQUESTS = 60  # for one copy
AT_A_TIME = 2  # to one host
_MOST_BYTES = 500_000  # of one answer, as sent
_MOST_UNPACKED = 2_000_000  # of one answer
_MOST_TOTAL = 20_000_000  # of all answers of one copy, unpacked
_MOST_REDIRECTS = 3
_SECONDS = 6.0  # for one step of one request
# All that is given out on the internet (RFC 4291); outside are the forms that hold an IPv4 address.
_UNICAST = ipaddress.ip_network("2000::/3")
_PORTS = {"http": 80, "https": 443}
Place = tuple[str, int]  # an IP address and a port
Private = bool | frozenset[str]  # whether to ask private networks and unusual ports: any host, or these
Resolve = Callable[[str, int], Awaitable[list[Place]]]


class CouldNotLook(Exception):
    """The copy could not be seen. ``why`` is a key of the words ``why-…``, ``detail`` what was found."""

    def __init__(self, why: str, detail: str = "") -> None:
        super().__init__(why, detail)
        self.why = why
        self.detail = "".join(sign if sign.isprintable() else "?" for sign in detail)[:200]


class BadCertificate(Exception):
    """The server's certificate is not valid for the host, as the text says."""


@dataclass(frozen=True)
class Answer:
    """One answer. ``body`` is unpacked; ``sent`` is the number of bytes on the wire; ``moved`` are the
    addresses to which redirects led before. A redirect that was not followed is an answer with its status."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(default=b"", repr=False)
    sent: int = 0
    moved: tuple[str, ...] = ()
    certificate: Mapping[str, object] | None = field(default=None, repr=False)

    def all(self, name: str) -> list[str]:
        """Return every value of a header; ``name`` is in small letters."""
        return [value for key, value in self.headers if key == name]

    def get(self, name: str) -> str:
        """Return the values of a header, joined by commas; empty if it is missing."""
        return ", ".join(self.all(name))

    @property
    def type(self) -> str:
        """The media type in small letters, without parameters."""
        return self.get("content-type").partition(";")[0].strip().lower()

    @property
    def target(self) -> str:
        """The whole address to which a redirect leads; empty if the answer is none."""
        location = self.get("location")
        return urljoin(self.url, location) if 300 <= self.status < 400 and location else ""


async def resolve(host: str, port: int) -> list[Place]:
    """Return the addresses of a host by the system's resolver."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys((str(place[0]), port) for *_, place in found))


def is_public(address: str) -> bool:
    """Whether an IP address is on the public internet, also when it is hidden in an IPv6 address."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            ip = ip.ipv4_mapped
        elif ip not in _UNICAST or ip.sixtofour or ip.teredo:
            return False
    return ip.is_global and not ip.is_multicast


class Fetcher:
    """Requests to the host of one copy and to its exit. Use it as an asynchronous context manager."""

    def __init__(
        self,
        allow_private: Private = False,
        resolver: Resolve = resolve,
        tls: ssl.SSLContext | None = None,
        most_requests: int = MOST_REQUESTS,
    ) -> None:
        self._most_requests = most_requests
        self._allow_private = allow_private
        self._resolver = resolver
        self._tls = tls or ssl.create_default_context()
        self._places: dict[Place, list[Place]] = {}
        self._transports: dict[str, httpx.AsyncHTTPTransport] = {}
        self._turns = asyncio.Semaphore(AT_A_TIME)
        self._agent = f"safe-path-doctor/{package_versions()[PACKAGE]} (checks a copy of Safe Path)"
        self.requests = 0
        self._total = 0

    async def __aenter__(self) -> Fetcher:
        return self

    async def __aexit__(self, *_: object) -> None:
        for transport in self._transports.values():
            await transport.aclose()

    async def get(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,
        follow: bool = True,
        version: int | None = None,
        most: int = _MOST_BYTES,
    ) -> Answer:
        """Return the answer to one address. Redirects are followed on the same host, from http to https and
        never back. ``version`` 4 or 6 asks by that version of IP; ``most`` cuts longer bodies off."""
        moved: list[str] = []
        while True:
            answer = await self._once(url, headers or {}, version, most)
            target = answer.target
            if not (follow and target and _may_follow(url, target)) or len(moved) >= _MOST_REDIRECTS:
                return Answer(**{**answer.__dict__, "moved": tuple(moved)})
            moved.append(target)
            url = target

    async def places(self, host: str, port: int) -> list[Place]:
        """Return the addresses of a host that may be asked."""
        if (host, port) not in self._places:
            try:
                found = await self._resolver(host, port)
            except (OSError, UnicodeError):
                raise CouldNotLook("no-such-host", host) from None
            allowed = [place for place in found if self._private(host) or is_public(place[0])]
            if found and not allowed:
                raise CouldNotLook("private-address", f"{host} is {found[0][0]}")
            if not allowed:
                raise CouldNotLook("no-such-host", host)
            self._places[host, port] = allowed
        return self._places[host, port]

    def _private(self, host: str) -> bool:
        return self._allow_private if isinstance(self._allow_private, bool) else host in self._allow_private

    async def _once(self, url: str, headers: Mapping[str, str], version: int | None, most: int) -> Answer:
        parts = urlsplit(url)
        port = _port(url, self._private(parts.hostname or ""))
        try:
            host = (parts.hostname or "").encode("idna").decode()
        except UnicodeError:
            host = ""
        if not host or parts.username is not None:
            raise CouldNotLook("odd-address", url)
        places = await self.places(host, port)
        wanted = [place for place in places if version is None or (":" in place[0]) == (version == 6)]
        wanted.sort(key=lambda place: ":" in place[0])  # IPv4 first: it is what most networks have
        failed: Exception = CouldNotLook("no-such-host", host)
        for address, real_port in wanted[:2]:
            literal = f"[{address}]" if ":" in address else address
            there = httpx.URL(
                scheme=parts.scheme, host=literal.strip("[]"), port=real_port,
                raw_path=(parts.path or "/").encode() + (b"?" + parts.query.encode() if parts.query else b""),
            )  # fmt: skip
            name = parts.netloc.rpartition("@")[2]
            request = httpx.Request(
                "GET",
                there,
                headers={
                    "Host": name,
                    "User-Agent": self._agent,
                    "Accept": "*/*",
                    "Accept-Encoding": "gzip",
                    **headers,
                },
                extensions={
                    "sni_hostname": host,
                    "timeout": httpx.Timeout(_SECONDS).as_dict(),
                },
            )
            self.requests += 1
            if self.requests > self._most_requests:
                raise CouldNotLook("too-many-requests", str(self._most_requests))
            try:
                async with self._turns:
                    return await self._read(url, host, request, most)
            except httpx.ConnectError as error:
                if wrong := _certificate_error(error):
                    raise BadCertificate(wrong) from None
                failed = CouldNotLook("no-connection", f"{host}: {error}")
            except httpx.TimeoutException:
                raise CouldNotLook("too-slow", url) from None
            except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
                raise CouldNotLook("broken-answer", f"{url}: {error}") from None
        raise failed

    async def _read(self, url: str, host: str, request: httpx.Request, most: int) -> Answer:
        if host not in self._transports:
            self._transports[host] = httpx.AsyncHTTPTransport(
                verify=self._tls, trust_env=False, limits=httpx.Limits(max_connections=AT_A_TIME)
            )
        response = await self._transports[host].handle_async_request(request)
        try:
            stream = response.extensions.get("network_stream")
            tls = stream.get_extra_info("ssl_object") if stream else None
            raw = bytearray()
            async for piece in response.aiter_raw():
                raw += piece
                if len(raw) > most:
                    if most < _MOST_BYTES:
                        break
                    raise CouldNotLook("too-large", url)
            headers = tuple((name.lower(), value) for name, value in response.headers.multi_items())
            body = self._unpacked(url, bytes(raw), response.headers.get("content-encoding", ""), most)
            certificate = tls.getpeercert() if tls else None
            return Answer(url, response.status_code, headers, body, len(raw), (), certificate)
        finally:
            await response.aclose()

    def _unpacked(self, url: str, raw: bytes, encoding: str, most: int) -> bytes:
        body = raw
        if encoding.strip().lower() in ("gzip", "x-gzip"):
            unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
            try:
                body = unpacking.decompress(raw, _MOST_UNPACKED)
            except zlib.error as error:
                raise CouldNotLook("broken-answer", f"{url}: {error}") from None
            if unpacking.unconsumed_tail:
                raise CouldNotLook("too-large", url)
        elif encoding.strip().lower() not in ("", "identity") and most >= _MOST_BYTES:
            raise CouldNotLook("broken-answer", f"{url}: {encoding}")
        self._total += len(body)
        if self._total > _MOST_TOTAL:
            raise CouldNotLook("too-large", url)
        return body


def _port(url: str, any_port: bool) -> int:
    """Return the port of an address; raise `CouldNotLook` for another scheme or an unusual port."""
    parts = urlsplit(url)
    try:
        port = parts.port or _PORTS[parts.scheme]
    except (KeyError, ValueError):
        raise CouldNotLook("odd-address", url) from None
    if port not in _PORTS.values() and not any_port:
        raise CouldNotLook("odd-address", url)
    return port


def _may_follow(url: str, target: str) -> bool:
    try:
        old, new = urlsplit(url), urlsplit(target)
        ports = old.port, new.port
    except ValueError:
        return False
    upgrade = (old.scheme, new.scheme) == ("http", "https")
    return bool(
        new.hostname == old.hostname and (upgrade or (new.scheme == old.scheme and ports[0] == ports[1]))
    )


def _certificate_error(error: BaseException) -> str:
    """Return what is wrong with a certificate; empty if the error has another cause."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return cause.verify_message or str(cause)
        cause = cause.__cause__ or cause.__context__
    return ""
