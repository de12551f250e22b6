import HiveCore
import HiveSync

/// How nodes do what their sessions ask for.
extension Simulation {
    /// Hands an event to a session and does what it asks for, until it asks for nothing more or the disk fails.
    func feed(_ event: SyncEvent, to index: Int, about peer: Int) throws {
        do {
            var events = [event]
            while !events.isEmpty {
                for directive in nodes[index].handle(events.removeFirst(), from: peer, now: now) {
                    if try isInterrupted(index) { return }
                    if let answer = try perform(directive, on: index, about: peer) { events.append(answer) }
                }
            }
        } catch { try answer(error, on: index) }
    }

    /// Whether the process dies here, in the midst of what it does.
    private func isInterrupted(_ index: Int) throws -> Bool {
        guard !isHealed, plan.faults.contains(.interruption), happens(2, .interruption) else { return false }
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
            try node.signAll()
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
            guard code == "silent" || isExcused(index, peer) else {
                throw fail("node \(index) closed on \(peer): \(code): \(message)")
            }
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

    /// Whether two nodes may have reason to part: one lies, or has a disk that lost bits.
    private func isExcused(_ a: Int, _ b: Int) -> Bool {
        a == liar || b == liar || nodes[a].isSuspect || nodes[b].isSuspect
    }

    private func ingest(_ range: LogRange, on index: Int) throws -> SyncEvent {
        let node = nodes[index]
        let log = range.descriptor.id
        do {
            let receipt = try node.write {
                try $0.ingest(range, in: $1, verifier: node.verifier, now: time(of: node))
            }
            guard !receipt.mustReincarnate || receipt.stored == 0 || node.isSuspect else {
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
