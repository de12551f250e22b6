import HiveCEL
import HiveRules
import Testing

@Suite struct SecretDetectorTests {
    @Test("A secret is found by its kind, wherever it stands", arguments: SecretCorpus.secrets)
    func found(_ text: String, _ kind: String) {
        #expect(SecretDetector.kinds(in: text) == [kind])
        #expect(SecretDetector.kinds(in: "before\n" + text + "\nafter") == [kind])
    }

    @Test("What only resembles a secret passes", arguments: SecretCorpus.harmless)
    func passes(_ text: String) {
        #expect(SecretDetector.kinds(in: text).isEmpty)
        #expect(SecretDetector.kinds(in: "before\n" + text + "\nafter").isEmpty)
    }

    @Test("The corpus is large enough to mean something")
    func corpus() {
        #expect(SecretCorpus.secrets.count >= 60)
        #expect(SecretCorpus.harmless.count >= 60)
    }

    @Test("A finding says where, and does not tell the secret")
    func places() throws {
        let token = "gh" + "p_" + "aB3dE5gH7jK9mN1pQ2sT4vW6yZ8cF0iL5oR7"
        let bytes = Array("é: \(token), and \(token)".utf8)
        let findings = SecretDetector.findings(in: bytes)
        #expect(findings.count == 2)
        let first = try #require(findings.first)
        #expect(String(decoding: bytes[first.range], as: UTF8.self) == token)
        #expect(first.redacted(bytes) == "gh" + "p_…")
    }

    @Test("Random text of any bytes is searched without harm, findings in order")
    func anything() {
        var random = SeededGenerator(seed: 7)
        let parts =
            SecretCorpus.secrets.map(\.text) + SecretCorpus.harmless + ["\u{0}", "\n", "é", "\"", "=", ":", "eyJ"]
        for _ in 0..<2_000 {
            var bytes = (0..<Int.random(in: 0...6, using: &random)).flatMap { _ in Array(random.pick(parts).utf8) }
            for _ in 0..<random.pick([0, 0, 1, 5]) where !bytes.isEmpty {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            let findings = SecretDetector.findings(in: bytes)
            for (one, next) in zip(findings, findings.dropFirst()) {
                #expect(one.range.upperBound <= next.range.lowerBound)
            }
            for finding in findings { #expect(!finding.range.isEmpty && finding.range.upperBound <= bytes.count) }
        }
    }

    @Test("Conditions ask for secrets")
    func conditions() throws {
        let law = try Law.compile([
            Law.rule("kinds", "match: {events: [commit]}, when: \"'GitHub token' in secrets(content)\", effect: warn"),
            Law.rule("any", "match: {events: [file.write]}, when: hasSecret(content), effect: deny"),
        ])
        func effect(_ event: String, _ content: String) throws -> RuleEffect {
            let question = Value.map(ValueMap(["event": .string(event), "content": .string(content)]))
            return law.decide(try DecisionInput(question), now: 0).effect
        }
        let token = "gh" + "p_" + "aB3dE5gH7jK9mN1pQ2sT4vW6yZ8cF0iL5oR7"
        #expect(try effect("commit", token) == .warn)
        #expect(try effect("commit", "nothing") == .allow)
        #expect(try effect("file.write", token) == .deny)
        #expect(try effect("file.write", "the password is kept elsewhere") == .allow)
        #expect(Law.error([Law.rule("r", "when: hasSecret(3), effect: deny")]) != nil)
    }
}
