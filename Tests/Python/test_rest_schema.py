"""The interface and its description agree: schemathesis sends what the description allows, and what it forbids, to a real
node. Seed and number of examples are fixed, so that a failure comes again."""

import subprocess
import sys

import pytest

# Streams have no end; the WebSocket is no HTTP; joining needs another node; backups are written wherever they are told to.
LEFT_OUT = ["streamEvents", "events", "joinHive", "backUp", "fetchBackup"]
CHECKS = [
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "negative_data_rejection", "unsupported_method", "allow_header_conformance",
    "use_after_free", "ignored_auth",
]


def run(node, phases, examples, *options):
    # The interpreter's own script: the environment may have been moved since it was made.
    command = [
        sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()", "run",
        node.run()["api"] + "/openapi.json", "--header", "Authorization: Bearer " + node.token(), "--phases", phases,
        "--checks", ",".join(CHECKS), "--seed", "6", "--max-examples", str(examples), "--generation-database", "none",
        "--suppress-health-check", "all", "--request-timeout", "30", "--no-color", "--continue-on-failure",
        "--warnings", "off", *options]
    for operation in LEFT_OUT:
        command += ["--exclude-operation-id", operation]
    return subprocess.run(command, capture_output=True, text=True, timeout=600, cwd=node.data.parent)


def allow_failures(node):
    node.data.mkdir(parents=True, exist_ok=True)
    (node.data / "hive.yaml").write_text("limits: {failures: 1000000}\n")


@pytest.mark.parametrize("phases, examples", [("examples,coverage", 1), ("fuzzing", 8)])
def test_the_node_keeps_to_its_description(make_node, phases, examples):
    # Wrong tokens are sent by the hundred here.
    node = make_node(prepare=allow_failures)
    node.ok("memory", "add", "kube-proxy on web-3 needs a restart after each upgrade", "--tag", "kubernetes")
    done = run(node, phases, examples)
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2000:]
    assert node.http("GET", "/health", role=None)[1]["status"] == "ok"
    assert node.ok("verify")["ok"]


def test_the_document_is_complete(make_node):
    node = make_node()
    status, document = node.http("GET", "/openapi.json", role=None)
    assert status == 200 and document["openapi"].startswith("3.1")
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            place = f"{method} {path}"
            assert operation["summary"] and operation["tags"] and operation["operationId"], place
            assert "default" in operation["responses"] and len(operation["responses"]) > 2, place
            if "requestBody" in operation:
                assert "example" in operation["requestBody"]["content"]["application/json"], place
            if "/health" not in path and path not in ("/openapi.json", "/"):
                assert operation["security"] == [{"token": []}] or operation.get("security") == [], place
