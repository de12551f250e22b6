import HiveCEL

/// Measurements of a running system: one manifest for each, so that a rule about one that is missing was not measured.
enum MeasurementReader {
    static let kind = "measurements"
    /// Before the name of the quantity.
    static let prefix = "measurement."

    /// Names to numbers, or to texts such as `1.8s`.
    static func manifests(_ tree: Tree, path: String) -> [Manifest] {
        tree.entries.compactMap { name, value in
            guard let number = Quantity.processors(value) ?? Quantity.seconds(value) else { return nil }
            return Manifest(
                kind: prefix + name, path: path, name: name, line: value.line, facts: ["value": .double(number)])
        }
    }
}
