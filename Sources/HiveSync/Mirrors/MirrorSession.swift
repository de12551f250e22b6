public import HiveCore

/// Copies of backups between two nodes, as a value: events in, directives out. Both sides run the same one, each as the
/// owner of its own backups and as the holder of the peer's.
///
/// The owner compares what it wants kept with what the holder lists, and offers or drops the difference. Whoever takes a
/// file pulls it, a window at a time, so that nothing has to be remembered of what was sent: what is on the disk says
/// where to go on. Nobody but its owner is sent a copy, or told of it.
public struct MirrorSession: Sendable {
    public let node: NodeID
    public let peer: NodeID
    public let settings: Settings
    /// What the peer said to hold of this node's backups; nil until it said so.
    public private(set) var listed: [String: MirrorMessage.Entry]?
    /// Why the peer did not take some.
    public private(set) var refusals: [String: Refusal] = [:]
    private var plan = MirrorPlan()
    private var lastListAsked: Int64?
    private var lastOffered: [String: Int64] = [:]
    private var incoming: [MirrorName: Incoming] = [:]

    /// Times in milliseconds.
    public struct Settings: Sendable, Hashable {
        /// How often the peer is asked what it holds.
        public var listInterval: Int64 = 60_000
        /// How often it is asked while it does not answer.
        public var patience: Int64 = 15_000
        /// How long a refused backup is not offered again.
        public var refusalPause: Int64 = 60_000
        /// After how long without a chunk it is asked for again, and how often in vain.
        public var chunkTimeout: Int64 = 5_000
        public var attempts = 12
        /// How many chunks are on their way at the same time.
        public var window = 16

        public init() {}
    }

    public struct Refusal: Sendable, Hashable {
        public let code: String
        public let message: String
        let at: Int64
    }

    /// A file that comes from the peer.
    private struct Incoming: Sendable {
        let offer: MirrorOffer
        /// Nil until it is known how much is here.
        var offset: Int?
        var windowEnd = 0
        var lastActive: Int64
        var attempts = 0
    }

    public init(node: NodeID, peer: NodeID, settings: Settings = Settings()) {
        self.node = node
        self.peer = peer
        self.settings = settings
    }

    /// Takes one event at a time of the node's own clock, in milliseconds.
    public mutating func handle(_ event: MirrorEvent, now: Int64) -> [MirrorDirective] {
        switch event {
        case .received(let message): return receive(message, now: now)
        case .planned(let plan):
            self.plan = plan
            return offer(now: now)
        case .fetch(let offer):
            let name = MirrorName(owner: node, id: offer.id)
            guard incoming[name] == nil else { return [] }
            incoming[name] = Incoming(offer: offer, lastActive: now)
            return [.begin(offer, name)]
        case .begun(let holding): return begun(holding, now: now)
        case .appended(let name, let count): return appended(name, count, now: now)
        case .finished(let name, let isRight): return finished(name, isRight: isRight)
        case .failed(let name, let code, let message):
            incoming[name] = nil
            return end(name, code: code, message: message)
        case .tick: return askForList(now: now) + offer(now: now) + askAgain(now: now)
        }
    }

    private mutating func receive(_ message: MirrorMessage, now: Int64) -> [MirrorDirective] {
        switch message {
        case .offer(let offer):
            let name = MirrorName(owner: peer, id: offer.id)
            // A transfer that goes on is not begun anew; one whose file has changed is.
            if let running = incoming[name], running.offer == offer { return [] }
            incoming[name] = Incoming(offer: offer, lastActive: now)
            return [.begin(offer, name)]
        case .refusal(let id, let code, let text):
            if plan.wanted.contains(id) { refusals[id] = Refusal(code: code, message: text, at: now) }
            return []
        case .want(let name, let offset): return serve(name, from: offset, now: now)
        case .chunk(let name, let offset, let bytes): return take(bytes, at: offset, of: name, now: now)
        case .stored(let id, let digest):
            guard let offer = plan.offers.first(where: { $0.id == id }), offer.digest == digest else { return [] }
            refusals[id] = nil
            listed?[id] = MirrorMessage.Entry(offer: offer, held: offer.size, isWhole: true)
            return []
        case .drop(let id):
            let name = MirrorName(owner: peer, id: id)
            incoming[name] = nil
            return [.drop(name)]
        case .list: return [.list]
        case .listing(let entries):
            listed = Dictionary(entries.map { ($0.offer.id, $0) }) { first, _ in first }
            return dropSurplus() + offer(now: now)
        }
    }
}

// MARK: - As the owner

extension MirrorSession {
    private mutating func askForList(now: Int64) -> [MirrorDirective] {
        let interval = listed == nil ? settings.patience : settings.listInterval
        if let lastListAsked, now - lastListAsked < interval { return [] }
        lastListAsked = now
        return [.send(.list)]
    }

