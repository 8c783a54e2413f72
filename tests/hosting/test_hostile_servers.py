"""Servers that want to hurt everybody who asks them: the doctor could not look, within its limits."""

from __future__ import annotations

import asyncio
import tracemalloc
import zlib
from datetime import date
from itertools import count

import pytest

from campaign.hosting.doctor import Doctor, Health
from campaign.hosting.fetch import CouldNotLook, Fetcher, is_public
from campaign.hosting.fetch_whole_copy import fetch_copy
from campaign.releases.verify import Reference

MEMORY = 64_000_000  # bytes
SECONDS = 1.5  # the limit of the doctor in these tests, so that they are quick; ten for real copies
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
_packing = zlib.compressobj(1, wbits=31)
BOMB_BEGINS, BOMB_GOES_ON = (
    _packing.compress(bytes(1_000_000)) + _packing.flush(zlib.Z_FULL_FLUSH) for _ in range(2)
)
BOMB = BOMB_BEGINS + 90 * BOMB_GOES_ON  # 91 MB in less than 500,000 bytes
SLEEPY = ("slow_headers", "slow_body", "silence")
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"


async def endless_body(write):
    await write(OK + b"\r\n")
    while True:
        await write(b"x" * 65_536)


async def endless_chunks(write):
    await write(OK + CHUNKED)
    while True:
        await write(b"10000\r\n" + b"x" * 65_536 + b"\r\n")


async def gzip_bomb(write):
    await write(OK + b"Content-Encoding: gzip\r\n\r\n" + BOMB)


async def gzip_without_end(write):
    await write(OK + b"Content-Encoding: gzip\r\n\r\n" + BOMB_BEGINS)
    while True:
        await write(BOMB_GOES_ON)


async def damaged_gzip(write):
    await write(OK + b"Content-Encoding: gzip\r\n\r\n" + b"\x1f\x8b\x08\x00no gzip at all")


async def slow_headers(write):
    for byte in (OK * 200) + b"\r\n":
        await write(bytes([byte]))
        await asyncio.sleep(0.05)


async def slow_body(write):
    await write(OK + b"Content-Length: 10000\r\n\r\n")
    while True:
        await write(b"x")
        await asyncio.sleep(0.05)


async def silence(write):
    await asyncio.sleep(60)


async def header_flood(write):
    await write(OK)
    for number in count():
        await write(f"X-{number}: {'y' * 4000}\r\n".encode())


async def one_long_header(write):
    await write(OK + b"X: ")
    while True:
        await write(b"y" * 65_536)


async def endless_preliminary_answers(write):
    while True:
        await write(b"HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n")


