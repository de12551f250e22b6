"""The servers that are measured, each a process of its own on a data directory of its own and on ports that are free."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import time
from pathlib import Path


def free_ports(count):
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def wait_for(ready, what, seconds=60):
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            raise SystemExit(f"{what} did not come in {seconds} seconds")
        time.sleep(0.02)


def answers(port, path):
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except OSError:
        return False


def end(process):
    process.send_signal(signal.SIGTERM)
    process.wait(60)


@contextlib.contextmanager
def etcd(folder, nodes):
    """The port of the first node's clients."""
    ports = free_ports(nodes * 2)
    clients, peers = ports[:nodes], ports[nodes:]
    cluster = ",".join(f"n{place}=http://127.0.0.1:{port}" for place, port in enumerate(peers))
    processes = []
    try:
        for place in range(nodes):
            client, peer = f"http://127.0.0.1:{clients[place]}", f"http://127.0.0.1:{peers[place]}"
            command = [
                "etcd", "--name", f"n{place}", "--data-dir", f"{folder}/n{place}", "--listen-client-urls", client,
                "--advertise-client-urls", client, "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer,
                "--initial-cluster", cluster, "--logger", "zap", "--log-level", "error"]
            processes.append(subprocess.Popen(command, stderr=subprocess.DEVNULL))
        wait_for(lambda: all(answers(port, "/health") for port in clients), "etcd")
        yield clients[0]
    finally:
        for process in processes:
            end(process)


@contextlib.contextmanager
def redis(folder):
    port = free_ports(1)[0]
    command = [
        "redis-server", "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder), "--save", "", "--appendonly",
        "yes", "--appendfsync", "always", "--no-appendfsync-on-rewrite", "no"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_for(lambda: subprocess.run(
            ["redis-cli", "-p", str(port), "ping"], capture_output=True).stdout == b"PONG\n", "redis")
        yield port
    finally:
        end(process)


class Node:
    """A hived with a peer listener."""

    def __init__(self, bin, folder, name, advertise=None):
        self.bin, self.data, self.name = bin, Path(folder) / name, name
        self.peers = f"127.0.0.1:{free_ports(1)[0]}"
        self.advertise = advertise
        self.start()

    def start(self):
        (self.data / "run.json").unlink(missing_ok=True)
        command = [
            self.bin / "hived", "--data", self.data, "--name", self.name, "--listen", "127.0.0.1:0", "--mcp",
            "127.0.0.1:0", "--peers", self.peers, "--log-level", "error"]
        environment = os.environ | ({"HIVE_ADVERTISE": self.advertise} if self.advertise else {})
        self.process = subprocess.Popen(command, env=environment)
        wait_for(lambda: (self.data / "run.json").exists() and self.is_ready(), "hived")
        self.token = (self.data / "operator.token").read_text().strip()

    @property
    def port(self):
        return int(json.loads((self.data / "run.json").read_text())["api"].rsplit(":", 1)[1].strip("/"))

    def is_ready(self):
        try:
            return answers(self.port, "/health/ready")
        except (ValueError, KeyError):
            return False

    def connection(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, connection, method, path, body=None):
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        data = answer.read()
        return answer.status, json.loads(data) if data else None

    def ctl(self, *arguments):
        done = subprocess.run(
            [self.bin / "hivectl", *arguments, "--json", "--data", self.data], capture_output=True, text=True, timeout=120)
        if done.returncode:
            raise SystemExit(f"hivectl {' '.join(arguments)}: {done.stdout}{done.stderr}")
        return json.loads(done.stdout)

    def join(self, other):
        """Makes this node a writer of the other's hive."""
        self.ctl("peers", "join", other.ctl("peers", "invite", "--role", "writer")["line"])

    def kill(self):
        self.process.kill()
        self.process.wait(30)

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            end(self.process)
