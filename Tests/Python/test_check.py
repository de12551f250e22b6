"""The gate as a process, over real files and real repositories."""

import hashlib
import json
import os
import signal
import subprocess

import pytest

from conftest import BUILD, until

# Put together here, so that scans of this file find none.
SECRET = "pass" + 'word = "' + "k3y9Qz7" + 'Wm2xR4tV8"'
ALLOW = "hive:" + "allow"


class Folder:
    def __init__(self, path):
        self.path = path

    def write(self, name, text):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def git(self, *arguments):
        identity = ["-c", "user.name=n", "-c", "user.email=n@example.org", "-c", "core.autocrlf=false"]
        subprocess.run(["git", *identity, *arguments], cwd=self.path, check=True, capture_output=True)

    def commit(self):
        self.git("add", "-A")
        self.git("commit", "-qm", "x", "--no-verify")

    def run(self, *arguments, cwd=None):
        return subprocess.run(
            [BUILD / "hivectl", "check", *arguments], cwd=cwd or self.path, capture_output=True, timeout=120)

    def check(self, *arguments, cwd=None):
        """Exit code and JSON of a check."""
        done = self.run("--json", *arguments, cwd=cwd)
        return done.returncode, json.loads(done.stdout)

    def open(self, *arguments, cwd=None):
        """`path:line rule` of every finding that is neither excused nor known."""
        code, report = self.check(*arguments, cwd=cwd)
        found = [item for item in report["items"] if item["state"] == "open"]
        assert code == (1 if any(item["severity"] != "note" for item in found) else 0)
        return [f"{item['path']}:{item['line']} {item['rule']}" for item in found]

    def content(self):
        paths = sorted(path for path in self.path.rglob("*") if path.is_file() and ".git" not in path.parts)
        return hashlib.sha256(b"".join(bytes(path) + path.read_bytes() for path in paths)).hexdigest()


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


@pytest.fixture
def repository(folder):
    folder.git("init", "-q")
    return folder


def test_what_is_found_is_shown_and_nothing_is_changed(folder):
    folder.write("a.py", f"x = 1\n{SECRET}  # magic\n")
    folder.write("clean.py", "x = 1\n")
    before = folder.content()
    done = folder.run()
    assert done.returncode == 1
    text = done.stdout.decode()
    assert "a.py:2:13: error: the file holds a secret" in text and "a.py:2:34: error: `magic`" in text
    assert "2 findings in 2 files" in text and "Qz7" not in text
    assert folder.run("clean.py").returncode == 0
    for form in ["json", "sarif", "human"]:
        assert b"Qz7" not in folder.run("--format", form).stdout
    assert folder.content() == before


def test_bad_usage_says_what_to_do(folder):
    folder.write("a", "x")
    for arguments, words in [
        (["nowhere"], "does not exist"),
        (["--rule", "secret"], "did you mean `secrets`?"),
        (["--config", "nowhere.yaml"], "cannot be read"),
        (["--baseline", "nowhere.json"], "cannot be read"),
        (["--changed", "--write-baseline"], "--write-baseline goes with whole files"),
        (["--changed"], "needs a git work tree"),
        (["--format", "xml"], "xml"),
    ]:
        done = folder.run(*arguments)
        assert done.returncode == 2 and words in done.stderr.decode(), (arguments, done)
    code, answer = folder.check("--rule", "secret")
    assert code == 2 and answer["error"]["code"] == "invalid_input"


