"""A short run of what `make fuzz` does for longer. Only the targets that need no more than HiveCore and HiveSync: the rest of
the libraries would be built a second time for it."""

import os
import platform
import subprocess
import sys

import pytest

from conftest import ROOT


@pytest.mark.skipif("HIVE_FUZZ" not in os.environ, reason="set HIVE_FUZZ=1: it builds a second package, in release")
@pytest.mark.skipif(platform.system() != "Linux", reason="the toolchain of this system has no libFuzzer")
def test_bytes_from_anybody_break_nothing():
    done = subprocess.run(
        [sys.executable, ROOT / "Scripts" / "fuzz", "cbor", "wire", "frames", "log", "--seconds", "5"],
        capture_output=True, text=True, timeout=1500)
    assert done.returncode == 0, done.stdout + done.stderr[-6000:]
