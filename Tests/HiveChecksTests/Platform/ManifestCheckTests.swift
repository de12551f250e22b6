import HiveChecks
import HiveRules
import Testing

@Suite struct ManifestCheckTests {
    private func law(_ text: String) throws -> CompiledRuleSet {
        try CompiledRuleSet.compile(try RuleFiles.load([RuleFiles.Source(path: "a/b.yaml", text: text)]), label: "a")
    }

    private static let rule = """
        apiVersion: hive/v1
        kind: Rule
        metadata: {name: images-are-pinned, labels: {rule: "7"}}
        spec:
          description: Images have a tag.
          match: {events: [manifest.check], kinds: [compose.service]}
          when: "!manifest.image.contains(':')"
          effect: deny
          message: manifest.image + ' has no tag'
          remediation: Add one.
        """
    private static let files = [
        SourceFile(path: "compose.yaml", bytes: Array("services:\n  a: {image: x}\n  b: {image: y}\n".utf8))
    ]

    @Test("Every failure is evidence, with its place")
    func evidence() throws {
        let results = ManifestCheck.run(files: Self.files, law: try law(Self.rule), now: 0)
        let result = try #require(results.first)
        #expect(results.count == 1)
        #expect(result.number == 7)
        #expect(result.message == "x has no tag (and 1 more)")
        #expect(result.remediation == "Add one.")
        #expect(
            result.evidence == [
                Evidence(path: "compose.yaml", line: 2, name: "a", text: "x has no tag"),
                Evidence(path: "compose.yaml", line: 3, name: "b", text: "y has no tag"),
            ])
    }

    @Test("An exception lifts a rule for what it names, until it ends")
    func exceptions() throws {
        let text =
            Self.rule + """

                ---
                apiVersion: hive/v1
                kind: RuleException
                metadata: {name: a-may}
                spec: {rules: [images-are-pinned], when: name == 'a', reason: built here, effective: {until: 2030-01-01}}
                """
        let law = try law(text)
        let before = ManifestCheck.run(files: Self.files, law: law, now: 0)
        #expect(before.first?.evidence.map(\.name) == ["b"])
        let after = ManifestCheck.run(files: Self.files, law: law, now: 2_000_000_000_000)
        #expect(after.first?.evidence.map(\.name) == ["a", "b"])
    }

    @Test("Rules about other events have no result; without files nothing applies and nothing is scored")
    func nothing() throws {
        let other = Self.rule.replacing("manifest.check", with: "agent.start").replacing(
            "kinds: [compose.service]", with: "roles: [x]"
        )
        .replacing("!manifest.image.contains(':')", with: "1 == 1").replacing(
            "manifest.image + ' has no tag'", with: "\"'x'\"")
        #expect(ManifestCheck.run(files: Self.files, law: try law(other), now: 0).isEmpty)
        let results = ManifestCheck.run(files: [], law: try law(Self.rule), now: 0)
        #expect(results.map(\.verdict) == [.notApplicable])
        #expect(CheckScore(results).share == nil)
    }

    @Test("A rule that an enforcement only watches does not fail")
    func shadow() throws {
        let shadow = Self.rule.replacing("effect: deny", with: "effect: deny\n  enforcement: shadow")
        #expect(ManifestCheck.run(files: Self.files, law: try law(shadow), now: 0).map(\.verdict) == [.pass])
    }

    @Test("The same files give the same results in any order")
    func order() throws {
        let files = try Package.files(below: "Examples/platform/broken")
        let law = try Package.platform()
        #expect(
            ManifestCheck.run(files: files, law: law, now: 0)
                == ManifestCheck.run(files: files.reversed(), law: law, now: 0))
    }
}

extension String {
    fileprivate func replacing(_ text: String, with other: String) -> String {
        split(separator: text, omittingEmptySubsequences: false).joined(separator: other)
    }
}
