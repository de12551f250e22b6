import HiveCEL
import HiveRules
import Testing

/// Sets become law whole or not at all.
@Suite struct SetActivationTests {
    private func rule(_ spec: String) -> String { Law.rule("r", "effect: deny, \(spec)") }

    private func candidate(
        _ version: Int64, _ texts: [String: String], arrived: Bool = true, digest: String? = nil, pushed: Int64 = 0
    ) -> SetActivation.Candidate {
        let entries = texts.map { SetManifest.Entry(name: $0.key, digest: digest ?? "\($0.value.hashValue)") }
        let manifest = SetManifest(name: "s", version: version, rules: entries)
        return SetActivation.Candidate(manifest: manifest, texts: arrived ? texts : [:], pushed: pushed)
    }

    private let digest = { (text: String) in "\(text.hashValue)" }

    @Test("With a text missing, altered or failing, the last good version stays")
    func wholeOrNot() throws {
        var activation = SetActivation()
        activation.update(["s": [candidate(1, ["r": rule("priority: 5")])]], digest: digest)
        #expect(activation.label == "s@1")
        let failing = rule("priority: 6") + "tests:\n  - {name: t, input: {event: commit}, expect: {effect: allow}}\n"
        for bad in [
            candidate(2, ["r": rule("priority: 6")], arrived: false),
            candidate(2, ["r": rule("priority: 6")], digest: "x"), candidate(2, ["r": failing]),
        ] {
            activation.update(["s": [bad]], digest: digest)
            #expect(activation.label == "s@1")
            #expect(activation.problems["s"] != nil)
        }
        activation.update(["s": [candidate(2, ["r": rule("priority: 6")])]], digest: digest)
        #expect(activation.label == "s@2")
        #expect(activation.problems.isEmpty)
    }

    @Test("Exceptions, schemas and rules that extend each other come with their set")
    func documents() throws {
        let texts = [
            "r": rule("match: {events: [deploy]}"), "child": Law.rule("child", "extends: r, effect: warn"),
            "e": Law.exception("e", "rules: [r], reason: x, effective: {until: 2030-01-01}"),
            "events":
                "apiVersion: hive/v1\nkind: EventSchema\nmetadata: {name: events}\nspec: {events: {deploy: {}}}\n",
        ]
        var activation = SetActivation()
        activation.update(["s": [candidate(1, texts)]], digest: digest)
        #expect(activation.problems == [:])
        let decision = activation.law.decide(try Law.input("{\"event\":\"deploy\"}", activation.law), now: 0)
        #expect(decision.effect == .warn)
        #expect(decision.lifted.map(\.by) == ["e"])
        let entries = try Law.load(texts.sorted { $0.key < $1.key }.map(\.value)).entries
        #expect(entries.map(\.name).sorted() == ["child", "e", "events", "r"])
    }

    @Test("The tests of a set run at the time of its push, so that it stays in force when a period in it has passed")
    func timeOfPush() throws {
        let spec = rule("effective: {until: 2020-01-01}, match: {events: [commit]}")
        let frozen = spec + "tests:\n  - {name: t, input: {event: commit}, expect: {effect: deny}}\n"
        let year2019: Int64 = 1_560_000_000_000
        var activation = SetActivation()
        activation.update(["s": [candidate(1, ["r": frozen], pushed: year2019)]], digest: digest)
        #expect(activation.problems == [:])
        #expect(activation.label == "s@1")
        let question = try Law.input("{\"event\":\"commit\"}")
        #expect(!activation.law.decide(question, now: year2019).allowed)
        #expect(activation.law.decide(question, now: year2019 + 31_536_000_000).allowed)
    }

    @Test("While two versions of a set are in force, neither lifts what the other says")
    func contested() throws {
        let allow = Law.rule("a", "effect: allow, overrides: [r], match: {events: [commit]}")
        let exception = Law.exception("e", "rules: [r], reason: x, effective: {until: 2030-01-01}")
        let strict = candidate(1, ["r": rule("priority: 1")])
        for loose in [
            candidate(2, ["r": rule("priority: 1"), "a": allow]),
            candidate(2, ["r": rule("priority: 1"), "e": exception]),
        ] {
            var activation = SetActivation()
            activation.update(["s": [loose]], digest: digest)
            #expect(activation.law.decide(try Law.input("{\"event\":\"commit\"}"), now: 0).allowed)
            activation.update(["s": [strict, loose]], digest: digest)
            #expect(activation.label == "s@1 s@2")
            #expect(!activation.law.decide(try Law.input("{\"event\":\"commit\"}"), now: 0).allowed)
        }
    }

    @Test("Sets that do not go together do not take each other down")
    func incompatible() throws {
        func schema(_ type: String) -> [String: String] {
            [
                "n": "apiVersion: hive/v1\nkind: EventSchema\nmetadata: {name: n}\n"
                    + "spec: {events: {deploy: {fields: {replicas: \(type)}}}}\n"
            ]
        }
        func candidate(_ set: String, _ version: Int64, _ texts: [String: String]) -> SetActivation.Candidate {
            let entries = texts.map { SetManifest.Entry(name: $0.key, digest: digest($0.value)) }
            return .init(manifest: SetManifest(name: set, version: version, rules: entries), texts: texts, pushed: 0)
        }
        var activation = SetActivation()
        let first = ["a": [candidate("a", 1, schema("int"))], "b": [candidate("b", 1, ["r": rule("priority: 1")])]]
        activation.update(first, digest: digest)
        #expect(activation.label == "a@1 b@1")
        activation.update(
            ["a": [candidate("a", 2, schema("int"))], "b": [candidate("b", 2, schema("string"))]], digest: digest)
        #expect(activation.label == "a@2 b@1")
        #expect(activation.law.rules.map(\.name) == ["r"])
        #expect(activation.problems["b"]?.contains("replicas") == true)
    }
}
