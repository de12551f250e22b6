"""Real nodes for tests: processes of the debug build with data directories of their own, on ports that are free."""

import json
import os
import pathlib
import signal
import subprocess
import time
import urllib.error
import urllib.request

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = ROOT / ".build" / "debug"


class Node:
    def __init__(self, name, base):
        self.name = name
        self.data = base / name
        self.log = base / f"{name}.log"
        self.peers = "127.0.0.1:0"
        self.process = None

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [BUILD / "hived", "--data", self.data, "--name", self.name, "--listen", "127.0.0.1:0", "--mcp",
                 "127.0.0.1:0", "--peers", self.peers], stdout=log, stderr=log)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.log.read_text()[-2000:]
            try:
                run = self.run()
                if run["pid"] == self.process.pid:
                    self.peers = run["peers"]
                    return self
            except (FileNotFoundError, json.JSONDecodeError):
                pass
            time.sleep(0.02)
        raise AssertionError(f"{self.name} was not ready: {self.log.read_text()[-2000:]}")

    def run(self):
        return json.loads((self.data / "run.json").read_text())

    def token(self, role="operator"):
        return (self.data / f"{role}.token").read_text().strip()

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=30)

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            assert self.process.wait(timeout=40) == 0, self.log.read_text()[-2000:]

    def ctl(self, *arguments, stdin=None):
        """Exit code and JSON of a hivectl command."""
        done = subprocess.run(
            [BUILD / "hivectl", *map(str, arguments), "--json", "--data", self.data], capture_output=True, text=True,
            input=stdin, timeout=120)
        return done.returncode, json.loads(done.stdout) if done.stdout.strip() else None

    def run_ctl(self, *arguments):
        """A hivectl command that prints something else than one JSON document."""
        return subprocess.run(
            [BUILD / "hivectl", *map(str, arguments), "--data", self.data], capture_output=True, text=True, check=True,
            timeout=120)

    def ok(self, *arguments, **options):
        code, answer = self.ctl(*arguments, **options)
        assert code == 0, f"{arguments}: {code} {answer}"
        return answer

    def http(self, method, path, body=None, role="operator", headers=None, raw=None):
        data = raw if raw is not None else None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.run()["api"] + path, data=data, method=method)
        if role:
            request.add_header("Authorization", "Bearer " + self.token(role))
        if data is not None:
            request.add_header("Content-Type", "application/json")
        for name, value in (headers or {}).items():
            request.add_header(name, value)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read() or b"null")


def until(condition, timeout=30):
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(0.02)
    raise AssertionError("it did not happen in time")


@pytest.fixture
def make_node(tmp_path):
    nodes = []

    def make(name="node", prepare=lambda node: None):
        node = Node(name, tmp_path)
        nodes.append(node)
        prepare(node)
        return node.start()

    yield make
    for node in nodes:
        node.stop()


@pytest.fixture
def hive(make_node):
    """Three nodes of one hive, B a steward."""
    a, b, c = (make_node(name) for name in "abc")
    b.ok("peers", "join", a.ok("peers", "invite", "--role", "steward")["line"])
    c.ok("peers", "join", a.ok("peers", "invite")["line"])
    until(lambda: all(node.ok("status")["peersConnected"] == 2 for node in (a, b, c)))
    return a, b, c


os.environ.pop("HIVE_URL", None)
os.environ.pop("HIVE_TOKEN", None)
