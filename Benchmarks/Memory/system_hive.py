"""A real node: a process of its own, asked over HTTP. What the other systems do in the asker's process, this one does behind
a socket."""

import http.client
import json
import os
import signal
import subprocess
import threading
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path


class System:
    name = "Hive"
    asks = ["words", "hybrid", "filtered"]

    def __init__(self, folder, options):
        self.folder = Path(folder) / "hive"
        self.options = options
        self.version = subprocess.run([options["hived"], "--version"], capture_output=True, text=True).stdout.strip()
        self.local = threading.local()
        self.places = {}
        self.start()

    def start(self):
        addresses = ["--listen", "127.0.0.1:0", "--mcp", "127.0.0.1:0", "--log-level", "error"]
        self.process = subprocess.Popen([self.options["hived"], "--data", str(self.folder), *addresses])
        run = self.folder / "run.json"
        while not run.exists():
            if self.process.poll() is not None:
                raise SystemExit("hived ended at its start")
            time.sleep(0.001)
        self.address = urllib.parse.urlparse(json.loads(run.read_text())["api"]).netloc
        self.token = (self.folder / "agent.token").read_text().strip()
        self.local = threading.local()

    @property
    def pid(self):
        return self.process.pid

    def ask(self, method, path, body=None):
        if not hasattr(self.local, "connection"):
            self.local.connection = http.client.HTTPConnection(self.address)
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        self.local.connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = self.local.connection.getresponse()
        data = answer.read()
        if answer.status >= 300:
            raise SystemExit(f"{method} {path}: {answer.status} {data[:300]}")
        return json.loads(data)

    def store(self, place, text, tag):
        self.places[self.ask("POST", "/api/v1/memories", {"content": text, "tags": [tag]})["id"]] = place

    def fill(self, notes):
        with ThreadPoolExecutor(32) as pool:
            for _ in pool.map(lambda note: self.store(*note), notes):
                pass
        while self.metric("hive_meaning_memories") < len(set(self.places)):
            time.sleep(0.05)

    def metric(self, name):
        connection = http.client.HTTPConnection(self.address)
        connection.request("GET", "/metrics", headers={"Authorization": f"Bearer {self.token}"})
        for line in connection.getresponse().read().decode().splitlines():
            if line.startswith(name + " "):
                return float(line.split()[1])
        raise SystemExit(f"the node has no metric {name}")

    def words(self, question):
        return self.found({"q": question, "limit": 10, "semantic": "false"})

    def hybrid(self, question):
        return self.found({"q": question, "limit": 10})

    def filtered(self, question, tag):
        return self.found({"q": question, "limit": 10, "tag": tag})

    def found(self, query):
        answer = self.ask("GET", "/api/v1/memories?" + urllib.parse.urlencode(query))
        return [self.places.get(item["id"]) for item in answer["items"]]

    def close(self):
        self.process.send_signal(signal.SIGTERM)
        if self.process.wait(60) != 0:
            raise SystemExit(f"hived ended with {self.process.returncode}")
