import HiveRules
import Testing

/// What was imported, on a node.
@Suite struct ImportedSetTests {
    @Test("A set that was imported is put in force whole, and keeps its origins")
    func activation() throws {
        let imported = try HAIveMindImport.read(.init(path: "f.yaml", text: Fixtures.set))
        let entries = imported.rules.map { SetManifest.Entry(name: $0.name, digest: $0.text) }
        var activation = SetActivation()
        let candidate = SetActivation.Candidate(
            manifest: SetManifest(name: "orchard", version: 1, rules: entries),
            texts: Dictionary(uniqueKeysWithValues: imported.rules.map { ($0.name, $0.text) }), disabled: ["own-001"],
            pushed: Orchard.now)
        activation.update(["orchard": [candidate]]) { $0 }
        #expect(activation.problems.isEmpty)
        #expect(activation.law.rules.count == 7)
        #expect(activation.law.rules.allSatisfy { $0.origin != nil })
    }
}
