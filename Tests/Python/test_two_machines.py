"""Two machines of their own, with the ports that the README names: network namespaces joined by a cable."""

import json
import os
import subprocess
import uuid

import pytest

from conftest import BUILD, until


def ip(*arguments):
    return subprocess.run(["ip", *arguments], capture_output=True, text=True)


class Machine:
    """A namespace with one node, started as a newcomer starts it: with no option but where its data is."""

    def __init__(self, space, address, data):
        self.space, self.address, self.data = space, address, data
        self.process = None

    def inside(self, *command):
        return ["ip", "netns", "exec", self.space, *map(str, command)]

    def start(self):
        with open(f"{self.data}.log", "ab") as log:
            self.process = subprocess.Popen(
                self.inside(BUILD / "hived", "--data", self.data), stdout=log, stderr=log,
                env={**os.environ, "HIVE_ADVERTISE": self.address})
        until(lambda: (self.data / "run.json").exists() and self.run()["pid"] == self.process.pid)

    def run(self):
        return json.loads((self.data / "run.json").read_text())

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=40)

    def ctl(self, *arguments):
        done = subprocess.run(
            self.inside(BUILD / "hivectl", *arguments, "--json", "--data", self.data), capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout)


@pytest.fixture
def machines(tmp_path):
    tag = uuid.uuid4().hex[:6]
    spaces = [f"hive-{tag}-{number}" for number in (1, 2)]
    try:
        if any(ip("netns", "add", space).returncode != 0 for space in spaces):
            pytest.skip("no network namespaces can be made here")
    except FileNotFoundError:
        pytest.skip("there is no `ip` command here")
    ends = [f"hv{tag}{number}" for number in (1, 2)]
    assert ip("link", "add", ends[0], "type", "veth", "peer", "name", ends[1]).returncode == 0
    made = []
    for number, (space, end) in enumerate(zip(spaces, ends), start=1):
        address = f"10.123.7.{number}"
        ip("link", "set", end, "netns", space)
        ip("-n", space, "addr", "add", f"{address}/24", "dev", end)
        ip("-n", space, "link", "set", end, "up")
        ip("-n", space, "link", "set", "lo", "up")
        made.append(Machine(space, address, tmp_path / f"m{number}"))
    yield made
    for machine in made:
        if machine.process is not None and machine.process.poll() is None:
            machine.stop()
    for space in spaces:
        ip("netns", "del", space)


def test_two_machines_find_each_other_after_both_restarted(machines):
    one, two = machines
    one.start()
    two.start()
    two.ctl("peers", "join", one.ctl("peers", "invite")["line"])
    for machine in machines:
        machine.stop()
        machine.start()
    until(lambda: all(machine.ctl("status")["peersConnected"] == 1 for machine in machines))
    assert {peer["address"] for machine in machines for peer in machine.ctl("peers", "list")["items"]} == {
        "10.123.7.1:8901", "10.123.7.2:8901"}
