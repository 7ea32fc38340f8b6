"""LINE's API on the wire: token, request ID, faults and ledger around every call."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import Request, Response, request

from bot.simulator.calls import Answer, Call, refusal
from bot.simulator.clock import iso
from bot.simulator.faults import Fault
from bot.simulator.platform import Simulator

MOST_BYTES = 2 * 1024 * 1024
RETRYABLE = ("push", "multicast", "narrowcast", "broadcast")
UNAUTHORISED = refusal(
    "Authentication failed. Confirm that the access token in the authorization header is valid.",
    401,
)
# A request that a fault catches before LINE has looked at it.
NOT_LOOKED_AT = refusal("Internal server error", 500)
CUT_OFF = Answer(0)  # status 0 in the ledger: no answer was ever made
HTML = b"<html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>"
Carry = Callable[[Call], Answer]


class GoneError(ConnectionError):
    """The connection ends here without a proper answer; `abruptly` means with a reset."""

    def __init__(self, *, abruptly: bool) -> None:
        super().__init__("the simulator was told to break this connection")
        self.abruptly = abruptly


@dataclass(frozen=True)
class Wire:
    """Takes requests to the platform and brings its answers back, as far as faults allow."""

    sim: Simulator

    def carry(self, work: Carry, *, raw: bool = False) -> Response:
        """Do a call's work with everything LINE puts around it; `raw`: the body is a file."""
        fault = self.sim.faults.take(request.path)
        request_id = self.sim.identifiers.request()
        if fault is not None and fault.when == "before":
            if fault.refuses:
                unseen = CUT_OFF if fault.cuts_off else _ordered(fault, NOT_LOOKED_AT)
                return self._strike(fault, unseen, request_id)
            time.sleep(fault.delay)
        answer = self._answer(work, request_id, raw=raw)
        if fault is not None and fault.when == "after":
            return self._strike(fault, answer, request_id)
        self._write(answer, request_id, fault)
        return _response(answer, request_id)

    def _answer(self, work: Carry, request_id: str, *, raw: bool) -> Answer:
        if request.headers.get("Authorization") != f"Bearer {self.sim.access_token}":
            return UNAUTHORISED
        key = request.headers.get("X-Line-Retry-Key")
        if key is not None and not request.path.endswith(RETRYABLE):
            return refusal("The X-Line-Retry-Key header can't be used with this API.")
        if len(request.get_data()) > MOST_BYTES:
            return refusal("The request body is larger than 2 MB.", 413)
        body = {} if raw else _body(request)
        if body is None:
            return refusal("The request body could not be read as a JSON object.")
        return work(Call(body, request_id, key))

    def _strike(self, fault: Fault, answer: Answer, request_id: str) -> Response:
        """Write the truth into the ledger, then let the caller have what the fault leaves."""
        shown = answer if fault.when == "before" else _ordered(fault, answer)
        self._write(answer, request_id, fault)
        time.sleep(fault.delay)
        if fault.cuts_off:
            return Response(_broken(b"", abruptly=fault.mode == "reset"))
        if fault.mode == "html":
            return Response(HTML, fault.status or 502, mimetype="text/html")
        response = _response(shown, request_id)
        if fault.mode in ("truncated", "torn"):
            whole = response.get_data()
            response.headers["Content-Length"] = str(len(whole))
            half = whole[: len(whole) // 2]
            response.response = _broken(half, abruptly=fault.mode == "torn")
        return response

    def _write(self, answer: Answer, request_id: str, fault: Fault | None) -> None:
        body = _body(request) or {}
        self.sim.ledger.write(
            at=iso(self.sim.clock.now()),
            method=request.method,
            path=request.path,
            retry_key=request.headers.get("X-Line-Retry-Key"),
            reply_token=body.get("replyToken"),
            to=body.get("to"),
            messages=body.get("messages"),
            status=answer.status,
            accepted=answer.accepted,
            duplicate=answer.duplicate,
            fault=fault.name if fault else None,
            request_id=request_id,
        )


def _ordered(fault: Fault, answer: Answer) -> Answer:
    """Replace what is answered by what the fault orders."""
    if fault.status is None and fault.body is None:
        return answer
    body = {"message": "Ordered fault"} if fault.body is None else fault.body
    return Answer(fault.status or answer.status, body)


def _body(incoming: Request) -> dict[str, Any] | None:
    raw = incoming.get_data()
    if not raw:
        return {}
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _response(answer: Answer, request_id: str) -> Response:
    raw = isinstance(answer.body, bytes | str)
    body = answer.body if raw else json.dumps(answer.body, ensure_ascii=False)
    response = Response(body, answer.status, mimetype="application/json")
    response.headers["X-Line-Request-Id"] = request_id
    response.headers.update(answer.headers)
    return response


def _broken(data: bytes, *, abruptly: bool) -> Iterator[bytes]:
    if data:
        yield data
    raise GoneError(abruptly=abruptly)
