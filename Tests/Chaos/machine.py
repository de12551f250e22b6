"""A machine with a node: its own network, its own small disk, its own clock."""

import http.client
import json
import os
import pathlib
import signal
import subprocess
import time

from disks import Disks
from network import run

PORT = 7010
DISK = "192m"


def clock_library():
    for path in pathlib.Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"):
        return str(path)
    return None


class Machine:
    def __init__(self, name, link, base, build):
        self.name, self.link, self.build = name, link, build
        self.disk = base / name
        self.disk.mkdir()
        run("mount", "-t", "tmpfs", "-o", f"size={DISK}", "none", self.disk)
        self.data = self.disk / "data"
        self.log = base / f"{name}.log"
        self.clock = base / f"{name}.clock"
        self.process = None
        self.disks = Disks(self, base)
        self.shift(0)

    def shift(self, seconds):
        """Sets the machine's clock ahead, or back. Programs that run see it within a second."""
        temporary = self.clock.with_suffix(".new")
        temporary.write_text(f"{seconds:+d}\n")
        temporary.replace(self.clock)

    def start(self):
        self.process = self.launch(self.data, PORT)

    def launch(self, data, port):
        """A node on this machine; the next two ports are those of its interfaces."""
        environment = os.environ | {"HIVE_ADVERTISE": self.link.relay}
        if library := clock_library():
            environment |= {
                "LD_PRELOAD": library, "FAKETIME_TIMESTAMP_FILE": str(self.clock), "FAKETIME_CACHE_DURATION": "1",
                "DONT_FAKE_MONOTONIC": "1"}
        with open(self.log, "ab") as log:
            return subprocess.Popen(
                ["ip", "netns", "exec", self.name, self.build / "hived", "--data", data, "--name", self.name,
                 "--listen", f"127.0.0.1:{port + 1}", "--mcp", f"127.0.0.1:{port + 2}", "--peers",
                 f"{self.link.address}:{port}"], stdout=log, stderr=log, env=environment)

    @property
    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def signal(self, number):
        if self.is_running:
            self.process.send_signal(number)

    def kill(self):
        self.signal(signal.SIGKILL)
        self.process.wait(30)

    def stop(self):
        self.signal(signal.SIGCONT)
        self.signal(signal.SIGTERM)
        self.process.wait(60)

    def wait_until_ready(self, seconds=60):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if not self.is_running:
                raise RuntimeError(f"{self.name} ended with {self.process.returncode}: {self.log.read_text()[-1500:]}")
            try:
                if json.loads((self.data / "run.json").read_text())["pid"] and self.ask("GET", "/health/ready")[0] == 200:
                    return
            except (OSError, ValueError, http.client.HTTPException):
                pass
            time.sleep(0.1)
        raise RuntimeError(f"{self.name} was not ready in {seconds} seconds: {self.log.read_text()[-1500:]}")

    def ask(self, method, path, body=None, seconds=5, port=PORT):
        """Status and answer of a request that is made on this machine."""
        token = (self.data / "operator.token").read_text().strip()
        with self.link.inside():
            connection = http.client.HTTPConnection("127.0.0.1", port + 1, timeout=seconds)
            try:
                connection.request(
                    method, path, None if body is None else json.dumps(body),
                    {"Authorization": f"Bearer {token}", "Content-Type": "application/json"})
                answer = connection.getresponse()
                return answer.status, json.loads(answer.read() or b"null")
            finally:
                connection.close()

    def ctl(self, *arguments):
        done = subprocess.run(
            ["ip", "netns", "exec", self.name, self.build / "hivectl", *arguments, "--json", "--data", self.data],
            capture_output=True, text=True, timeout=300)
        if done.returncode:
            raise RuntimeError(f"{self.name}: hivectl {' '.join(arguments)}: {done.stdout}{done.stderr}")
        return json.loads(done.stdout)
