public import HiveAPI
import HiveCore
import Logging

extension Node: AgentService {
    public func register(_ request: RegisterAgent, as caller: Caller) async throws -> AgentRecord {
        try await naming {
            try request.checkLimits()
            let name = try Self.agentName(request.name)
            try Self.checkBinding(of: caller, to: name)
            let heard = sync.soft.states(under: AgentPulse.prefix)
            let scope = try await kernel.write { context in
                // A name is taken also where this request may not look.
                let roster = try self.roster(heard: heard, in: &context, within: .everything)
                let known = try Self.registration(of: name, request.scope, in: roster)
                let founding = try Self.scope(
                    request.scope ?? known.map { roster.lookup.name(of: $0.scope) }
                        ?? self.settings.agents.scope.description, in: &context)
                let drafting = AgentDrafts(name: name, node: roster.own, scope: founding.scope)
                let suspension = Suspension(of: roster.entries.filter { $0.name == name && $0.node == roster.own })
                let draft = try drafting.registering(
                    request, agent: caller.agent, suspension: suspension, in: context.transaction)
                _ = try context.commit([draft])
                return founding.scope
            }
            // The caller may be answered before followers are told.
            duty.noteAll()
            do { try pulse(name, nil, in: scope) } catch {
                logger.notice("`\(name)` is registered; that it is there cannot be told now: \(error)")
            }
            counters.add(to: "agents_registered")
            return try record(SoftKey(node: kernel.identity.node, key: AgentPulse.key(for: name)))
        }
    }

    /// A token of one agent speaks for no other.
    private static func checkBinding(of caller: Caller, to name: String) throws {
        guard let bound = caller.permit.agent, bound != name else { return }
        throw HiveError(
            .forbidden, "this token is `\(bound)`'s and speaks for no other agent", hint: "use another token")
    }

    static func agentName(_ text: String) throws(HiveError) -> String {
        guard ScopeName.isValid(name: text) else {
            throw HiveError(
                .invalidInput, "`\(text)` is no name of an agent",
                hint: "use 1 to 64 letters, digits, `.`, `_`, `-` and `@`")
        }
        return text
    }

    /// Where an agent of this node is registered already. It is known in one scope, so that it has one state.
    private static func registration(
        of name: String, _ scope: String?, in roster: AgentRoster
    ) throws -> AgentRoster.Entry? {
        let known = roster.entries.filter {
            $0.name == name && $0.node == roster.own && $0.profile != nil && $0.state != .retired
        }
        let permit = Access.current.permit
        if let hidden = known.first(where: { !permit.mayRead(roster.lookup.name(of: $0.scope)) }) {
            throw HiveError(
                .alreadyExists, "`\(hidden.name)` is registered where this token does not reach",
                hint: "take another name, or ask the operator")
        }
        guard let scope, let other = known.first(where: { roster.lookup.name(of: $0.scope) != scope }) else {
            return known.first
        }
        throw HiveError(
            .alreadyExists, "`\(name)` is registered in \(roster.lookup.name(of: other.scope))",
            hint: "retire it there first, or leave the scope out")
    }

    public func agents(_ query: AgentQuery, as caller: Caller) async throws -> Page<AgentRecord> {
        try await naming {
            try query.checkLimits()
            let cursor = try SearchCursor(query.cursor)
            return try withRoster { roster in
                let filter = try AgentFilter(query, roster)
                let found = roster.entries.filter(filter.admits)
                let items = found.dropFirst(cursor.offset).prefix(query.limit).map(roster.record)
                let end = cursor.offset + query.limit
                return Page(items: items, next: found.count > end ? SearchCursor(offset: end, asked: nil).text : nil)
            }
        }
    }

    public func agent(_ address: String, as caller: Caller) async throws -> AgentRecord {
        try await naming { try withRoster { roster in roster.record(try roster.find(address)) } }
    }

    public func heartbeat(
        _ address: String, _ pulse: AgentHeartbeat, as caller: Caller
    ) async throws -> AgentRecord {
        try await naming {
            try pulse.checkLimits()
            let (slot, scope) = try withRoster { roster -> (SoftKey, ScopeID) in
                let found = roster.matches(address).filter { $0.node == roster.own }
                guard let entry = found.first(where: { $0.state != .retired }) ?? found.first else {
                    if let other = roster.matches(address).first {
                        throw HiveError(
                            .forbidden, "`\(address)` acts through another node, \(roster.names[other.node] ?? "?")",
                            hint: "an agent's heartbeats come from its own node")
                    }
                    throw HiveError(
                        .notFound, "no agent of this node is called `\(address)`", hint: "register it first")
                }
                try Self.checkBinding(of: caller, to: entry.name)
                try Self.check(.heartbeat, entry)
                return (SoftKey(node: entry.node, key: AgentPulse.key(for: entry.name)), entry.scope)
            }
            let name = String(slot.key.dropFirst(AgentPulse.prefix.count))
            try self.pulse(name, pulse, in: scope)
            return try record(slot)
        }
    }

