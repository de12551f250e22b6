"""Agents that store one memory after the other, and note what was acknowledged."""

import http.client
import json
import threading


class Writers:
    """So many for each machine. What was refused or not answered may or may not be there; what was acknowledged must be."""

    def __init__(self, machines, each=2, pause=0.02):
        self.pause = pause
        self.acknowledged = {}
        self.refused = 0
        self.ends = threading.Event()
        self.lock = threading.Lock()
        self.threads = [
            threading.Thread(target=self._write, args=(machine, number), daemon=True)
            for machine in machines for number in range(each)
        ]
        for thread in self.threads:
            thread.start()

    def _write(self, machine, writer):
        number = 0
        while not self.ends.is_set():
            number += 1
            content = f"{machine.name} writer {writer} note {number}"
            try:
                status, answer = machine.ask(
                    "POST", "/api/v1/memories", {"content": content, "scope": "collective:main"})
            except (OSError, http.client.HTTPException, json.JSONDecodeError):
                status = None
            with self.lock:
                if status in (200, 201):
                    self.acknowledged[answer["id"]] = content
                    machine.disks.note(answer["id"])
                else:
                    self.refused += 1
            self.ends.wait(self.pause if status in (200, 201) else max(0.2, self.pause))

    def finish(self):
        self.ends.set()
        for thread in self.threads:
            thread.join(30)
