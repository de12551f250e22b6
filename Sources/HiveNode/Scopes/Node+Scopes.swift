public import HiveAPI
import HiveCore

extension Node: ScopeService {
    public func scope(_ name: String, as caller: Caller) async throws -> ScopeSummary {
        try await naming {
            try kernel.consult { replica, transaction in
                let lookup = try ScopeLookup(&replica, transaction)
                return try self.summary(of: try lookup.require(name), &replica, transaction)
            }
        }
    }

    /// A scope with all that its law says, and how many memories lie in it here.
    func summary(
        of founding: ScopeFounding, _ replica: inout Replica, _ transaction: any StoreTransaction
    ) throws -> ScopeSummary {
        let authority = try replica.authority(of: founding.scope, in: transaction)
        let directory = try NodeDirectory(&replica, transaction, own: settings.name)
        let members = authority.members.sorted { $0.key < $1.key }.compactMap { node, member in
            member.role.map { role in
                let name = member.name.isEmpty ? directory.name(of: node) : member.name
                return ScopeMember(node: node.description, name: name.isEmpty ? nil : name, role: role.name)
            }
        }
        let totals = try transaction.census.totals(in: [founding.scope], now: kernel.surroundings.now())
        return ScopeSummary(
            name: founding.name.description, id: founding.scope.description,
            role: authority.role(of: replica.identity.node)?.name, founder: founding.founder.description,
            members: members, memories: totals.memories)
    }

    public func createScope(_ request: CreateScope, as caller: Caller) async throws -> ScopeSummary {
        try await naming {
            try caller.requireOperator(to: "found scopes")
            guard let name = ScopeName(request.name) else {
                throw HiveError(
                    .invalidInput, "`\(request.name)` is no name of a scope",
                    hint: "use collective:NAME or agent:NAME; names have 1 to 64 letters, digits, `.`, `_`, `-` and `@`"
                )
            }
            guard name.kind == .collective || name.kind == .agent, name != .main else {
                throw HiveError(
                    .alreadyExists, "`\(name)` is founded with the hive", hint: "found collective:NAME or agent:NAME")
            }
            return try await kernel.write { context in
                let lookup = try ScopeLookup(&context.replica, context.transaction)
                if let held = lookup.foundings.first(where: { $0.name == name }) {
                    throw HiveError(
                        .alreadyExists, "this node holds a scope `\(name)` already, \(held.scope.short)",
                        hint: "see `hivectl scopes show \(name)`")
                }
                let founding = try Self.found(name, in: &context)
                return try self.summary(of: founding, &context.replica, context.transaction)
            }
        }
    }

    /// Founds a scope of which this node is the only member.
    static func found(_ name: ScopeName, in context: inout WriteContext) throws -> ScopeFounding {
        let identity = context.replica.identity
        let founding = ScopeFounding(hive: identity.hive, name: name, founder: identity.node)
        try context.replica.learn(founding, in: context.transaction)
        _ = try context.commit([Replica.foundingDraft(founding)])
        return founding
    }

    public func grant(
        _ scope: String, to node: String, _ request: GrantScope, as caller: Caller
    ) async throws -> ScopeSummary {
        try await naming {
            try caller.requireOperator(to: "say who holds a scope")
            guard let role = Role(name: request.role.rawValue) else {
                throw HiveError(.invalidInput, "`\(request.role.rawValue)` is no role")
            }
            return try await change(scope, of: node) { target, name, context in
                let limits = try Self.limits(of: target, becoming: role, in: &context)
                let grant = Grant(node: target.node, role: role, limits: limits, name: name)
                _ = try context.commit([Replica.grantDraft(grant, in: target.scope)])
            }
        }
    }

    public func revoke(_ scope: String, from node: String, as caller: Caller) async throws -> ScopeSummary {
        try await naming {
            try caller.requireOperator(to: "say who holds a scope")
            return try await change(scope, of: node) { target, name, context in
                let law = try context.replica.authority(of: target.scope, in: context.transaction)
                guard law.role(of: target.node) != nil else {
                    throw HiveError(.notFound, "`\(node)` has no part in `\(scope)`", hint: "see `hivectl scopes show`")
                }
                let limits = try Self.limits(of: target, becoming: nil, in: &context) ?? VersionVector([])
                let grant = Grant(node: target.node, role: nil, limits: limits, name: name)
                _ = try context.commit([Replica.grantDraft(grant, in: target.scope)])
            }
        }
    }

    /// What a node wrote up to now in streams that it may not write any more was written by right: later numbers, and logs
    /// that are not named, are void. Nil for a node that had no part until now.
    private static func limits(
        of target: Target, becoming role: Role?, in context: inout WriteContext
    ) throws -> VersionVector? {
        let law = try context.replica.authority(of: target.scope, in: context.transaction)
        guard let member = law.members[target.node] else { return nil }
        let lost = try context.transaction.logs.rows(.scope(target.scope)).filter {
            $0.descriptor.author.nodeID == target.node && !(role?.mayWrite($0.descriptor.stream) ?? false)
        }
        return VersionVector(
            lost.map { row in
                let isHonoured = member.role?.mayWrite(row.descriptor.stream) ?? false
                return Dot(log: row.id, number: isHonoured ? row.size : member.limits?[row.id] ?? 0)
            })
    }

    /// A node in a scope.
    private struct Target {
        let node: NodeID
        let scope: ScopeID
    }

    /// Writes law about a node, and takes it back where the law decides otherwise after all.
    private func change(
        _ scope: String, of node: String,
        _ write: @escaping @Sendable (Target, _ name: String, inout WriteContext) throws -> Void
    ) async throws -> ScopeSummary {
        try await kernel.write { context in
            let lookup = try ScopeLookup(&context.replica, context.transaction)
            let founding = try lookup.require(scope)
            guard founding.name.kind != .instance else {
                throw HiveError(.invalidInput, "the instance scope is this node's alone", hint: "name another scope")
            }
            let directory = try NodeDirectory(&context.replica, context.transaction, own: self.settings.name)
            let target = Target(node: try directory.require(node), scope: founding.scope)
            let own = context.replica.identity.node
            let before = try context.replica.authority(of: founding.scope, in: context.transaction)
            guard before.role(of: own) == .steward else {
                throw HiveError(
                    .forbidden, "this node is no steward of `\(founding.name)`",
                    hint: "ask on a node that is: \(Self.stewards(before, directory))")
            }
            guard let rank = before.members[own]?.rank, rank < before.members[target.node]?.rank ?? .max else {
                throw HiveError(
                    .forbidden,
                    "the part of `\(node)` in `\(founding.name)` stands nearer to its founding than what this node may change",
                    hint: "ask on the node that founded the scope: \(founding.founder.short)")
            }
            try write(target, directory.name(of: target.node), &context)
            return try self.summary(of: founding, &context.replica, context.transaction)
        }
    }

    private static func stewards(_ law: Authority, _ directory: NodeDirectory) -> String {
        law.members.filter { $0.value.role == .steward }.keys.sorted().map { node in
            let name = directory.name(of: node)
            return name.isEmpty ? node.short : name
        }.joined(separator: ", ")
    }
}
