"""Nodes that ask a model server for vectors. The server is a stand-in written from the published descriptions of the OpenAI
API and of Ollama; none of the real ones was at hand."""

import hashlib
import http.server
import json
import math
import threading
import time
import urllib.request

import pytest

from conftest import Node, until
from test_node import run_hived

MEANINGS = {"undo": "rollback", "broken": "faulty", "deployment": "release"}


class ModelServer:
    """Vectors by the words of a text; `mood` says how it answers."""

    def __init__(self, port=0):
        self.mood, self.dimensions = "well", 32
        self.texts, self.models, self.keys, self.calls = [], set(), set(), 0
        model = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                model.calls += 1
                model.keys.add(self.headers.get("authorization"))
                model.models.add(body["model"])
                mood = model.mood
                if mood == "slow":
                    time.sleep(3)
                if mood == "dies":
                    self.close_connection = True
                    return self.connection.close()
                if mood == "page":
                    return self.reply(200, b"<html>log in</html>", "text/html")
                if mood == "overloaded":
                    return self.reply(503, b'{"error":"busy"}')
                if mood == "garbage":
                    return self.reply(200, b"\x00\xff{")
                if mood == "failing":
                    return self.reply(500, b'{"error":"out of memory"}')
                count = len(body["input"]) - (mood == "too few")
                size = 16 if mood == "other dimension" else model.dimensions
                vectors = [vector(text, size) for text in body["input"]][:count]
                if mood == "no numbers":
                    vectors[0][0] = float("nan")
                model.texts += body["input"]
                if self.path == "/api/embed":
                    answer = {"model": body["model"], "embeddings": vectors}
                elif self.path == "/v1/embeddings":
                    items = [{"object": "embedding", "index": n, "embedding": v} for n, v in enumerate(vectors)]
                    answer = {"object": "list", "data": items, "model": body["model"]}
                else:
                    return self.reply(404, b'{"error":"no such API"}')
                self.reply(200, json.dumps(answer).encode())

            def reply(self, status, data, kind="application/json"):
                self.send_response(status)
                self.send_header("content-type", kind)
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def handle(self):
                try:
                    super().handle()
                except OSError:
                    """The node did not wait, or the mood was to hang up."""

            def log_message(self, *_):
                """Not in the middle of what the tests print."""

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            allow_reuse_address = True

            def handle_error(self, *_):
                """A connection that was closed on purpose."""

        self.server = Server(("127.0.0.1", port), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def vector(text, size):
    total = [0.0] * size
    for word in text.lower().split():
        seed = hashlib.sha256(MEANINGS.get(word, word).encode()).digest() * (size // 32 + 1)
        total = [a + b - 127.5 for a, b in zip(total, seed)]
    length = math.sqrt(sum(part * part for part in total)) or 1
    return [part / length for part in total]


@pytest.fixture
def model():
    servers = [ModelServer()]
    yield servers[0]
    servers[0].stop()


@pytest.fixture
def configured(tmp_path):
    """A node with a configuration of its own; starts when it is told to."""
    nodes = []

    def make(text, name="node"):
        node = Node(name, tmp_path)
        node.data.mkdir(exist_ok=True)
        configure(node, text)
        nodes.append(node)
        return node

    yield make
    for node in nodes:
        node.stop()


def configure(node, text):
    (node.data / "hive.yaml").write_text(text)


def settings(model, provider="ollama", name="m", **more):
    values = {"provider": provider, "url": f"http://127.0.0.1:{model.port}", "model": name, "timeout": "1s",
              "question-timeout": "1s", **more}
    return "search: {meaning: {" + ", ".join(f"{key}: {value}" for key, value in values.items()) + "}}\n"


def meaning(node):
    return node.ok("status")["meaning"]


def is_complete(node, count):
    status = meaning(node)
    return status["memories"] == count and status["unseen"] == 0 and status["former"] is None


def search(node, words, **filters):
    query = "&".join(f"{key}={value}" for key, value in filters.items())
    status, page = node.http("GET", f"/api/v1/memories?q={words.replace(' ', '+')}&{query}")
    assert status == 200, page
    return page


def reasons(node):
    return " ".join(node.http("GET", "/health", role=None)[1]["reasons"])


@pytest.mark.parametrize("provider", ["ollama", "openai"])
def test_memories_are_found_by_a_servers_vectors_and_a_restart_asks_for_none_again(configured, model, provider):
    node = configured(settings(model, provider, **{"key-file": "model.key"}))
    (node.data / "model.key").write_text("sk-quite-secret\n")
    node.start()
    for note in ("rollback a faulty release", "invoices leave on mondays"):
        node.ok("memory", "add", note)
    until(lambda: is_complete(node, 2))
    page = search(node, "undo broken deployment", explain="true")
    assert page["items"][0]["content"] == "rollback a faulty release" and "degraded" not in page
    assert page["items"][0]["why"]["words"] is None and page["items"][0]["why"]["meaning"] > 0.7
    asked = [text for text in model.texts if text.startswith(("rollback", "invoices"))]
    assert len(asked) == 2 and model.keys == {"Bearer sk-quite-secret"}
    node.stop()
    model.texts.clear()
    node.start()
    until(lambda: is_complete(node, 2))
    assert search(node, "undo broken deployment")["items"][0]["content"] == "rollback a faulty release"
    assert not [text for text in model.texts if text.startswith(("rollback", "invoices"))]
    assert "sk-quite-secret" not in node.log.read_text()


def test_a_server_that_fails_loses_no_write_and_is_named_until_it_recovers(configured, model):
    node = configured(settings(model, dimensions=32)).start()
    written = [node.ok("memory", "add", "the first note")["id"]]
    until(lambda: is_complete(node, 1))
    for mood, words in [
        ("slow", "did not answer within"), ("page", "HTML page"), ("other dimension", "16 components instead of 32"),
        ("dies", "cannot be reached"), ("garbage", "no JSON"), ("overloaded", "too much to do"),
        ("failing", "out of memory"), ("too few", "vectors for"), ("no numbers", "no numbers"),
    ]:
        model.mood = mood
        began = time.monotonic()
        written.append(node.ok("memory", "add", f"written while it is {mood} harbour{len(written)}")["id"])
        assert time.monotonic() - began < 2.5, f"a write waited while the server was {mood}"
        page = search(node, f"harbour{len(written) - 1}", explain="true")
        assert [hit["id"] for hit in page["items"]] == [written[-1]], mood
        assert page["degraded"] and page["items"][0]["why"]["unseen"] >= 1, mood
        until(lambda: words in reasons(node), timeout=60)
        model.mood = "well"
        until(lambda: is_complete(node, len(written)), timeout=90)
        until(lambda: "degraded" not in search(node, f"anything but {mood}"), timeout=60)
        assert node.process.poll() is None
    for identifier in written:
        assert node.ctl("memory", "get", identifier)[0] == 0
    assert search(node, "the first note", limit=1)["items"][0]["id"] == written[0]


def test_a_node_starts_without_its_server_says_so_and_catches_up(configured):
    server = ModelServer()
    server.stop()
    node = configured(settings(server)).start()
    until(lambda: "cannot be reached" in reasons(node))
    for number in range(20):
        node.ok("memory", "add", f"note {number} rollback")
    page = search(node, "rollback", explain="true")
    assert len(page["items"]) == 20 and page["items"][0]["why"]["model"] == "hive-static-256", "the table serves"
    assert meaning(node)["circuits"]["texts"] in ("open", "half-open", "closed")
    metrics = node_metrics(node)
    assert metrics["agent_ollama_queue_depth"] == 20 and 'agent_circuit_breaker_state{circuit="texts"}' in metrics
    back = ModelServer(server.port)
    until(lambda: is_complete(node, 20), timeout=90)
    until(lambda: "degraded" not in search(node, "undo"), timeout=60)
    assert len(search(node, "undo")["items"]) == 20
    back.stop()


def node_metrics(node):
    request = urllib.request.Request(node.run()["api"] + "/metrics", headers={"Authorization": f"Bearer {node.token()}"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        lines = answer.read().decode().splitlines()
    return {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1]) for line in lines if not line.startswith("#")}


def test_the_model_before_serves_until_the_new_one_is_complete(configured, model):
    node = configured(settings(model, name="old")).start()
    for number in range(10):
        node.ok("memory", "add", f"note {number} rollback")
    until(lambda: is_complete(node, 10))
    node.stop()
    configure(node, settings(model, name="new", dimensions=64))
    model.dimensions = 32  # the new model is not what it should be, so its vectors are never complete
    node.start()
    until(lambda: "32 components instead of 64" in reasons(node))
    page = search(node, "undo", explain="true")
    assert len(page["items"]) == 10 and page["items"][0]["why"]["model"] == "ollama/old"
    assert meaning(node)["former"] == "ollama/old" and meaning(node)["unseen"] == 10
    model.dimensions = 64
    until(lambda: is_complete(node, 10), timeout=90)
    page = search(node, "undo", explain="true")
    assert len(page["items"]) == 10 and page["items"][0]["why"]["model"] == "ollama/new@64"


def test_a_killed_node_has_every_write_and_goes_on_with_its_vectors(configured, model):
    node = configured(settings(model, batch=1)).start()
    for number in range(30):
        node.ok("memory", "add", f"note {number} rollback")
    until(lambda: meaning(node)["memories"] > 3)
    node.kill()
    node.start()
    until(lambda: is_complete(node, 30), timeout=60)
    assert len(search(node, "undo", limit=50)["items"]) == 30
    notes = [text for text in model.texts if text.startswith("note")]
    assert len(notes) <= 31, "at most one was under way"


@pytest.mark.parametrize("text, expected", [
    ("search: {meaning: perhaps}", "`perhaps` is no value of search.meaning"),
    ("search: {meaning: ollama}", "search.meaning.model does not name a model"),
    ("search: {meaning: {provider: openai, model: m}}", "search.meaning.url is missing"),
    ("search: {meaning: {provider: openai, model: m, url: 'ftp://x'}}", "`ftp://x` is no value of search.meaning.url"),
    ("search: {meaning: {provider: openai, model: m, url: 'http://a:b@x'}}", "has a name or a password in it"),
    ("search: {meaning: {provider: openai, model: m, url: 'http://x', key: sk-1}}", "does not belong into the configuration"),
    ("search: {meaning: {provider: openai, model: m, url: 'http://x', key-file: none}}", "cannot be read"),
    ("search: {meaning: {provider: ollama, model: m, dimensions: many}}", "`many` is no value of search.meaning.dimensions"),
    ("search: {meaning: {provider: ollama, model: m, timeout: 5}}", "`5` is no value of search.meaning.timeout"),
    ("search: {meaning: {provider: ollama, model: m, batch: 0}}", "`0` is no value of search.meaning.batch"),
    ("search: {meaning: {provider: ollama, model: m, retries: 3}}", "unknown key `retries`"),
    ("search: {alpha: 1.5}", "`1.5` is no value of search.alpha"),
    ("summaries: {provider: gpt, model: m}", "`gpt` is no value of summaries.provider"),
    ("summaries: {provider: openai, url: 'http://x'}", "summaries.model does not name a model"),
    ("summaries: {provider: ollama, model: m, dimensions: 3}", "unknown key `dimensions`"),
])
def test_settings_that_make_no_sense_are_refused_with_advice(tmp_path, text, expected):
    (tmp_path / "hive.yaml").write_text(text + "\n")
    done = run_hived(tmp_path)
    assert done.returncode == 2 and expected in done.stderr and "hint: " in done.stderr, done.stderr
    assert not (tmp_path / "hive.db").exists(), "nothing was begun"


@pytest.mark.parametrize("choice, found", [("on", True), ("static", True), ("off", False)])
def test_without_a_server_the_table_serves_or_nothing(configured, choice, found):
    node = configured(f"search: {{meaning: {choice}, alpha: 0.3}}\n").start()
    node.ok("memory", "add", "roll back a faulty release with helm rollback api")
    assert ("meaning" in node.ok("status")) == found
    if found:
        until(lambda: is_complete(node, 1))
    items = search(node, "undo broken deployment", explain="true")["items"]
    assert len(items) == found
    if found:
        assert abs(items[0]["why"]["fused"] - 0.3 * items[0]["why"]["meaning"]) < 1e-9
