import Foundation
import HivePacks
import HiveRules
import HiveRulesTesting
import Testing

/// Every pack is whole, tested in full, and says nothing that a linter would question.
@Suite struct PackTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources/HivePacks/Packs")

    private func law(_ pack: Pack) throws -> CompiledRuleSet {
        try CompiledRuleSet.compile(try pack.contents(), label: pack.name)
    }

    @Test("What is embedded is what stands in the folders")
    func registry() throws {
        let files = FileManager.default
        let folders = try files.contentsOfDirectory(atPath: Self.folder.path).sorted()
        #expect(Pack.all.map(\.name).sorted() == folders)
        for pack in Pack.all {
            let names = try files.contentsOfDirectory(atPath: Self.folder.appending(path: pack.name).path).sorted()
            #expect(pack.sources.map(\.path).sorted() == names.map { "\(pack.name)/\($0)" })
            for source in pack.sources {
                let text = try String(contentsOf: Self.folder.appending(path: source.path), encoding: .utf8)
                #expect(source.text == text, "\(source.path)")
            }
        }
    }

    @Test("Each pack is one set of its name", arguments: Pack.all.map(\.name))
    func sets(name: String) throws {
        let pack = try #require(Pack.named(name))
        let contents = try pack.contents()
        #expect(contents.sets.map(\.name) == [name])
        #expect(contents.rules.allSatisfy { $0.set == name })
        #expect(!pack.summary.isEmpty)
    }

    @Test("All cases pass, all of every condition is covered, nothing is questionable", arguments: Pack.all.map(\.name))
    func quality(name: String) throws {
        let pack = try #require(Pack.named(name))
        let policy = Policy(try law(pack))
        #expect(!policy.cases.isEmpty)
        for policyCase in policy.cases { policy.expectPass(policyCase) }
        for entry in RuleCoverage.measure(policy.law, now: policy.now).rules {
            #expect(entry.percent == 100, "\(entry.rule): \(entry.missing)")
        }
        let findings = RuleLinter.lint(policy.law, now: policy.now)
        #expect(findings.isEmpty, "\(findings.map { "\($0.rule) \($0.message)" })")
        for source in pack.sources { #expect(try RuleFormatter.format(source) == source.text, "\(source.path)") }
    }

    @Test("The rules without their cases are the same rules", arguments: Pack.all.map(\.name))
    func rulesAlone(name: String) throws {
        let pack = try #require(Pack.named(name))
        let (whole, alone) = (try pack.contents(), try pack.rulesAlone())
        #expect(alone.rules.allSatisfy { $0.tests.isEmpty })
        #expect(whole.rules.map(outline) == alone.rules.map(outline))
        #expect(whole.exceptions.map(\.name) == alone.exceptions.map(\.name))
    }

    private func outline(_ rule: Rule) -> String {
        "\(rule.location) \(rule.set)/\(rule.name) \(rule.when ?? "") \(rule.params.keys.sorted()) \(rule.effect)"
    }

    /// Work of every day that no pack stands in the way of.
    private static let harmless = [
        #"{"event":"tool.pre","tool":"Read","path":"src/auth/password.swift"}"#,
        #"{"event":"tool.pre","tool":"Bash","command":"git status && swift test 2>&1 | tail -5"}"#,
        #"{"event":"tool.pre","tool":"Bash","command":"git commit -m 'Rotate the token of the cache' && git push origin topic"}"#,
        #"{"event":"tool.pre","tool":"Bash","command":"rm -rf .build && make","git":{"branch":"main"}}"#,
        #"{"event":"tool.pre","tool":"Bash","command":"docker compose up -d && curl -s http://localhost:8899/health"}"#,
        #"{"event":"tool.pre","tool":"Bash","command":"psql -c 'select count(*) from users where deleted'"}"#,
        #"{"event":"tool.pre","tool":"Bash","command":"grep -rn 'DROP TABLE' migrations | head"}"#,
        #"{"event":"tool.pre","tool":"WebFetch","url":"https://example.org/reset-password"}"#,
        #"{"event":"tool.pre","tool":"Write","path":"a.md","content":"Ask the vault for the password."}"#,
        #"{"event":"file.write","path":"a.py","content":"import hashlib\n\ndef digest(password):\n    return hashlib.sha256(password)\n"}"#,
        #"{"event":"prompt.submit","content":"How do attackers abuse reverse shells, and how do I detect them?"}"#,
        #"{"event":"commit","content":"Close sockets when a peer leaves\n\nThey were left open. Fixes #12."}"#,
        #"{"event":"message.send","to":["bo"],"content":"The build is green → you can merge."}"#,
        #"{"event":"memory.write","kind":"semantic","content":"The cache token lives in the vault under cache/token."}"#,
        #"{"event":"operation","name":"report"}"#,
    ]

    private static let allPacks = Result {
        try CompiledRuleSet.compile(try RuleFiles.load(Pack.all.flatMap(\.sources)), label: "all")
    }

    @Test("Long texts pass as short ones do", arguments: ["file.write", "commit", "message.send", "memory.write"])
    func longTexts(event: String) throws {
        let sources = Pack.all.flatMap(\.sources)
        let law = try CompiledRuleSet.compile(try RuleFiles.load(sources), label: "all")
        let prose = String(repeating: "Sockets are closed when a peer leaves, so that power is saved.\\n", count: 20)
        let text = String(repeating: prose, count: event == "message.send" ? 1 : 160)
        let decision = Policy(law).expect(
            .allow, on: "{\"event\":\"\(event)\",\"path\":\"a.md\",\"content\":\"\(text)\"}")
        #expect(decision?.errors.isEmpty == true)
    }

    @Test("Harmless work passes all packs at once", arguments: harmless)
    func peace(question: String) throws {
        let decision = Policy(try Self.allPacks.get()).expect(.allow, by: "", on: question)
        #expect(decision?.errors.isEmpty == true)
    }
}
