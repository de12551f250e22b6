import HiveChecks
import Testing

@Suite struct MetricsTests {
    private func fact(_ name: String, _ text: String) -> String {
        Read.fact(name, of: "prometheus.metrics", in: text, as: "metrics.prom")
    }

    @Test("Names are those of families")
    func names() {
        let text = "# TYPE d histogram\nd_bucket{le=\"+Inf\"} 3\nd_sum 1.5e3\nd_count 3\nup_count 1 1700000000000\n"
        #expect(fact("names", text) == #"["d","up_count"]"#)
        #expect(fact("types", text) == #"{"d":"histogram"}"#)
        #expect(fact("problems", text) == "[]")
    }

    @Test(
        "Well-formed lines",
        arguments: ["a 1", "a{} NaN", "a{b=\"c\\\"}\"} +Inf", "a{b=\"c\",} -1", "# any comment", "a:b 0x1p3", ""])
    func good(line: String) { #expect(fact("problems", line) == "[]") }

    @Test(
        "Malformed lines are said with their numbers",
        arguments: [
            ("a", "there is no value"), ("1a 2", "`1a` is no name"), ("a{b=c} 1", "the labels are malformed"),
            ("a{b=\"c\" 1", "the labels are malformed"), ("a 1 soon", "`soon` is no time in milliseconds"),
            ("a 1 2 3", "there is no value"), ("# TYPE a number", "`number` is no type"),
            ("# TYPE a", "TYPE takes a name and a type"),
        ])
    func bad(line: String, problem: String) { #expect(fact("problems", "b 1\n" + line) == "[\"line 2: \(problem)\"]") }

    @Test("What stands twice is said")
    func twice() {
        #expect(fact("problems", "a{b=\"c\"} 1\na{b=\"c\"} 2").contains("stands twice"))
        #expect(fact("problems", "# TYPE a gauge\n# TYPE a gauge").contains("has a type already"))
    }
}
