public import HiveCEL

/// One thing out of a file, such as a service or an agent's declaration, as facts that rules may ask for.
public struct Manifest: Sendable {
    /// Such as `compose.service`.
    public let kind: String
    public let path: String
    public let name: String
    /// From 1.
    public let line: Int
    /// What is known of it. Memory is in GiB, time in seconds, processors are counted; what the file does not say is
    /// not there.
    public let facts: ValueMap
    /// Smaller pieces of the same kind. Where a rule fails for the whole, the pieces for which it fails by themselves
    /// are the evidence.
    let parts: @Sendable () -> [Manifest]

    public init(kind: String, path: String, name: String, line: Int, facts: [String: Value]) {
        self.init(kind: kind, path: path, name: name, line: line, facts: facts) { [] }
    }

    init(
        kind: String, path: String, name: String, line: Int, facts: [String: Value],
        parts: @escaping @Sendable () -> [Manifest]
    ) {
        self.kind = kind
        self.path = path
        self.name = name
        self.line = max(line, 1)
        self.facts = ValueMap(facts)
        self.parts = parts
    }

    /// The same thing under another kind.
    func with(kind: String) -> Manifest {
        Manifest(kind: kind, path: path, name: name, line: line, facts: facts.texts, parts: parts)
    }

    /// The question to the law.
    var input: Value {
        .map(
            ValueMap([
                "event": .string("manifest.check"), "kind": .string(kind), "name": .string(name),
                "path": .string(path), "line": .int(Int64(line)), "manifest": .map(facts),
            ]))
    }
}

extension ValueMap {
    /// The entries with text keys.
    var texts: [String: Value] {
        var texts: [String: Value] = [:]
        for entry in entries {
            if case .string(let name) = entry.key { texts[name] = entry.value }
        }
        return texts
    }
}
