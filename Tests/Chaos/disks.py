"""Older copies of a machine's disk, and what it means that one comes back."""

import http.client
import shutil
import signal
import sqlite3
import subprocess
import time

CLONE_PORT = 7020


class Disks:
    """Copies of one machine's data. `lost` is what was acknowledged by a disk that is gone: of that, what no other node
    has taken is nowhere, and nobody is to blame."""

    def __init__(self, machine, base):
        self.machine = machine
        self.copy = base / f"{machine.name}.copy"
        self.backup = base / f"{machine.name}.backup"
        self.cloned = base / f"{machine.name}.clone"
        self.key = base / f"{machine.name}.key"
        self.acknowledged = []
        self.lost = set()
        self.lives = set()
        self.twin = None

    def keep(self):
        """A copy and a backup, to be put back later. The node runs; for the copy it is held still."""
        self.machine.ctl("backup", str(self.backup), "--key", str(self.key))
        self.machine.kill()
        shutil.copytree(self.machine.data, self.copy)
        self.acknowledged.clear()
        self.machine.start()
        self.machine.wait_until_ready()

    def note(self, memory):
        """The machine has acknowledged a memory."""
        self.acknowledged.append(memory)

    def _forget(self):
        self.lives.add(self.life(self.machine.data))
        self.lost |= set(self.acknowledged)

    def put_back(self):
        self._forget()
        shutil.rmtree(self.machine.data)
        shutil.copytree(self.copy, self.machine.data)

    def restore(self):
        self._forget()
        done = subprocess.run(
            [self.machine.build / "hivectl", "restore", self.backup, "--key", self.key, "--data", self.machine.data,
             "--replace", "--json"], capture_output=True, text=True, timeout=120)
        if done.returncode:
            raise RuntimeError(f"{self.machine.name} was not restored: {done.stdout}{done.stderr}")

    def clone(self):
        """Both run: the machine, and a node on a copy of its disk with the same key. The clone is written to as well."""
        self.machine.signal(signal.SIGSTOP)
        shutil.copytree(self.machine.data, self.cloned, ignore=shutil.ignore_patterns("run.json", "lock"))
        self.machine.signal(signal.SIGCONT)
        self.twin = self.machine.launch(self.cloned, CLONE_PORT)
        deadline = time.monotonic() + 10
        while self.twin.poll() is None and time.monotonic() < deadline:
            try:
                self.machine.ask(
                    "POST", "/api/v1/memories", {"content": "written by a clone", "scope": "collective:main"},
                    port=CLONE_PORT)
                return
            except (OSError, http.client.HTTPException):
                time.sleep(0.2)

    def end_clone(self):
        if self.twin.poll() is None:
            self.twin.kill()
        self.twin.wait(30)
        life = self.life(self.cloned)
        if life == self.life(self.machine.data):
            raise RuntimeError(f"{self.machine.name} and its clone live one life")
        shutil.rmtree(self.cloned)

    @property
    def goes_on_in_an_old_life(self):
        return self.life(self.machine.data) in self.lives

    @staticmethod
    def life(data):
        """The incarnation that a database is in."""
        database = sqlite3.connect(f"file:{data}/hive.db?mode=ro", uri=True)
        try:
            return database.execute("SELECT value FROM local WHERE key = CAST('incarnation' AS BLOB)").fetchone()[0]
        finally:
            database.close()