    public func change(
        _ address: String, _ change: AgentChange, _ request: ChangeAgent, as caller: Caller
    ) async throws -> AgentRecord {
        try await naming {
            try request.checkLimits()
            let heard = sync.soft.states(under: AgentPulse.prefix)
            let slot = try await kernel.write { context in
                let roster = try self.roster(heard: heard, in: &context)
                let entry = try roster.find(address)
                try Self.checkRight(of: caller, to: change, entry, in: roster)
                guard let profile = entry.profile else {
                    throw HiveError(
                        .notFound, "`\(address)` was heard and never registered", hint: "it goes by itself when silent")
                }
                let standing = try Self.check(change.act, entry)
                let seen = try Self.seen(
                    request.version, mustBeCurrent: request.requireCurrent, profile.state)
                let draft = Draft(
                    .agent, at: profile.state.address, agent: caller.agent, seen: seen, resolves: true,
                    changes: [Suspension.change(of: profile, to: standing, reason: request.reason)])
                _ = try context.commit([draft])
                return SoftKey(node: entry.node, key: AgentPulse.key(for: entry.name))
            }
            // The caller may be answered before followers are told.
            duty.noteAll()
            if change == .retire, slot.node == kernel.identity.node { try silence(slot) }
            return try record(slot)
        }
    }

    /// An agent may say of itself that it is gone, and not while it is suspended: else it would come back free.
    private static func checkRight(
        of caller: Caller, to change: AgentChange, _ entry: AgentRoster.Entry, in roster: AgentRoster
    ) throws {
        guard change == .retire, entry.node == roster.own, entry.name == caller.agent else {
            return try caller.requireOperator(to: "\(change.rawValue) an agent")
        }
        if entry.profile?.standing == .suspended { try caller.requireOperator(to: "retire a suspended agent") }
    }

    /// What an agent stands at after an act. Throws `illegal_transition` saying what is allowed.
    @discardableResult
    static func check(_ act: AgentStanding.Act, _ entry: AgentRoster.Entry) throws(HiveError) -> AgentStanding {
        let standing = entry.profile?.standing ?? .active
        guard let next = standing.after(act) else {
            let allowed = standing.allowed.map(\.rawValue).joined(separator: ", ")
            throw HiveError(
                .illegalTransition, "`\(entry.name)` is \(standing.rawValue) and takes no \(act.rawValue)",
                hint: "from there it takes: \(allowed)")
        }
        return next
    }

    public func agentHistory(_ address: String, as caller: Caller) async throws -> Page<AgentHistoryEntry> {
        try await naming {
            try withRoster { roster in
                guard let state = try roster.find(address).profile?.state else { return Page(items: []) }
                let view = MemoryView(transaction: roster.transaction, lookup: roster.lookup)
                let operations = try roster.transaction.logs.operations(.document(state.address))
                    .sorted { ($0.header.stamp, $0.dot) > ($1.header.stamp, $1.dot) }
                return Page(items: try operations.map { try AgentHistoryEntry($0, view) })
            }
        }
    }
}

extension AgentChange {
    var act: AgentStanding.Act {
        switch self {
        case .suspend: .suspend
        case .resume: .resume
        case .retire: .retire
        }
    }
}

extension Node {
    /// Reads the roster as it is now.
    func withRoster<Result>(_ work: (AgentRoster) throws -> Result) throws -> Result {
        let heard = sync.soft.states(under: AgentPulse.prefix)
        return try kernel.consult { replica, transaction in
            try work(
                AgentRoster(
                    &replica, transaction, ownName: self.settings.name, heard: heard,
                    now: self.kernel.surroundings.now()))
        }
    }

    /// The same inside a write.
    func roster(
        heard: [SoftDesk.Heard], in context: inout WriteContext, within permit: Permit = Access.current.permit
    ) throws -> AgentRoster {
        try AgentRoster(
            &context.replica, context.transaction, ownName: settings.name, heard: heard, now: context.now,
            within: permit)
    }

    private func record(_ slot: SoftKey) throws -> AgentRecord {
        try withRoster { roster in
            let name = String(slot.key.dropFirst(AgentPulse.prefix.count))
            let found = roster.entries.filter { $0.name == name && $0.node == slot.node }
            guard let entry = found.first(where: { $0.state != .retired }) ?? found.first else {
                throw HiveError(.notFound, "no agent is called `\(name)`")
            }
            return roster.record(entry)
        }
    }
}
