import HiveAPI

extension InMemoryNode: ScopeService {
    func scope(_ name: String, as caller: Caller) async throws -> ScopeSummary {
        note("scope", caller)
        guard let scope = try await scopes(as: caller).items.first(where: { $0.name == name }) else {
            throw HiveError(.unknownScope, "this node holds no scope `\(name)`")
        }
        return scope
    }

    func createScope(_ request: CreateScope, as caller: Caller) async throws -> ScopeSummary {
        note("createScope", caller)
        return ScopeSummary(name: request.name, id: "5c09e", role: "steward", founder: "n1")
    }

    func grant(
        _ scope: String, to node: String, _ request: GrantScope, as caller: Caller
    ) async throws -> ScopeSummary {
        note("grant", caller)
        return ScopeSummary(
            name: scope, id: "5c09e", role: "steward", founder: "n1",
            members: [ScopeMember(node: node, role: request.role.rawValue)])
    }

    func revoke(_ scope: String, from node: String, as caller: Caller) async throws -> ScopeSummary {
        note("revoke", caller)
        return ScopeSummary(name: scope, id: "5c09e", role: "steward", founder: "n1")
    }
}
