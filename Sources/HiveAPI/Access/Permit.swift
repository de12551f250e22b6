/// What a credential allows within its role: which scopes, and as which agent.
public struct Permit: Sendable, Hashable {
    /// The scopes that may be read and written, by their names; nil for all.
    public let scopes: Set<String>?
    /// Scopes that may be read besides.
    public let readScopes: Set<String>
    /// The one agent that the holder acts as; nil for whichever it says.
    public let agent: String?

    public init(scopes: Set<String>? = nil, readScopes: Set<String> = [], agent: String? = nil) {
        self.scopes = scopes
        self.readScopes = readScopes
        self.agent = agent
    }

    public static let everything = Permit()
    public static let nothing = Permit(scopes: [])

    /// Whether some scopes are out of reach.
    public var isLimited: Bool { scopes != nil }

    public func mayRead(_ scope: String) -> Bool { mayWrite(scope) || readScopes.contains(scope) }
    public func mayWrite(_ scope: String) -> Bool { scopes?.contains(scope) ?? true }

    /// Throws `forbidden` where something is to be done in another agent's name. Nil stands for no name.
    public func demand(agent name: String?) throws(HiveError) {
        guard let agent, let name, name != agent else { return }
        throw HiveError(
            .forbidden, "this token is bound to the agent `\(agent)` and cannot act as `\(name)`",
            hint: "leave the agent's name out, or ask the operator for another token")
    }

    /// Throws `forbidden` where a scope may not be written.
    public func demandWriting(_ scope: String) throws(HiveError) {
        guard !mayWrite(scope) else { return }
        let may = (scopes ?? []).sorted().joined(separator: ", ")
        throw HiveError(
            .forbidden, "this token may not write to `\(scope)`",
            hint: may.isEmpty ? "ask the operator for another token" : "it may write to \(may)")
    }
}
