"""The app: which page stands at which address, and how an answer becomes bytes."""

import asyncio
import importlib.resources
import logging
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

import jinja2
import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from communique.errors import BusyError, CommuniqueError, NotFoundError, UsageError
from communique.model.record import FURTHER
from communique.web.archive import Archive
from communique.web.asked import Answer, Ask, Data, Moved, day_of, fields_of
from communique.web.cards import day_words, official_words
from communique.web.entry import Entry, TooManyTriesError
from communique.web.guard import Guard
from communique.web.pages import facts, lists, reading, rulings, timeline
from communique.web.passages import glyphs

type Handler = Callable[[Ask], Answer]

#: Seconds for a page, for a download, for a ruling (which works the record out anew).
QUERY, DOWNLOAD, RULING = 2.0, 60.0, 120.0
STATIC = {
    "page.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
#: Menu: path and name.
MENU = (
    ("stories", "Stories"),
    ("events", "Events"),
    ("statements", "Statements"),
    ("series", "Series"),
    ("commitments", "Commitments"),
    ("disagreements", "Disagreements"),
    *((section, section.capitalize()) for section in FURTHER),
    ("timeline", "Timeline"),
    ("actors", "Actors"),
    ("reports", "Reports"),
    ("review", "Review"),
)
PAGES: tuple[tuple[str, Handler, float], ...] = (
    ("/", lists.home, QUERY),
    ("/search", lists.search, QUERY),
    ("/timeline", timeline.timeline, QUERY),
    ("/days.json", lists.days, QUERY),
    ("/keys", lists.keys, QUERY),
    ("/downloads", lists.downloads, QUERY),
    ("/downloads/record.json", lists.record, DOWNLOAD),
    ("/downloads/{section}.csv", lists.table, DOWNLOAD),
    ("/review", rulings.queue, QUERY),
    ("/review/{id}", rulings.item, QUERY),
    ("/rule/{id}", rulings.about, QUERY),
    ("/decisions", rulings.decisions, QUERY),
    ("/downloads/decisions.jsonl", rulings.dump, DOWNLOAD),
    ("/reports/{id}.json", reading.data, QUERY),
    ("/reports/{id}.txt", reading.text, QUERY),
    ("/reports/{id}", reading.report, QUERY),
    ("/series/{id}/{number}", facts.session, QUERY),
    ("/{section}.json", lists.section_data, QUERY),
    ("/{section}/{id}.json", facts.fact_data, QUERY),
    ("/{section}/{id}", facts.fact, QUERY),
    ("/{section}", lists.section, QUERY),
)
#: The only addresses that write.
RULINGS: tuple[tuple[str, Handler, float], ...] = (
    ("/review/{id}", rulings.decide, RULING),
    ("/rule/{id}", rulings.rule, RULING),
    ("/decisions/{id}/withdraw", rulings.withdraw, RULING),
)
_CODES: tuple[tuple[type[CommuniqueError], HTTPStatus], ...] = (
    (NotFoundError, HTTPStatus.NOT_FOUND),
    (UsageError, HTTPStatus.BAD_REQUEST),
    (BusyError, HTTPStatus.SERVICE_UNAVAILABLE),
)
_TITLES = {
    400: "That question makes no sense",
    401: "Who is there?",
    403: "Not from here",
    404: "Nothing here",
    421: "Another address",
    429: "Too many tries",
    500: "Something went wrong",
    503: "One moment",
}
_LOG = logging.getLogger("communique.web")


class Visitor(msgspec.Struct, frozen=True):
    """Who rules, and what day it is for them: told by whoever starts the page."""

    name: str = ""
    day: Callable[[], str] = str


class Site:
    """The pages on one database."""

    def __init__(self, archive: Archive, entry: Entry, visitor: Visitor, patience: float = 1.0) -> None:
        """The pages on an open database, for whoever has the entry's token; `patience` is a factor on their time."""
        self.archive = archive
        self.entry = entry
        self.visitor = visitor
        self.patience = patience
        self.templates = _templates()
        self._static = {name: _file("static", name) for name in STATIC}
        self.starlette = Starlette(routes=self._routes(), exception_handlers={HTTPException: self._no_page})
        self.starlette.router.redirect_slashes = False

    def guarded(self, hosts: Iterable[str]) -> Guard:
        """The pages behind their guard, answering to some Host headers."""
        return Guard(self.starlette, hosts, self.entry, self.refusal)

    def _routes(self) -> list[Route]:
        writing = [Route(path, self._endpoint(h, s), methods=["POST"]) for path, h, s in RULINGS]
        reading_ = [Route(path, self._endpoint(h, s), methods=["GET"]) for path, h, s in PAGES]
        entry = Route("/enter", self._enter, methods=["GET", "POST"])
        return [entry, Route("/static/{name}", self._file, methods=["GET"]), *writing, *reading_]

    def _endpoint(self, handler: Handler, seconds: float) -> Callable[[Request], Any]:
        async def endpoint(request: Request) -> Response:
            body = (await request.body()).decode("utf-8", "replace") if request.method == "POST" else ""
            try:
                async with asyncio.timeout(seconds * self.patience):
                    return await asyncio.to_thread(self._answered, handler, request, body)
            except TimeoutError:
                return self._error(HTTPStatus.SERVICE_UNAVAILABLE, "this takes longer than it may: try again")

        return endpoint

    # -- answers; everything below runs in a thread of its own

    def _answered(self, handler: Handler, request: Request, body: str) -> Response:
        ask: Ask | None = None
        try:
            ask = self._ask(request, body)
            return self._response(handler(ask), ask)
        except CommuniqueError as error:
            code = next((c for kind, c in _CODES if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)
            return self._error(code, str(error), ask)

    def _ask(self, request: Request, body: str) -> Ask:
        query = fields_of(request.url.query)
        return Ask(
            archive=self.archive,
            index=self.archive.index(day_of(query)),
            path=request.path_params,
            query=query,
            form=fields_of(body),
            by=self.visitor.name,
            today=self.visitor.day(),
        )

    def _response(self, answer: Answer, ask: Ask) -> Response:
        if isinstance(answer, Moved):
            return Response(status_code=HTTPStatus.SEE_OTHER, headers={"location": answer.to})
        if isinstance(answer, Data):
            named = {"content-disposition": f'attachment; filename="{answer.name}"'} if answer.name else {}
            return Response(answer.body, headers=named, media_type=answer.kind)
        body = self._rendered(answer.template, {**answer.context, "ask": ask})
        return Response(body, status_code=answer.status, media_type="text/html; charset=utf-8")

    def _error(self, code: int, message: str, ask: Ask | None = None) -> Response:
        wait = {"retry-after": "1"} if code == HTTPStatus.SERVICE_UNAVAILABLE else {}
        body = self.refusal(code, message[:1].upper() + message[1:] + "." * (not message.endswith((".", "?"))), ask)
        return Response(body, status_code=code, headers=wait, media_type="text/html; charset=utf-8")

    def refusal(self, code: int, message: str, ask: Ask | None = None) -> bytes:
        """The page that says why there is no answer."""
        title = _TITLES.get(code, HTTPStatus(code).phrase)
        if code == HTTPStatus.UNAUTHORIZED:
            return self._rendered("enter.html", {"title": title, "spent": self.entry.token is None, "message": message})
        return self._rendered("error.html", {"title": title, "code": code, "message": message, "ask": ask})

    def _rendered(self, template: str, context: dict[str, Any]) -> bytes:
        ask: Ask | None = context.get("ask")
        full = {
            "url": ask.url if ask else _plain_url,
            "menu": MENU,
            "read_only": self.archive.read_only,
            "ask": None,
            **context,
        }
        return self.templates.get_template(template).render(full).encode("utf-8", "replace")

    # -- what is no page of the record

    async def _file(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in STATIC:
            return self._error(HTTPStatus.NOT_FOUND, "there is no such file")
        return Response(self._static[name], headers={"content-type": STATIC[name]})

    async def _enter(self, request: Request) -> Response:
        """Exchange the token for the cookie; nothing but who may look is changed by it."""
        given = fields_of((await request.body()).decode() if request.method == "POST" else request.url.query)
        if "token" not in given:
            return Response(self.refusal(401, ""), status_code=HTTPStatus.UNAUTHORIZED, media_type="text/html")
        try:
            if self.entry.exchange(given["token"]):
                headers = {"location": "/", "set-cookie": self.entry.header}
                return Response(status_code=HTTPStatus.SEE_OTHER, headers=headers)
        except TooManyTriesError:
            return self._error(HTTPStatus.TOO_MANY_REQUESTS, "ten wrong tokens within a minute: wait a minute")
        message = "That is not the token of this start, or it was used already."
        return Response(self.refusal(401, message), status_code=HTTPStatus.UNAUTHORIZED, media_type="text/html")

    async def _no_page(self, _: Request, error: Exception) -> Response:
        code = error.status_code if isinstance(error, HTTPException) else HTTPStatus.NOT_FOUND
        text = "this address does not take that" if code == HTTPStatus.METHOD_NOT_ALLOWED else "there is no such page"
        return self._error(code, text)


def _plain_url(path: str, **_: object) -> str:
    return path


def _file(*path: str) -> bytes:
    return importlib.resources.files("communique.web").joinpath(*path).read_bytes()


def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("communique.web"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["glyphs"] = glyphs
    environment.filters["when"] = day_words
    environment.filters["day"] = official_words
    return environment
