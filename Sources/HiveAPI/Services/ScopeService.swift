/// Who holds, reads, writes and stewards a scope. Changing that is the operator's, on a node that stewards the scope.
public protocol ScopeService: Sendable {
    /// One scope by its name or the beginning of its id. Throws `ambiguous` for a name that two scopes have.
    func scope(_ name: String, as caller: Caller) async throws -> ScopeSummary
    /// Founds a scope that this node alone holds. Throws `already_exists` where it holds one of that name.
    func createScope(_ request: CreateScope, as caller: Caller) async throws -> ScopeSummary
    /// Says what a node, by its name or the beginning of its id, may do in a scope.
    func grant(
        _ scope: String, to node: String, _ request: GrantScope, as caller: Caller
    ) async throws -> ScopeSummary
    /// Takes a node's part in a scope away. What it wrote there before stays.
    func revoke(_ scope: String, from node: String, as caller: Caller) async throws -> ScopeSummary
}
