public import HiveAPI
import HiveCore
import Synchronization

extension Node: TaskService {
    public func delegate(_ request: DelegateTask, as caller: Caller) async throws -> TaskRecord {
        try await naming {
            try request.checkLimits()
            let repeated = RepeatedRequest(request.idempotencyKey, request.json, kind: "task", as: caller)
            let isFirst = try isFirst(repeated)
            if isFirst {
                try duty.demand(request.agent ?? caller.agent)
                try await askLaw(about: request, as: caller)
            }
            let agent = request.agent ?? caller.agent
            let scope = request.scope ?? settings.tasks.scope.description
            let directory = try taskDirectory(of: scope)
            let addressee = isFirst ? try request.to.map(addressee) : nil
            let home = taskHome
            let (address, outcome) = try await kernel.write { context -> (DocumentAddress, TaskHome.Outcome?) in
                if let earlier = try repeated?.earlier(in: context.transaction) { return (earlier.address, nil) }
                var brief = try TaskInput.brief(request, now: context.now)
                if let addressee { (brief.addressee, brief.addresseeNode) = (addressee.name, addressee.node) }
                let founding = try Self.scope(scope, in: &context)
                try Self.place(&brief, request, in: founding, &context)
                let address = Replica.newAddress(in: founding.scope, random: &context.random)
                let task = HiveTask(
                    address: address, brief: brief, creator: agent, at: context.now,
                    home: context.replica.identity.node)
                let view = try TaskView(&context)
                let facts = try home.facts(about: task, view, directory: directory)
                let rulings = TaskDesk.rulings(on: task, given: facts)
                var changes = brief.changes
                if !rulings.isEmpty { changes.append(.append(TaskField.course, rulings.map(\.value))) }
                let draft = Draft(.task, at: address, agent: agent, changes: changes)
                let state = try context.commit([draft]).states[0]
                try repeated?.keep(address, in: context.transaction)
                let outcome = try view.task(state).map {
                    TaskHome.Outcome(task: $0, state: state, rulings: rulings, at: context.now)
                }
                return (address, outcome)
            }
            // The caller may be answered before followers are told.
            tasks.note([address])
            await tellOffers([outcome].compactMap(\.self))
            return try taskRecord(address)
        }
    }

    /// Finds what a new task hangs together with. Ids are short or whole; only tasks that are there can be waited for, so that
    /// no circle can arise.
    private static func place(
        _ brief: inout TaskBrief, _ request: DelegateTask, in founding: ScopeFounding, _ context: inout WriteContext
    ) throws {
        let view = try TaskView(&context)
        func document(_ id: String) throws -> DocumentID {
            let address = try view.find(id).state.address
            guard address.scope == founding.scope else {
                throw HiveError(
                    .invalidInput, "the task `\(id)` is in \(view.lookup.name(of: address.scope))",
                    hint: "tasks that hang together are in one scope")
            }
            return address.document
        }
        brief.dependencies = Set(try request.dependsOn.map(document)).sorted()
        brief.parent = try request.parent.map(document)
    }

    /// Whom a task is for: an agent of the roster with its node, or whoever will register under a name that nobody has yet.
    /// Throws `ambiguous` where several have the name, `not_found` for a `name@node` that is nobody's,
    /// and `invalid_input` for what no agent can be called, as `role:ROLE`.
    private func addressee(_ text: String) throws -> (name: String, node: NodeID?) {
        try withRoster { roster in
            let matches = roster.matches(text).filter { $0.profile != nil || $0.name != text }
            guard !matches.isEmpty else {
                guard text.contains("@") else { return (try Self.agentName(text), nil) }
                let entry = try roster.find(text)
                return (entry.name, entry.node)
            }
            let entry = try roster.find(text, among: matches)
            guard entry.state != .retired else {
                throw HiveError(
                    .illegalTransition, "`\(text)` has retired and takes no tasks any more",
                    hint: "`hivectl agents list` shows who is there")
            }
            return (entry.name, entry.node)
        }
    }

