import HiveCEL

/// All checks that there are, and how people name them.
public struct GateCatalog: Sendable {
    /// Nobody has the name.
    public struct UnknownRule: Error, Sendable, Hashable {
        public let name: String
        /// The nearest name as a question; nil where none is near.
        public let suggestion: String?
    }

    public let rules: [GateRule]

    public init(_ rules: [GateRule]) { self.rules = rules }

    /// The ids that a name stands for: a check's id, or the number of all that share it. Throws for a name without a
    /// check.
    public func ids(for name: String) throws(UnknownRule) -> Set<String> {
        let ids = rules.filter { $0.id == name || $0.number.map(String.init) == name }.map(\.id)
        guard ids.isEmpty else { return Set(ids) }
        let known = rules.map(\.id) + Set(rules.compactMap(\.number)).sorted().map(String.init)
        throw UnknownRule(name: name, suggestion: Suggestion.nearest(to: name, among: known))
    }

    /// Throws for what is no id.
    public func require(_ id: String) throws(UnknownRule) {
        guard self[id] == nil else { return }
        throw UnknownRule(name: id, suggestion: Suggestion.nearest(to: id, among: rules.map(\.id)))
    }

    public subscript(id: String) -> GateRule? { rules.first { $0.id == id } }
}
