/// What an implementation of a port does that its contract does not allow.
public struct ContractViolation: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was expected and what happened, for the person who repairs the implementation.
    public let message: String

    public init(_ message: String) { self.message = message }

    public var description: String { message }
}