async def to_a_file(write):
    await write(b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n")


async def to_loopback(write):
    await write(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:22/\r\nContent-Length: 0\r\n\r\n")


async def to_itself(write):
    await write(b"HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n")


async def no_http(write):
    await write(b"SSH-2.0-OpenSSH_9.2\r\n")


async def closed_at_once(write):
    return


async def half_an_answer(write):
    await write(OK + b"Content-Length: 10000\r\n\r\nhalf")


HOSTILE = {
    endless_body: "too-large",
    endless_chunks: "too-large",
    gzip_bomb: "too-large",
    gzip_without_end: "too-large",
    damaged_gzip: "broken-answer",
    slow_headers: "too-slow",
    slow_body: "too-slow",
    silence: "too-slow",
    header_flood: "broken-answer",
    one_long_header: "broken-answer",
    endless_preliminary_answers: "too-slow",
    to_a_file: "redirected",
    to_loopback: "redirected",
    to_itself: "redirected",
    no_http: "broken-answer",
    closed_at_once: "broken-answer",
    half_an_answer: "broken-answer",
}


@pytest.fixture(scope="module")
def survived(tmp_path_factory):
    """What the doctor says of each hostile server, and the most memory that it took, in bytes."""
    reference = Reference(tmp_path_factory.mktemp("x"), tmp_path_factory.mktemp("y"))

    async def look(act):
        async def answer(reader, writer):
            async def write(data):
                writer.write(data)
                await writer.drain()

            try:
                await reader.readuntil(b"\r\n\r\n")
                await act(write)
            except (OSError, asyncio.IncompleteReadError):
                pass  # the doctor has gone
            finally:
                writer.close()

        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        doctor = Doctor(reference, date.today(), True, SECONDS)
        try:
            return await doctor.look(f"http://127.0.0.1:{port}/")
        finally:
            server.close()

    async def all_of_them():
        sleepy = [act for act in HOSTILE if act.__name__ in SLEEPY]
        found = dict(zip(sleepy, await asyncio.gather(*map(look, sleepy)), strict=True))
        return found | {act: await look(act) for act in HOSTILE if act not in sleepy}

    assert len(BOMB) < 500_000
    tracemalloc.start()
    found = asyncio.run(all_of_them())
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found, most


@pytest.mark.parametrize("act", HOSTILE, ids=lambda act: act.__name__)
def test_a_hostile_server_is_one_that_could_not_be_looked_at(act, survived):
    report = survived[0][act]
    assert report.health is Health.UNSEEN
    assert report.why.why == HOSTILE[act], report.why
    assert report.requests < 10


def test_hostile_servers_fill_no_memory(survived):
    assert survived[1] < MEMORY


PRIVATE = (
    *("127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "224.0.0.1"),
    *("100.64.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1"),
    *("::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b:1::7f00:1", "fec0::1", "5f00::1"),
    *("::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:1::1"),
)


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_never_asked_however_it_is_written(address, tmp_path):
    assert not is_public(address)

    async def resolver(host, port):
        return [(address, port)]

    doctor = Doctor(Reference(tmp_path, tmp_path), date.today(), resolver=resolver)
    report = asyncio.run(doctor.look("https://help.example.org/"))
    assert (report.health, report.why.why) == (Health.UNSEEN, "private-address")


def test_a_public_address_may_be_asked():
    assert is_public("93.184.215.14")
    assert is_public("2606:4700::1111")


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://help.example.org/", "https://", "https://user:word@help.example.org/",
        "https://help.example.org:22/", "https://help.example.org/?x=1", "https://help.example.org:99999/",
        "javascript:alert(1)", "https://..example.org/", "https://[::1/", "https://help.example.org/\x1b[2J/",
        "https://help.example.org/\n/", "https://\N{RIGHT-TO-LEFT OVERRIDE}gro.example.org/", "=1+1", "//x/",
        "https://help.example.org/<b>/", 'https://help.example.org/"/', "https://help example.org/",
    ],
)  # fmt: skip
def test_an_odd_address_is_never_asked(url, tmp_path):
    async def resolver(host, port):
        raise AssertionError("the doctor asked")

    doctor = Doctor(Reference(tmp_path, tmp_path), date.today(), resolver=resolver)
    assert asyncio.run(doctor.look(url)).why.why == "odd-address"


def test_only_the_hosts_that_the_coordinator_named_may_be_in_a_private_network():
    """A host chooses where the exit of its pages leads."""

    async def ask():
        fetcher = Fetcher(frozenset({"copy.test"}), resolver)
        assert await fetcher.places("copy.test", 80) == [("127.0.0.1", 80)]
        for url in ("http://router.test/", "http://router.test:8080/"):
            with pytest.raises(CouldNotLook, match=r"private-address|odd-address"):
                await fetcher.get(url)

    async def resolver(host, port):
        return [("127.0.0.1", port)]

    asyncio.run(ask())


def test_a_whole_copy_that_never_comes_is_given_up():
    async def ask():
        with pytest.raises(CouldNotLook, match="too-slow"):
            await fetch_copy("https://help.example.org/", Fetcher(resolver=resolver), 0.01)

    async def resolver(host, port):
        await asyncio.Event().wait()

    asyncio.run(ask())


def test_no_copy_costs_more_than_sixty_requests(tmp_path):
    async def ask():
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        async with Fetcher(True) as fetcher:
            with pytest.raises(CouldNotLook, match="too-many-requests"):
                for _ in range(100):
                    await fetcher.get(url)
        server.close()

    seen = []

    async def answer(reader, writer):
        while head := await reader.readuntil(b"\r\n\r\n"):
            seen.append(head)
            writer.write(OK + b"Content-Length: 2\r\n\r\nok")
            if len(seen) == 60:
                return writer.close()

    asyncio.run(ask())
    assert len(seen) == 60
    assert all(b"safe-path-doctor/" in head and b"Cookie" not in head for head in seen)
