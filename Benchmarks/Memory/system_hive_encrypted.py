"""A real node as in system_hive, over a store that is encrypted with a key from a file."""

import secrets
from pathlib import Path

import system_hive


class System(system_hive.System):
    name = "Hive, encrypted"

    def start(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        key = self.folder / "store.key"
        if not key.exists():
            key.touch(mode=0o600)
            key.write_text(secrets.token_hex(32) + "\n")
            (self.folder / "hive.yaml").write_text(f"encryption: aes-256-gcm\nencryption-key-file: {key}\n")
        super().start()
