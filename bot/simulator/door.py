"""The door: this machine only, whatever name a foreign page gives it."""

from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from flask import Flask, Response, request

NAMES = ("localhost", "127.0.0.1", "::1")
SAFE = ("GET", "HEAD", "OPTIONS")


def guard(app: Flask) -> None:
    """Refuse with 403 whoever is not on this machine, or was led here by another site."""

    @app.before_request
    def check() -> Response | None:
        if _is_local(request.remote_addr) and _is_ours(f"//{request.host}"):
            origin = request.headers.get("Origin")
            if origin is None or request.method in SAFE or _is_ours(origin):
                return None
        return Response("The simulator answers this machine only.\n", 403, mimetype="text/plain")


def _is_local(address: str | None) -> bool:
    try:
        parsed = ip_address(address or "")
    except ValueError:
        return False
    mapped = parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None
    return (mapped or parsed).is_loopback


def _is_ours(url: str) -> bool:
    try:
        return urlsplit(url).hostname in NAMES
    except ValueError:
        return False
