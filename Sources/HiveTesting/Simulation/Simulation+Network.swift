import HiveCore
import HiveSync

/// How messages travel, and how nodes do what their sessions ask for.
extension Simulation {
    func connect(_ a: Int, _ b: Int) throws {
        for (from, to) in [(a, b), (b, a)] {
            nodes[from].openSession(with: to)
            feed(.connected(nodes[to].node), to: from)
            try feed(.opened, to: from, about: to)
        }
    }

    /// More messages than any history of this size needs.
    private static let storm = 100_000

    func mayTravel(_ a: Int, _ b: Int) -> Bool {
        !nodes[a].isDown && !nodes[b].isDown && cut.contains(a) == cut.contains(b)
    }

    /// Moves time on, delivering what arrives meanwhile and letting sessions tick every second.
    func advance(by duration: Int64) throws {
        let end = now + duration
        while true {
            let next = flights.min { ($0.time, $0.sequence) < ($1.time, $1.sequence) }
            let tick = (now / 1000 + 1) * 1000
            guard let flight = next, flight.time <= min(end, tick) else {
                guard tick <= end else { break }
                now = tick
                for node in nodes where !node.isDown {
                    for peer in node.sessions.keys.sorted() { try feed(.tick, to: node.index, about: peer) }
                }
                try tickBoards()
                continue
            }
            now = max(now, flight.time)
            flights.removeAll { $0.sequence == flight.sequence }
            try deliver(flight)
        }
        now = end
    }

    private func deliver(_ flight: Flight) throws {
        guard mayTravel(flight.from, flight.to), nodes[flight.to].sessions[flight.from] != nil else { return }
        guard let message = try SyncMessage.decode(flight.bytes) else { throw fail("a message was not understood") }
        if case .soft(let states) = message {
            return feed(.received(states, from: nodes[flight.from].node), to: flight.to)
        }
        report.messages += 1
        guard report.messages < Self.storm else { throw fail("the nodes talk without end") }
        try feed(.received(message), to: flight.to, about: flight.from)
    }

    private func send(_ message: SyncMessage, from: Int, to: Int) {
        guard mayTravel(from, to), !random.chance(plan.loss) else { return }
        for _ in 0..<(random.chance(plan.duplication) ? 2 : 1) {
            sequence += 1
            let delay = Int64.random(in: 1...plan.maximumDelay, using: &random)
            flights.append(Flight(time: now + delay, sequence: sequence, from: from, to: to, bytes: message.encoded()))
        }
    }

    /// Hands an event to a session and does what it asks for, until it asks for nothing more.
    func feed(_ event: SyncEvent, to index: Int, about peer: Int) throws {
        var events = [event]
        while !events.isEmpty {
            for directive in nodes[index].handle(events.removeFirst(), from: peer, now: now) {
                if try isInterrupted(index) { return }
                if let answer = try perform(directive, on: index, about: peer) { events.append(answer) }
            }
        }
    }

    /// Whether the process dies here, in the midst of what it does.
    private func isInterrupted(_ index: Int) throws -> Bool {
        guard plan.interruption > 0, !isHealed, soft.random.chance(plan.interruption) else { return false }
        try crash(index)
        return true
    }

    private func perform(_ directive: SyncDirective, on index: Int, about peer: Int) throws -> SyncEvent? {
        let node = nodes[index]
        let other = nodes[peer].node
        switch directive {
        case .send(let message):
            if case .syncAck(let heads) = message { node.promise(heads) }
            send(message, from: index, to: peer)
            return nil
        case .summarize:
            return .summarized(try node.write { try ExchangeGate.view(for: other, replica: &$0, in: $1) })
        case .load(let log, let first, let purpose):
            let range = try node.write {
                try ExchangeGate.range(
                    of: log, from: first, for: other, credit: purpose.credit, replica: &$0, fresh: nil, in: $1)
            }
            return .loaded(log, range, purpose)
        case .commit(let range): return try ingest(range, on: index)
        case .learn(let founding):
            try node.write { try $0.learn(founding, in: $1) }
            return nil
        case .close(let code, let message):
            node.closeSession(with: peer)
            guard code == "silent" else { throw fail("node \(index) closed on \(peer): \(code): \(message)") }
            return nil
        case .loadBlob(let address):
            return .blobLoaded(
                address, try node.write { try ExchangeGate.blob(address, for: other, replica: &$0, in: $1) })
        case .seekBlobs(let cursor, let limit):
            let found = try node.write {
                try ExchangeGate.missingBlobs(after: cursor, limit: limit, from: other, replica: &$0, in: $1)
            }
            return .blobsMissing(found.page, next: found.next)
        case .commitBlob(let address, let bytes): return try ingest(bytes, at: address, on: index)
        case .fork(let request): return try perform(request, on: index, about: other)
        case .acknowledged, .introduced, .converged, .planned: return nil
        // Here everybody pushes to everybody; the overlay has simulations of its own.
        case .duplicate, .announced, .grafted, .pruned, .heardOf: return nil
        }
    }

    private func ingest(_ range: LogRange, on index: Int) throws -> SyncEvent {
        let node = nodes[index]
        let log = range.descriptor.id
        do {
            let receipt = try node.write {
                try $0.ingest(range, in: $1, verifier: node.verifier, now: time(of: node))
            }
            guard !receipt.mustReincarnate || receipt.stored == 0 else {
                throw fail("node \(index) was shown operations of its own life that it does not hold")
            }
            let head = LogHead(log: log, size: receipt.size, root: receipt.root)
            if range.descriptor.stream == .law { node.isLawStale = true }
            if receipt.stored > 0 { try announce([head], from: index) }
            return .committed(head, lawChanged: !receipt.lawChanged.isEmpty)
        } catch let error as ReplicaError {
            let held = try node.store.read { try $0.logs.row(log)?.size ?? 0 }
            return .rejected(
                log, RejectionCause(code: error.code.rawValue, message: error.message, isFault: error.isFault),
                held: held)
        }
    }

    private func ingest(_ blob: [UInt8], at address: SyncMessage.BlobAddress, on index: Int) throws -> SyncEvent {
        let node = nodes[index]
        if try node.write({ try $0.ingestBlob(blob, hash: address.hash, in: $1) }) {
            for peer in node.sessions.keys.sorted() { try feed(.blobsArrived([address.hash]), to: index, about: peer) }
        }
        return .blobCommitted
    }

    /// Tells all sessions of a node that logs grew.
    func announce(_ heads: [LogHead], from index: Int) throws {
        for peer in nodes[index].sessions.keys.sorted() { try feed(.grew(heads), to: index, about: peer) }
    }
}
