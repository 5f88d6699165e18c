"""An endpoint that speaks as OpenAI's does, on this machine, and gives the answers a test wants, in order."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple


class Answer(NamedTuple):
    """One answer; the last one of a list is given again and again."""

    body: bytes
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    after_s: float = 0.0
    drips: bool = False


def said(content: str | None, finish: str = "stop", refusal: str | None = None) -> Answer:
    """Return a whole chat completion."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    return wrapped([{"index": 0, "finish_reason": finish, "message": message}])


def wrapped(choices: Any) -> Answer:
    """Return a chat completion with these choices."""
    value = {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": choices}
    return Answer(json.dumps(value).encode(), headers=(("Content-Type", "application/json"),))


def refused(message: str, status: int = 400) -> Answer:
    """Return an error as such servers give it."""
    return Answer(json.dumps({"error": {"message": message}}).encode(), status, (("Content-Type", "application/json"),))


class FakeModel:
    """What it was asked (`requests`: path, headers in lower case, body), and its address."""

    def __init__(self, answers: list[Answer], port: int) -> None:
        self.answers, self.requests = answers, list[tuple[str, dict[str, str], dict[str, Any]]]()
        self.url = f"http://127.0.0.1:{port}/v1"
        self.gone = threading.Event()

    def next(self) -> Answer:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    @property
    def formats(self) -> list[str | None]:
        return [body.get("response_format", {}).get("type") for _, _, body in self.requests]


@contextmanager
def fake_model(*answers: Answer) -> Iterator[FakeModel]:
    """Serve until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            fake.requests.append((self.path, {key.lower(): value for key, value in self.headers.items()}, body))
            answer = fake.next()
            fake.gone.wait(answer.after_s)
            try:
                self._send(answer)
            except OSError:
                self.close_connection = True  # who asked has given up

        def _send(self, answer: Answer) -> None:
            self.send_response(answer.status)
            for name, value in answer.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            for i in range(len(answer.body) if answer.drips else 0):
                if fake.gone.is_set():
                    return
                self.wfile.write(answer.body[i : i + 1])
                self.wfile.flush()
                time.sleep(0.05)
            if not answer.drips:
                self.wfile.write(answer.body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    fake = FakeModel(list(answers), server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        fake.gone.set()
        server.shutdown()
        server.server_close()
