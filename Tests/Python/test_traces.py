"""Traces of real nodes, taken by a stand-in for a collector that reads them as OpenTelemetry's own types."""

import base64
import http.server
import json
import threading
import urllib.request

import pytest
from google.protobuf import json_format
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from conftest import until

IDS = {"traceId", "spanId", "parentSpanId"}


def with_base64_ids(value):
    """OTLP's JSON has ids in hexadecimal, where protobuf's own JSON expects base64."""
    if isinstance(value, dict):
        return {key: base64.b64encode(bytes.fromhex(item)).decode() if key in IDS else with_base64_ids(item)
                for key, item in value.items()}
    return [with_base64_ids(item) for item in value] if isinstance(value, list) else value


class Collector:
    def __init__(self):
        self.spans = []
        self.requests = []
        self.status = 200
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.requests.append((self.path, dict(self.headers)))
                if outer.status == 200:
                    outer.take(json.loads(body))
                self.send_response(outer.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def take(self, document):
        # Unknown fields and wrong types are errors.
        request = json_format.ParseDict(with_base64_ids(document), ExportTraceServiceRequest())
        for resource in request.resource_spans:
            attributes = {item.key: item.value.string_value for item in resource.resource.attributes}
            assert attributes["service.name"] == "hived"
            for scope in resource.scope_spans:
                for span in scope.spans:
                    assert len(span.trace_id) == 16 and len(span.span_id) == 8
                    assert 0 < span.start_time_unix_nano <= span.end_time_unix_nano
                    self.spans.append((attributes["hive.node.name"], span))

    def named(self, name, node=None):
        return [span for where, span in list(self.spans) if span.name == name and node in (None, where)]


@pytest.fixture
def collector():
    collector = Collector()
    yield collector
    collector.server.shutdown()


def tracing(collector, extra=""):
    def prepare(node):
        node.data.mkdir(parents=True, exist_ok=True)
        (node.data / "hive.yaml").write_text(f"traces: {{endpoint: '{collector.url}'{extra}}}\n")

    return prepare


def attributes(span):
    return {item.key: item.value.string_value or item.value.int_value for item in span.attributes}


def test_a_write_and_its_arrival_elsewhere_are_one_trace(make_node, collector):
    a, b = make_node("a", tracing(collector)), make_node("b", tracing(collector))
    b.ok("peers", "join", a.ok("peers", "invite")["line"])
    until(lambda: a.ok("status")["peersConnected"] == 1)
    identifier = a.ok("memory", "add", "quite a secret text", "--scope", "collective:main")["id"]
    until(lambda: b.ctl("memory", "get", identifier)[0] == 0)

    def joined():
        """The write that the request caused, and its arrival."""
        requests = {span.trace_id for span in collector.named("POST storeMemory", "a")}
        commits = {span.span_id for span in collector.named("store.commit", "a") if span.trace_id in requests}
        arrivals = {span.trace_id: span for span in collector.named("operation.arrive", "b")}
        return [(span, arrivals[span.trace_id]) for span in collector.named("operation.write", "a")
                if span.trace_id in arrivals and any(link.span_id in commits for link in span.links)]

    until(joined)
    write, arrival = joined()[0]
    assert arrival.parent_span_id == write.span_id and not write.parent_span_id
    assert attributes(write)["hive.operation"] == attributes(arrival)["hive.operation"]
    assert attributes(arrival)["hive.peer"] == a.run()["node"]
    assert "secret text" not in str([str(span) for _, span in collector.spans])


def test_a_callers_trace_goes_on_inside(make_node, collector):
    node = make_node("a", tracing(collector))
    caller = "4bf92f3577b34da6a3ce929d0e0e4736"
    header = {"traceparent": f"00-{caller}-00f067aa0ba902b7-01"}
    assert node.http("POST", "/api/v1/decisions", {"event": "commit"}, headers=header)[0] == 200
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {
        "name": "search_memories", "arguments": {"query": "x"}}}
    request = urllib.request.Request(
        node.run()["mcp"], data=json.dumps(call).encode(),
        headers={**header, "Authorization": "Bearer " + node.token("agent"), "Content-Type": "application/json",
                 "Accept": "application/json, text/event-stream"})
    urllib.request.urlopen(request, timeout=30).read()
    until(lambda: collector.named("tool search_memories") and collector.named("decision"))
    for name in ("decision", "tool search_memories"):
        assert collector.named(name)[0].trace_id.hex() == caller, name
    server = [span for _, span in collector.spans if span.parent_span_id.hex() == "00f067aa0ba902b7"]
    assert len(server) == 2 and all(span.kind == 2 for span in server)
    decision = collector.named("decision")[0]
    assert attributes(decision)["hive.effect"] == "allow"
    before = len(collector.spans)
    assert node.http("GET", "/health", headers={"traceparent": f"00-{caller}-00f067aa0ba902b8-00"})[0] == 200
    node.stop()
    assert not [span for _, span in collector.spans[before:] if span.parent_span_id.hex() == "00f067aa0ba902b8"]
    assert {path for path, _ in collector.requests} == {"/v1/traces"}
    sent = [{name.lower(): value for name, value in headers.items()} for _, headers in collector.requests]
    assert all(headers["content-type"] == "application/json" and "traceparent" not in headers for headers in sent)


def test_a_collector_that_refuses_or_is_gone_holds_nobody_up(make_node, collector):
    collector.status = 503
    node = make_node("a", tracing(collector))
    node.ok("memory", "add", "works all the same")

    def value(name):
        request = urllib.request.Request(
            node.run()["api"] + "/metrics", headers={"Authorization": "Bearer " + node.token("agent")})
        with urllib.request.urlopen(request, timeout=30) as answer:
            lines = [line for line in answer.read().decode().splitlines() if line.startswith(name + " ")]
        return float(lines[0].split()[1])

    until(lambda: value("hive_span_exports_failed_total") >= 1 and value("hive_spans_dropped_total") >= 1)
    until(lambda: node.log.read_text().count("traces are not taken: status 503") == 1)
    collector.status = 200
    node.ok("memory", "add", "and is told again")
    until(lambda: value("hive_spans_sent_total") >= 1)


def test_none_are_kept_where_the_share_is_zero(make_node, collector):
    node = make_node("a", tracing(collector, ", sample: 0"))
    node.ok("memory", "add", "nobody follows this")
    node.stop()
    assert collector.requests == []