def test_only_added_lines(repository):
    repository.write("old.txt", "magic\nkept\n")
    repository.write("gone.txt", "wizard\nof\nold\n")
    repository.write("renamed.txt", "magic\n" * 20)
    repository.write("with blank.txt", "x\n")
    repository.write("sub/deep.txt", "x\n")
    repository.commit()
    assert repository.open("--changed") == []
    repository.write("old.txt", "magic\nkept\nwizard\n")
    repository.write("with blank.txt", "x\nmagic\n")
    repository.write("new.txt", "magic\n")
    repository.write("binary", b"magic\0")
    repository.write("sub/deep.txt", "magic\nx\n")
    repository.git("rm", "-q", "gone.txt")
    repository.git("mv", "renamed.txt", "moved.txt")
    expected = [
        "new.txt:1 banned-terms", "old.txt:3 banned-terms", "sub/deep.txt:1 banned-terms",
        "with blank.txt:2 banned-terms"]
    assert repository.open("--changed") == expected
    assert repository.open("sub", "--changed") == ["sub/deep.txt:1 banned-terms"]
    assert repository.open("--changed", cwd=repository.path / "sub") == expected
    repository.git("add", "old.txt")
    assert repository.open("--changed") == expected
    assert "old.txt:3 banned-terms" not in repository.open("--changed=index")
    repository.commit()
    assert repository.open("--changed") == []
    assert repository.open("--changed=HEAD~1") == expected
    done = repository.run("--changed=nonsense")
    assert done.returncode == 2 and "no commit `nonsense`" in done.stderr.decode()
    assert repository.run("--changed=--output=x").returncode == 2


def test_a_repository_without_a_commit_is_new_as_a_whole(repository):
    repository.write("staged.txt", "magic\n")
    repository.git("add", "-A")
    repository.write("new.txt", "magic\n")
    assert repository.open("--changed") == ["new.txt:1 banned-terms", "staged.txt:1 banned-terms"]


def test_configured_diffs_are_read_all_the_same(repository):
    repository.write("a.txt", "x\n")
    repository.commit()
    for key, value in [
        ("diff.noprefix", "true"), ("color.diff", "always"), ("diff.external", "false"),
        ("diff.mnemonicPrefix", "true"), ("diff.context", "9"),
    ]:
        repository.git("config", key, value)
    repository.write("a.txt", "x\nmagic\n")
    assert repository.open("--changed") == ["a.txt:2 banned-terms"]


def test_submodules_and_ignored_files_are_left_alone(repository, tmp_path_factory):
    other = Folder(tmp_path_factory.mktemp("other"))
    other.git("init", "-q")
    other.write("a.txt", "magic\n")
    other.commit()
    repository.write(".gitignore", "ignored/\n")
    repository.write("ignored/a.txt", "magic\n")
    repository.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other.path), "module")
    repository.commit()
    other_inside = Folder(repository.path / "module")
    other_inside.write("b.txt", "magic\n")
    assert repository.open() == [] and repository.open("--changed") == []
    assert repository.open("ignored/a.txt") == ["ignored/a.txt:1 banned-terms"]


