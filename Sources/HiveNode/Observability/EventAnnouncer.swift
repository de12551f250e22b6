import Dispatch
import HiveAPI
import HiveCore
import Logging
import Synchronization

/// Turns what changes on this node, by its own writes and by those of others, into events, one change after the other and
/// beside the writer, which is not held up. What a change does not say itself is read only where somebody listens to it.
final class EventAnnouncer: Sendable {
    let events: EventBroadcast
    private let kernel: NodeKernel
    private let logger: Logger
    private let known: Mutex<Known>
    private let conflictFollower = Mutex<(@Sendable ([DocumentAddress], Bool) -> Void)?>(nil)
    private let desk = DispatchQueue(label: "hive.events")
    /// How many documents wait to be told of.
    private let waiting = Mutex(0)
    /// Where more of them wait, no more is read for the latest than what is known of them: nobody waits for events.
    private static let mostWaiting = 4096

    private struct Known {
        var contested: Set<DocumentAddress>
        var scopes: [ScopeID: String] = [:]
        /// Numbers below this one may be given out without another word on disk.
        var reserved: UInt64
    }

    private static let namespace = "events"
    private static let key = Array("next".utf8)
    /// How many numbers are set aside at a time.
    private static let reserve: UInt64 = 1_000_000

    init(kernel: NodeKernel, board: PeerBoard, logger: Logger) throws {
        self.kernel = kernel
        self.logger = logger
        let now = kernel.surroundings.now()
        let (kept, contested) = try kernel.read { transaction in
            (
                try transaction.local.value(Self.key, in: Self.namespace).flatMap {
                    try CBORValue(decoding: $0).integer
                },
                try transaction.documents.list(.contested).map(\.address)
            )
        }
        // By the clock, so that numbers ascend over restarts even where nothing could be kept; above what was kept, so
        // that they do where the clock was put back.
        let start = max(UInt64(max(now.milliseconds, 0)) * 1000, UInt64(max(kept ?? 0, 0)))
        events = EventBroadcast(startingAt: start, began: now.rfc3339)
        known = Mutex(Known(contested: Set(contested), reserved: start))
        board.follow { [weak self] event in self?.announce(event) }
    }

    /// Sets numbers aside on disk where few are left.
    func keepNumber() async throws {
        let newest = events.newest
        let isDue = known.withLock { newest + Self.reserve / 2 > $0.reserved }
        guard isDue else { return }
        let reserved = newest + Self.reserve
        try await kernel.write { context in
            try context.transaction.local.set(
                CBORValue.unsigned(reserved).encoded(), for: Self.key, in: Self.namespace)
        }
        known.withLock { $0.reserved = reserved }
    }

    func announce(_ type: String, _ data: JSONValue) {
        events.publish(type, at: kernel.surroundings.now().rfc3339, data)
    }

    /// What is told of one document: a type and what it says beside the document and its scope.
    typealias Story = (type: String, data: [String: JSONValue])

    /// Tells of a change once those before it were told of; returns at once.
    ///
    /// - Parameters:
    ///   - rules: the sets in force by now.
    ///   - stories: of documents that are no memories.
    func announce(
        _ change: NodeChange, rules: String,
        stories: @escaping @Sendable ([DocumentAddress]) -> [DocumentAddress: Story]
    ) {
        let (notes, law, hasRules) = (change.notes, change.law, change.rules)
        guard !notes.isEmpty || !law.isEmpty || hasRules else { return }
        let isMuch = waiting.withLock { waiting in
            waiting += notes.count
            return waiting > Self.mostWaiting
        }
        desk.async { [self] in
            tell(notes, isMuch ? { _ in [:] } : stories)
            if hasRules { announce("rules.changed", ["sets": .string(rules)]) }
            if !law.isEmpty {
                let names = law.sorted().map { JSONValue.string(name(of: $0)) }
                announce("members.changed", ["scopes": .array(names)])
            }
            waiting.withLock { $0 -= notes.count }
        }
    }

