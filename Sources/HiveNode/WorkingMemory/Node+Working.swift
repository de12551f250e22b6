public import HiveAPI
import HiveCore

/// Working sets, read and changed.
extension Node {
    public func workingSet(_ query: WorkingQuery, as caller: Caller) async throws -> WorkingSetAnswer {
        try await naming {
            try query.checkLimits()
            return try kernel.consult { replica, transaction in
                var desk = try self.desk(query.agent ?? caller.agent, &replica, transaction)
                desk.setBudget(query.budget)
                let departed = desk.settle()
                return desk.answer(departed: departed.map { WorkingDeparture($0.address, $0.why.rawValue) })
            }
        }
    }

    public func attend(_ request: AttendMemory, as caller: Caller) async throws -> WorkingSetAnswer {
        try await naming {
            try request.checkLimits()
            let name = request.agent ?? caller.agent
            return try await kernel.write { context in
                let address = try self.readable(request.id, &context)
                try self.departures(context.replica).noteReturn(
                    of: address, to: name ?? WorkingSet.nobody, in: &context)
                return try self.change(name, in: &context) { desk in
                    desk.setBudget(request.budget)
                    try desk.attend(address, weight: request.weight)
                    return []
                }
            }
        }
    }

    public func refresh(_ request: RefreshWorking, as caller: Caller) async throws -> WorkingSetAnswer {
        try await naming {
            try request.checkLimits()
            let name = request.agent ?? caller.agent
            return try await kernel.write { context in
                try self.change(name, in: &context) { desk in
                    desk.setBudget(request.budget)
                    desk.refresh()
                    return []
                }
            }
        }
    }

    public func evict(_ request: EvictMemory, as caller: Caller) async throws -> WorkingSetAnswer {
        try await naming {
            try request.checkLimits()
            let name = request.agent ?? caller.agent
            return try await kernel.write { context in
                let address = try self.view(in: &context).find(request.id, evenForgotten: true).address
                return try self.change(name, in: &context) { desk in
                    guard desk.evict(address) else {
                        throw HiveError(
                            .notFound, "`\(request.id)` is not in the working set of `\(desk.name)`",
                            hint: "see hivectl memory working list --agent '\(desk.name)'")
                    }
                    return [address]
                }
            }
        }
    }

    public func clear(_ query: WorkingQuery, as caller: Caller) async throws -> WorkingSetAnswer {
        try await naming {
            try query.checkLimits()
            guard query.budget == nil else {
                throw HiveError(
                    .invalidInput, "a set that is cleared keeps no budget", hint: "give the budget when you attend")
            }
            let name = query.agent ?? caller.agent
            return try await kernel.write { context in
                try WorkingSetRecord.mend(name ?? WorkingSet.nobody, in: context.transaction)
                return try self.change(name, in: &context) { $0.clear() }
            }
        }
    }

    // MARK: One change

    /// Opens the set of an agent, changes it, makes it fit and keeps it. The change returns what it took out.
    private func change(
        _ name: String?, in context: inout WriteContext,
        _ work: (inout WorkingDesk) throws -> [DocumentAddress]
    ) throws -> WorkingSetAnswer {
        var desk = try desk(name, &context.replica, context.transaction, now: context.now)
        let asked = try work(&desk)
        let settled = desk.settle()
        try WorkingSetRecord.save(desk.held, desk.name, in: context.transaction)
        try departures(context.replica).note(asked + settled.map(\.address), from: desk.name, in: &context)
        return desk.answer(
            departed: asked.map { WorkingDeparture($0, "asked") }
                + settled.map { WorkingDeparture($0.address, $0.why.rawValue) })
    }

    func desk(
        _ name: String?, _ replica: inout Replica, _ transaction: any StoreTransaction, now: Timestamp? = nil
    ) throws -> WorkingDesk {
        // What an agent has in mind is in no scope of its own.
        try Access.current.permit.demand(agent: name)
        let now = now ?? kernel.surroundings.now()
        return try WorkingDesk(
            name ?? WorkingSet.nobody, instance: replica.identity.instance.scope,
            view: try view(&replica, transaction, at: now), now: now, policy: settings.working)
    }

    private func departures(_ replica: Replica) -> WorkingDepartures {
        WorkingDepartures(instance: replica.identity.instance.scope, policy: settings.working)
    }

    /// A memory that can be attended to.
    private func readable(_ id: String, _ context: inout WriteContext) throws -> DocumentAddress {
        let view = try view(in: &context)
        let state = try view.find(id)
        guard let end = try view.engram(state)?.expires, end <= context.now else { return state.address }
        throw HiveError(.notFound, "the memory `\(id)` expired at \(end.rfc3339)", hint: "give it a later end first")
    }

    // MARK: By itself

    /// Lets what faded leave all working sets. Writes nothing where nothing has.
    func settleWorkingSets() async throws {
        let names = try kernel.consult { replica, transaction in
            try self.workingSetNames(replica, transaction).filter { name in
                var desk = try self.desk(name, &replica, transaction)
                return !desk.settle().isEmpty
            }
        }
        for name in names { _ = try await kernel.write { try self.change(name, in: &$0) { _ in [] } } }
    }

    /// The names of all sets that hold something, in order.
    private func workingSetNames(_ replica: Replica, _ transaction: any StoreTransaction) throws -> [String] {
        var query = SearchQuery(limit: .max)
        query.scopes = [replica.identity.instance.scope]
        query.kinds = [.instant]
        query.facets = [.inWorkingSets]
        var names = Set(try WorkingSetRecord.names(in: transaction))
        for hit in try transaction.index.search(query) {
            guard let state = try transaction.documents.state(hit.address) else { continue }
            names.insert(state.creation.agent ?? WorkingSet.nobody)
        }
        return names.sorted()
    }
}

extension WorkingDeparture {
    init(_ address: DocumentAddress, _ why: String) { self.init(id: address.document.description, why: why) }
}