def test_links_are_not_followed_out_and_loops_end(folder, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "secret.txt"
    outside.write_text("magic\n")
    folder.write("d/a.txt", "magic\n")
    os.symlink("..", folder.path / "d" / "up")
    os.symlink(outside, folder.path / "out")
    os.symlink("nowhere", folder.path / "dangling")
    os.mkfifo(folder.path / "pipe")
    assert folder.open() == ["d/a.txt:1 banned-terms"]
    code, report = folder.check("out", "dangling")
    assert code == 0 and {item["reason"] for item in report["skipped"]} == {"link-out"}
    assert folder.run("pipe").returncode == 2


def test_names_of_any_bytes(repository):
    name = b"line\nbreak\x1b[31m\xff.txt"
    with open(os.path.join(os.fsencode(repository.path), name), "wb") as file:
        file.write(b"x\nmagic\n")
    shown = "line\\x0abreak\\x1b[31m\\xff.txt:2 banned-terms"
    assert repository.open() == [shown]
    assert repository.open("--changed") == [shown]
    repository.commit()
    with open(os.path.join(os.fsencode(repository.path), name), "ab") as file:
        file.write(b"wizard\n")
    assert repository.open("--changed") == [shown.replace(":2", ":3")]
    assert b"\x1b" not in repository.run().stdout


def test_large_binary_and_unreadable_files(folder):
    folder.write("line", b"magic " * 2_000_000)
    folder.write("binary", b"\0magic")
    folder.write("invalid", b"\xff\xfe magic \xc3")
    code, report = folder.check()
    assert code == 1 and [item["path"] for item in report["items"]] == ["invalid"]
    assert {item["path"]: item["reason"] for item in report["skipped"]} == {"binary": "binary", "line": "too-large"}
    folder.write("closed", "x")
    os.chmod(folder.path / "closed", 0)
    if os.access(folder.path / "closed", os.R_OK):
        pytest.skip("this account may read everything")
    assert "closed:1 unreadable" in folder.open()


def test_a_baseline_lets_known_findings_pass(folder):
    folder.write("a.txt", "magic\nwizard\n")
    assert folder.run("--write-baseline").returncode == 0
    written = (folder.path / ".hive" / "check-baseline.json").read_text()
    assert folder.run("--write-baseline").returncode == 0
    assert (folder.path / ".hive" / "check-baseline.json").read_text() == written
    assert folder.open() == []
    folder.write("a.txt", "\n  magic\n" + SECRET + "\n")
    code, report = folder.check()
    assert code == 1 and [item["rule"] for item in report["items"] if item["state"] == "open"] == ["secrets"]
    assert len(report["stale"]) == 1
    assert folder.run("--write-baseline").returncode == 0
    code, report = folder.check()
    assert code == 0 and report["stale"] == []
    assert "Qz7" not in (folder.path / ".hive" / "check-baseline.json").read_text()
    folder.write(".hive/check-baseline.json", "<<<<<<< HEAD\n")
    done = folder.run()
    assert done.returncode == 2 and "check-baseline.json:1:1" in done.stderr.decode()


def test_configuration_decides(folder):
    folder.write("a.txt", f"magic foo\n{SECRET}\n# {ALLOW} secrets a fixture\n{SECRET}\n")
    folder.write("vendor/a.txt", "foo\n")
    folder.write(
        ".hive/check.yaml",
        "standardTerms: false\nterms: [{text: foo}]\nexclude: [vendor/]\nseverities: {banned-terms: note}\n")
    assert folder.open() == ["a.txt:1 banned-terms", "a.txt:2 secrets"]
    (folder.path / "sub").mkdir()
    assert folder.open("../a.txt", cwd=folder.path / "sub") == ["a.txt:1 banned-terms", "a.txt:2 secrets"]
    folder.write(".hive/check.yaml", "terms:\n  - {text: foo, whole: true}\n")
    done = folder.run()
    assert done.returncode == 2 and ".hive/check.yaml:2:17: unknown key `whole`" in done.stderr.decode()


def test_sarif(folder):
    folder.write("a b.py", "x = '😀'  # magic\n" + f"wizard = 1  # {ALLOW} banned-terms a name\n")
    done = folder.run("--format", "sarif", "--output", "out/report.sarif")
    assert done.returncode == 1 and b"1 finding in 1 file; 1 suppressed" in done.stdout
    report = json.loads((folder.path / "out" / "report.sarif").read_text())
    assert report["version"] == "2.1.0" and report["$schema"].startswith("https://")
    (run,) = report["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] and driver["version"] and run["columnKind"] == "utf16CodeUnits"
    for rule in driver["rules"]:
        assert rule["id"] and rule["shortDescription"]["text"] and rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("none", "note", "warning", "error")
    first, second = run["results"]
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "banned-terms"
        assert result["message"]["text"] and result["partialFingerprints"]["hiveFinding/v1"]
        location = result["locations"][0]["physicalLocation"]
        assert location["artifactLocation"] == {"uri": "a%20b.py", "uriBaseId": "%SRCROOT%"}
        assert all(value >= 1 for key, value in location["region"].items() if key != "snippet")
    region = first["locations"][0]["physicalLocation"]["region"]
    line = "x = '😀'  # magic".encode("utf-16-le")
    start, end = (2 * (region[key] - 1) for key in ("startColumn", "endColumn"))
    assert line[start:end].decode("utf-16-le") == "magic"
    assert first["suppressions"] == []
    assert second["suppressions"] == [{"kind": "inSource", "justification": "a name"}]


def test_manifests_are_judged_by_the_pack(folder):
    folder.write("docker-compose.yml", "services:\n  web:\n    image: nginx\n    ports: ['10300:80']\n")
    folder.write("a.py", "address = '10.1.2.3'\n")
    code, report = folder.check()
    rules = {item["rule"] for item in report["items"]}
    assert code == 1 and {"services-are-read-only", "services-check-health"} <= rules
    assert all(item["path"] == "docker-compose.yml" for item in report["items"])
    assert report["summary"]["not-measured"] > 0 and report["summary"]["not-applicable"] > 0
    code, report = folder.check("--rule", "26")
    assert code == 1 and {check["number"] for check in report["checks"]} == {26}
    code, report = folder.check("--rule", "1")
    assert code == 1 and {item["rule"] for item in report["items"]} == {"no-hardcoded-addresses"}
    assert folder.check("--rule", "26", "a.py")[0] == 0
    for arguments, hint in [(["--rule", "98765"], "--list"), (["--pack", "plaform"], "did you mean `platform`?")]:
        done = folder.run(*arguments)
        assert done.returncode == 2 and hint in done.stderr.decode()
    folder.write(".hive/check.yaml", "packs: []\n")
    assert folder.open() == []


def test_rules_of_ones_own_judge_manifests(folder):
    folder.write("docker-compose.yml", "services:\n  web:\n    image: nginx\n")
    folder.write(
        ".hive/rules/own.yaml",
        "apiVersion: hive/v1\nkind: Rule\nmetadata: {name: images-are-pinned, labels: {rule: \"101\"}}\n"
        "spec:\n  match: {events: [manifest.check], kinds: [compose.service]}\n"
        "  when: \"!manifest.image.contains(':')\"\n  effect: deny\n  message: \"'not pinned'\"\n")
    folder.write(".hive/check.yaml", "packs: []\nrules: [.hive/rules]\n")
    assert folder.open() == ["docker-compose.yml:2 images-are-pinned"]
    assert folder.open("--rule", "101") == ["docker-compose.yml:2 images-are-pinned"]
    folder.write(".hive/rules/own.yaml", "kind: Rule\n")
    assert folder.run().returncode == 2


def test_a_bomb_is_refused_and_told_of_once(folder):
    lines = ["a: &a [x,x,x,x,x,x,x,x,x]"]
    for before, name in zip("abcdefghijkl", "bcdefghijklm"):
        lines.append(f"{name}: &{name} [" + ",".join(["*" + before] * 9) + "]")
    folder.write("docker-compose.yml", "\n".join(lines) + "\nservices: *m\n")
    (found,) = folder.open()
    assert found.endswith(" unreadable")


def test_watching_ends_by_an_interrupt(folder):
    folder.write("a.txt", "x\n")
    output = folder.path.parent / "watch.txt"
    with open(output, "wb") as file:
        process = subprocess.Popen([BUILD / "hivectl", "check", "--watch", "a.txt"], cwd=folder.path, stdout=file)
    try:
        until(lambda: b"0 findings in 1 file" in output.read_bytes())
        folder.write("a.txt", "magic\n")
        until(lambda: b"1 finding in 1 file" in output.read_bytes())
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 0
    finally:
        process.kill()


def test_the_list_names_every_check(folder):
    code, report = folder.check("--list")
    assert code == 0 and {"secrets", "banned-terms", "suppressions", "unreadable"} <= {
        item["id"] for item in report["items"]}


def test_a_file_that_is_asked_about_and_not_read_is_not_clean(folder):
    path = folder.write("large.txt", b"x" * 1_200_000)
    code, report = folder.check("large.txt")
    assert code == 1 and [item["path"] for item in report["items"]] == ["large.txt"], report
    assert "maximumSize" in report["items"][0]["message"]
    code, report = folder.check(".")
    assert code == 0 and report["skipped"] == [{"path": "large.txt", "reason": "too-large"}]