    private func tell(
        _ notes: [DocumentAddress: DocumentNote], _ stories: ([DocumentAddress]) -> [DocumentAddress: Story]
    ) {
        let wanted = notes.filter { _, note in
            Self.topic(of: note).map { events.isListened(to: $0) } ?? false
        }
        let told = wanted.isEmpty ? [:] : stories(wanted.keys.sorted())
        var turned: [Bool: [DocumentAddress]] = [:]
        for (address, note) in notes.sorted(by: { $0.key < $1.key }) {
            if EngramKind(note.kind) != nil {
                if announce(memory: address, note) { turned[note.isContested, default: []].append(address) }
            } else if let story = told[address] ?? Self.bareStory(note) {
                announce(story.type, .object((data(address).object ?? [:]).merging(story.data) { own, _ in own }))
            }
        }
        guard let tell = conflictFollower.withLock({ $0 }) else { return }
        if let began = turned[true] { tell(began, true) }
        if let ended = turned[false] { tell(ended, false) }
    }

    /// Calls back with memories about which conflicts began, or ended.
    func followConflicts(_ body: @escaping @Sendable ([DocumentAddress], Bool) -> Void) {
        conflictFollower.withLock { $0 = body }
    }

    /// What a document's story is about; nil for those that have none.
    private static func topic(of note: DocumentNote) -> String? {
        switch note.kind {
        case .task: "task"
        case .agent: "agent"
        case .message: "message"
        default: nil
        }
    }

    /// What is known of a document without reading it.
    private static func bareStory(_ note: DocumentNote) -> Story? {
        guard note.condition == .present, let topic = topic(of: note) else { return nil }
        guard note.kind == .message else { return ("\(topic).changed", [:]) }
        return (note.isNew ? "message.sent" : "message.receipt", [:])
    }

    private static func type(_ topic: String, _ note: DocumentNote) -> String {
        switch note.condition {
        case .erased: "\(topic).erased"
        case .forgotten: "\(topic).forgotten"
        case .present: note.isNew ? "\(topic).created" : "\(topic).changed"
        }
    }

    /// Answers with whether a conflict began or ended by that.
    private func announce(memory address: DocumentAddress, _ note: DocumentNote) -> Bool {
        var members = data(address).object ?? [:]
        members["kind"] = EngramKind(note.kind).map { JSONValue.string($0.rawValue) }
        members["contested"] = .bool(note.isContested)
        announce(Self.type("memory", note), .object(members))
        let isTurned = known.withLock { known in
            note.isContested
                ? known.contested.insert(address).inserted : known.contested.remove(address) != nil
        }
        if isTurned { announce(note.isContested ? "conflict.detected" : "conflict.resolved", data(address)) }
        return isTurned
    }

    /// Tells of beliefs that began to contradict each other, or do so no longer.
    func announce(_ turn: ContradictionIndex.Turn) {
        guard let first = turn.contradiction.members.first else { return }
        let data = data(first).object ?? [:]
        let conflict: [String: JSONValue] = ["conflict": .string(turn.contradiction.id), "kind": "belief"]
        announce(
            turn.began ? "conflict.detected" : "conflict.resolved", .object(data.merging(conflict) { own, _ in own }))
    }

    private func data(_ address: DocumentAddress) -> JSONValue {
        ["id": .string(address.document.description), "scope": .string(name(of: address.scope))]
    }

    /// A scope's name, read once; the beginning of its id where that cannot be read.
    private func name(of scope: ScopeID) -> String {
        if let name = known.withLock({ $0.scopes[scope] }) { return name }
        do {
            let founding = try kernel.consult { try $0.founding(of: scope, in: $1) }
            guard let name = founding?.name.description else { return scope.short }
            known.withLock { $0.scopes[scope] = name }
            return name
        } catch {
            logger.warning("the name of a scope cannot be read: \(error)")
            return scope.short
        }
    }

    private func announce(_ event: PeerBoard.Event) {
        let type =
            event.kind == "received"
            ? "sync.received" : "peer.\(event.kind.split(separator: " ").joined(separator: "-"))"
        var members: [String: JSONValue] = ["node": .string(event.peer.description)]
        if !event.detail.isEmpty { members["detail"] = .string(event.detail) }
        events.publish(type, at: event.time.rfc3339, .object(members))
    }
}
