import HiveChecks
import HiveRules
import Testing

/// What cannot be read fails the rules that would have looked at it; nothing takes long or ends the process.
@Suite struct BadFileTests {
    private static let bomb =
        "a: &a [x, x, x, x, x, x, x, x, x]\n"
        + zip("bcdefghi", "abcdefgh").map {
            "\($0): &\($0) [*\($1), *\($1), *\($1), *\($1), *\($1), *\($1), *\($1), *\($1)]\n"
        }
        .joined() + "services: {web: {image: *i}}\n"

    @Test(
        "Compose files that cannot be read",
        arguments: [
            ("services: [a]", "`services` must be a mapping", 1),
            ("services:\n  a: 1\n", "the service `a` must be a mapping", 2),
            ("services:\n  a: {x: 1, x: 2}\n", "`x` stands twice", 2),
            ("services:\n\ta: {}\n", "not valid YAML: found character that cannot start any token", 2),
            ("services: {a: *nowhere}\n", "not valid YAML: found undefined alias", 1),
            ("a: &a {}\nservices: {*a : 1}\n", "an alias in a key is not supported; write it out", 2),
            (bomb, "the document is too large once its aliases are followed; write less of it", 0),
            (String(repeating: "[", count: 100_000), "more than 64 brackets are open; nest less deeply", 1),
            ((0..<300).map { "k\($0): &a\($0) 1\n" }.joined(), "more than 256 anchors; use fewer", 1),
        ])
    func compose(text: String, message: String, line: Int) throws {
        let contents = Read.contents(text, as: "compose.yaml")
        let problem = try #require(contents.problems.first)
        #expect(problem.message == message)
        #expect(line == 0 || problem.line == line)
        let results = ManifestCheck.run(contents, law: try Package.platform(), now: 0)
        let health = try #require(results.first { $0.rule == "services-check-health" })
        #expect(health.verdict == .fail)
        #expect(health.evidence.map(\.text) == [message])
        #expect(results.first { $0.rule == "images-are-not-root" }?.verdict == .notApplicable)
    }

    @Test("Bytes that are no UTF-8")
    func encoding() throws {
        let file = SourceFile(path: "Dockerfile", bytes: Array("FROM a\n".utf8) + [0xFF])
        let results = ManifestCheck.run(files: [file], law: try Package.platform(), now: 0)
        #expect(results.first { $0.rule == "images-are-not-root" }?.message.contains("not valid UTF-8") == true)
    }

    @Test("An agent's declaration that is no JSON fails the rules about agents")
    func json() throws {
        let contents = Read.contents("{\"agent_id\": \"a\",\n}", as: "a.json")
        #expect(contents.problems.first?.line == 2)
        let results = ManifestCheck.run(contents, law: try Package.platform(), now: 0)
        #expect(results.first { $0.rule == "agents-have-names" }?.verdict == .fail)
    }

    @Test("Ports without measure are refused")
    func ports() {
        let contents = Read.contents("services: {a: {ports: [\"0-65535:0-65535\"]}}", as: "compose.yaml")
        #expect(contents.problems.map(\.message) == ["more than 20000 ports are published; publish fewer"])
    }

    @Test(
        "Declarations that cannot be read fail the rules about what they would have declared",
        arguments: [
            ("measurements:\n  cpu_percent: [\n", "processors-are-spare"),
            ("incident_response: {\n", "incident-cpu-overload"), ("state:\n  a: {\n", "embeddings-have-versions"),
            ("platform: [\n", "pools-are-complete"), ("services:\n  a: [\n", "ports-are-unique"),
            ("apiVersion: v1\nkind: [\n", "workloads-are-probed"),
        ])
    func declarations(text: String, rule: String) throws {
        let results = ManifestCheck.run(Read.contents(text, as: "x.yaml"), law: try Package.platform(), now: 0)
        #expect(results.first { $0.rule == rule }?.verdict == .fail)
    }

    @Test("Files that are no text, and very large ones, are passed over")
    func passedOver() {
        let binary = SourceFile(path: "compose.yaml", bytes: [0, 1, 2])
        let large = SourceFile(path: "large.py", bytes: Array(repeating: UInt8(ascii: "a"), count: 2 << 20))
        let contents = ManifestReader.read([binary, large])
        #expect(contents.manifests.isEmpty && contents.problems.isEmpty)
    }

    @Test("A declaration of another shape than a rule expects fails with the error as evidence")
    func shape() throws {
        let contents = Read.contents("{\"agent_id\": \"a\", \"capabilities\": {\"cognitive\": 7}}", as: "a.json")
        let results = ManifestCheck.run(contents, law: try Package.platform(), now: 0)
        let result = try #require(results.first { $0.rule == "agents-declare-skills" })
        #expect(result.verdict == .fail)
        #expect(result.message.hasPrefix("the rule cannot be evaluated: "))
    }

    @Test(
        "Any beginning of a manifest, and any with a byte changed, is read or refused",
        arguments: ["compose.yaml", "Dockerfile", "m.prom", "a.json"])
    func fragments(path: String) throws {
        let samples = [
            "compose.yaml": "x: &a {b: [\"1:2\"]}\nservices:\n  w: {<<: *a, ports: [\"${P:-1}:2\"], extends: w}\n",
            "Dockerfile":
                "FROM a AS b\nRUN <<X\ny\nX\nENV A=\"b c\" D=$A\nUSER ${D:-e}\nHEALTHCHECK --interval=1s CMD x\n",
            "m.prom": "# TYPE a histogram\na_bucket{le=\"1\\\"\"} 2 3\n",
            "a.json": "{\"agent_id\": \"\\u0041\", \"capabilities\": [1, {\"a\": null}]}",
        ]
        let bytes = Array(try #require(samples[path]).utf8)
        for length in bytes.indices {
            _ = ManifestReader.read([SourceFile(path: path, bytes: Array(bytes[..<length]))])
        }
        for place in bytes.indices {
            for byte in [0x00, 0x22, 0x24, 0x2A, 0x3A, 0x7B, 0x5B, 0x0A, 0x80] as [UInt8] {
                var changed = bytes
                changed[place] = byte
                _ = ManifestReader.read([SourceFile(path: path, bytes: changed)])
            }
        }
    }
}
