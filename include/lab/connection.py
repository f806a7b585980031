"""Closing a client's connection without an answer, which no ASGI message does."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

CONNECTION = "cortex_signals.connection"


class Application(Starlette):
    """Tells its responses the connection that uvicorn serves them on."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # uvicorn's send is a method of what holds the transport
        scope[CONNECTION] = getattr(getattr(send, "__self__", None), "transport", None)
        await super().__call__(scope, receive, send)


class Dropped(Response):
    """No response: the connection is closed; without one, as in a test without a server, it is a ConnectionError."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = scope.get(CONNECTION)
        if connection is None:
            raise ConnectionResetError("the lab drops the connection")
        connection.close()
        # until uvicorn knows it, it would write an answer of its own
        while (await receive())["type"] != "http.disconnect":
            pass


async def dropped(request: Request, error: Exception) -> Response:
    return Dropped()