    /// Whether the law lets somebody delegate this: an `operation` called `task.delegate`.
    private func askLaw(about request: DelegateTask, as caller: Caller) async throws {
        let content = [request.title, request.description].compactMap(\.self).joined(separator: "\n")
        var arguments: [String: JSONValue] = [
            "capabilities": .array(request.capabilities.map(JSONValue.string)), "priority": .string(request.priority),
        ]
        arguments["to"] = request.to.map(JSONValue.string)
        let scope = request.scope ?? settings.tasks.scope.description
        let founding = try kernel.consult { try ScopeLookup(&$0, $1).find(scope) }
        arguments["scope"] = .string(founding?.name.description ?? scope)
        let input: JSONValue = [
            "event": "operation", "name": "task.delegate", "tool": "delegate_task", "content": .string(content),
            "args": .object(arguments),
        ]
        let asking = Caller(role: caller.role, agent: request.agent ?? caller.agent)
        let decision = try await decide(input, explain: false, as: asking)
        guard decision["allowed"] != true else { return }
        throw HiveError(
            .denied, decision["message"]?.string ?? "the law denies it",
            hint: decision["remediation"]?.string ?? decision["rule"]?["id"]?.string.map { "see the rule `\($0)`" })
    }

    public func task(_ id: String, as caller: Caller) async throws -> TaskRecord {
        try await naming {
            let address = try kernel.consult { replica, transaction in
                try TaskView(&replica, transaction, now: self.kernel.surroundings.now()).find(id).state.address
            }
            return try taskRecord(address)
        }
    }

    public func tasks(_ query: TaskQuery, as caller: Caller) async throws -> Page<TaskRecord> {
        try await naming {
            try query.checkLimits()
            let now = kernel.surroundings.now()
            let (scopes, parent) = try kernel.consult { replica, transaction in
                let view = try TaskView(&replica, transaction, now: now)
                let scopes = try query.scope.map { [try view.lookup.require($0).scope] } ?? view.lookup.scopes
                return (Set(scopes), try query.parent.map { try view.find($0).state.address.document })
            }
            let list = try TaskList(
                query, scopes: scopes, parent: parent, archivedBefore: now.advanced(bySeconds: -settings.tasks.archive),
                own: kernel.identity.node)
            let (found, parts) = try tasks.look { contents in
                let found = list.page(of: contents)
                return (found, found.shown.map { contents.parts(of: $0).map(\.address.document.hex) })
            }
            return try kernel.consult { replica, transaction in
                let view = try TaskView(&replica, transaction, now: now)
                let items = try zip(found.shown, parts).compactMap { address, parts -> TaskRecord? in
                    guard let state = try transaction.documents.state(address), let task = try view.task(state) else {
                        return nil
                    }
                    return try view.record(task, state, subtasks: parts, hearing: self.hearing, withHistory: false)
                }
                return Page(items: items, next: found.next)
            }
        }
    }

    /// A task as callers get it, with its history.
    func taskRecord(_ address: DocumentAddress) throws -> TaskRecord {
        let parts = try tasks.look { $0.parts(of: address).map(\.address.document.hex) }
        return try kernel.consult { replica, transaction in
            let view = try TaskView(&replica, transaction, now: self.kernel.surroundings.now())
            guard let state = try transaction.documents.state(address), let task = try view.task(state) else {
                throw HiveError(.notFound, "the task is gone", hint: "see `hivectl tasks list`")
            }
            return try view.record(task, state, subtasks: parts, hearing: self.hearing, withHistory: true)
        }
    }

    var taskHome: TaskHome {
        TaskHome(
            policy: settings.tasks, hearing: hearing, meter: taskMeter, candidates: candidates.withLock { $0 ?? self })
    }

    /// The agents of the scope that a task is in, in case that another one is to be found for it.
    func taskDirectory(around id: String) throws -> [ScopeID: [TaskCandidate]] {
        guard taskHome.candidates != nil else { return [:] }
        let now = kernel.surroundings.now()
        let scope = try kernel.consult { replica, transaction in
            try TaskView(&replica, transaction, now: now).find(id).state.address.scope
        }
        return try taskHome.directory(for: [scope], now: now)
    }

    /// The agents of one scope; none where the scope is not there yet.
    private func taskDirectory(of name: String) throws -> [ScopeID: [TaskCandidate]] {
        let now = kernel.surroundings.now()
        let scope = try kernel.consult { try ScopeLookup(&$0, $1).find(name)?.scope }
        return try scope.map { try taskHome.directory(for: [$0], now: now) } ?? [:]
    }
}