    /// Only what is known here and not wanted: a node that was put together anew knows nothing of its former backups, and
    /// must not lose the copies that it is about to fetch.
    private mutating func dropSurplus() -> [MirrorDirective] {
        let surplus = (listed ?? [:]).keys.filter { plan.known.contains($0) && !plan.wanted.contains($0) }.sorted()
        for id in surplus { listed?[id] = nil }
        return surplus.map { .send(.drop(id: $0)) }
    }

    private mutating func offer(now: Int64) -> [MirrorDirective] {
        refusals = refusals.filter { plan.wanted.contains($0.key) }
        lastOffered = lastOffered.filter { plan.wanted.contains($0.key) }
        guard let listed else { return [] }
        var directives = dropSurplus()
        for offer in plan.offers {
            if let entry = listed[offer.id], entry.isWhole, entry.offer.digest == offer.digest { continue }
            if let refusal = refusals[offer.id], now - refusal.at < settings.refusalPause { continue }
            if let last = lastOffered[offer.id], now - last < settings.patience { continue }
            lastOffered[offer.id] = now
            directives.append(.send(.offer(offer)))
        }
        return directives
    }

    /// An own backup goes to who is to keep it, a mirror to its owner, and nothing to anybody else.
    private mutating func serve(_ name: MirrorName, from offset: Int, now: Int64) -> [MirrorDirective] {
        if name.owner == peer {
            return chunks(name, from: offset, below: .max)
        }
        guard name.owner == node, let offer = plan.offers.first(where: { $0.id == name.id }) else { return [] }
        lastOffered[name.id] = now
        refusals[name.id] = nil
        return chunks(name, from: offset, below: offer.size)
    }

    private func chunks(_ name: MirrorName, from offset: Int, below size: Int) -> [MirrorDirective] {
        (0..<settings.window).map { offset + $0 * MirrorMessage.maximumChunk }.filter { $0 < size }.map {
            .serve(name, offset: $0)
        }
    }
}

// MARK: - As who takes a file

extension MirrorSession {
    private mutating func begun(_ holding: MirrorHolding, now: Int64) -> [MirrorDirective] {
        guard var transfer = incoming[holding.name], transfer.offset == nil else { return [] }
        // Whole ones are looked at again: what was meant for a file of the operator is still to be put there.
        if holding.held == transfer.offer.size { return [.finish(holding.name)] }
        defer { incoming[holding.name] = transfer }
        transfer.offset = holding.held
        return ask(holding.name, &transfer, now: now)
    }

    private func ask(_ name: MirrorName, _ transfer: inout Incoming, now: Int64) -> [MirrorDirective] {
        let offset = transfer.offset ?? 0
        transfer.windowEnd = offset + settings.window * MirrorMessage.maximumChunk
        transfer.lastActive = now
        return [.send(.want(name, offset: offset))]
    }

    /// Bytes that follow those that are here; all others were asked for before, or are asked for again.
    private mutating func take(
        _ bytes: [UInt8], at offset: Int, of name: MirrorName, now: Int64
    ) -> [MirrorDirective] {
        guard var transfer = incoming[name], transfer.offset == offset, !bytes.isEmpty,
            bytes.count <= MirrorMessage.maximumChunk, bytes.count <= transfer.offer.size - offset
        else { return [] }
        transfer.lastActive = now
        transfer.attempts = 0
        incoming[name] = transfer
        return [.append(bytes, at: offset, name)]
    }

    private mutating func appended(_ name: MirrorName, _ count: Int, now: Int64) -> [MirrorDirective] {
        guard var transfer = incoming[name] else { return [] }
        defer { incoming[name] = transfer }
        transfer.offset = count
        if count >= transfer.offer.size { return [.finish(name)] }
        return count >= transfer.windowEnd ? ask(name, &transfer, now: now) : []
    }

    private mutating func finished(_ name: MirrorName, isRight: Bool) -> [MirrorDirective] {
        guard let transfer = incoming.removeValue(forKey: name) else { return [] }
        guard isRight else {
            return end(name, code: "damaged", message: "the bytes that arrived are not those of backup \(name.id)")
        }
        return name.owner == peer
            ? [.send(.stored(id: name.id, digest: transfer.offer.digest))] : [.fetched(name, problem: nil)]
    }

    private func end(_ name: MirrorName, code: String, message: String) -> [MirrorDirective] {
        name.owner == peer
            ? [.send(.refusal(id: name.id, code: code, message: message))] : [.fetched(name, problem: message)]
    }

    private mutating func askAgain(now: Int64) -> [MirrorDirective] {
        var directives: [MirrorDirective] = []
        let late = incoming.filter { now - $0.value.lastActive >= settings.chunkTimeout && $0.value.offset != nil }
        for (name, transfer) in late.sorted(by: { $0.key.id < $1.key.id }) {
            var transfer = transfer
            transfer.attempts += 1
            if transfer.attempts > settings.attempts {
                // What is here stays; the next offer goes on with it.
                incoming[name] = nil
                if name.owner == node {
                    directives.append(.fetched(name, problem: "the peer sends nothing more of backup \(name.id)"))
                }
            } else {
                directives += ask(name, &transfer, now: now)
                incoming[name] = transfer
            }
        }
        return directives
    }
}
