import HiveCEL

/// Compares expected values with found ones.
enum ValueDifference {
    /// The first name whose value is not the expected one, as a sentence; nil where all are.
    static func first(between expected: [String: Value], and found: [String: Value]) -> String? {
        for (name, value) in expected.sorted(by: { $0.key < $1.key }) {
            if let found = found[name], found.equals(value) { continue }
            return
                "expected \(name) to be \(JSONText.render(value)), got \(found[name].map(JSONText.render) ?? "nothing")"
        }
        return nil
    }
}
