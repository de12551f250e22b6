/// Everything that is wrong with a file, in the order of its lines.
public struct HAIveMindFailure: Error, Sendable, CustomStringConvertible {
    public let errors: [RuleError]

    init(_ errors: [RuleError]) {
        self.errors = errors.sorted { ($0.location, $0.message) < ($1.location, $1.message) }
    }

    public var description: String { errors.map(\.description).joined(separator: "\n") }
}
