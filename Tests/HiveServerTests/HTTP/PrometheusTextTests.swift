import HiveAPI
import Testing

@testable import HiveServer

@Suite struct PrometheusTextTests {
    @Test("Samples are grouped by family, escaped, with labels in order")
    func rendering() {
        let text = PrometheusText.render([
            MetricSample(name: "b_total", type: .counter, help: "b\nc", labels: ["z": "1", "a": "x\"y\\"], value: 2),
            MetricSample(name: "a", type: .gauge, help: "a", value: 0.5),
            MetricSample(name: "b_total", type: .counter, help: "b\nc", labels: ["z": "2"], value: .infinity),
        ])
        #expect(
            text == """
                # HELP a a
                # TYPE a gauge
                a 0.5
                # HELP b_total b\\nc
                # TYPE b_total counter
                b_total{a="x\\"y\\\\",z="1"} 2
                b_total{z="2"} +Inf

                """)
    }

    @Test("A histogram's buckets add up to its count")
    func histogram() throws {
        let metrics = HTTPMetrics()
        for seconds in [0.0005, 0.003, 0.003, 20] {
            metrics.record(interface: "rest", operation: "status", status: 200, seconds: seconds)
        }
        metrics.record(interface: "rest", operation: "status", status: 404, seconds: 0.1)
        let samples = metrics.samples
        func bucket(_ bound: String) -> Double? {
            samples.first { $0.suffix == "_bucket" && $0.labels["le"] == bound }?.value
        }
        #expect(bucket("0.001") == 1)
        #expect(bucket("0.005") == 3)
        #expect(bucket("10.0") == 4)
        #expect(bucket("+Inf") == 5)
        #expect(samples.first { $0.suffix == "_count" }?.value == 5)
        #expect(samples.filter { $0.name == "agent_errors_total" }.map(\.value) == [1])
        #expect(samples.filter { $0.name == "agent_requests_total" }.map(\.value) == [4, 1])
    }

    @Test("The metrics route needs a token and carries the node's samples")
    func route() async {
        let interface = Interface()
        #expect(await interface.call("GET", "/metrics", token: "").status == 401)
        let reply = await interface.call("GET", "/metrics")
        #expect(reply.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
        #expect(String(decoding: reply.body, as: UTF8.self).contains("hive_decisions_total{effect=\"de\\\"ny\"} 1.5\n"))
    }
}
