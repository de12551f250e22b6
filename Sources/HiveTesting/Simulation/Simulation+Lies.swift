import HiveCore
import HiveSync

/// What a node that lies makes of a message.
extension Simulation {
    /// The messages, as bytes, that go out in the place of one.
    func distort(_ message: SyncMessage) -> [[UInt8]] {
        let honest = message.encoded()
        var sent = [honest]
        if plan.faults.contains(.withholding), message.carriesOperations, happens(30, .withholding) { sent = [] }
        if plan.faults.contains(.falseHeads), happens(30, .falseHeads), let lie = falseHeads(message) {
            sent = [lie.encoded()]
        }
        if plan.faults.contains(.falseAcknowledgements), case .syncRequest(let log, let first, _) = message {
            sent.append(SyncMessage.syncAck([madeUp(log, size: first + 5, .falseAcknowledgements)]).encoded())
        }
        if plan.faults.contains(.alteredBodies), happens(20, .alteredBodies), let lie = altered(message) {
            sent = [lie.encoded()]
        }
        if plan.faults.contains(.malformedFrames), happens(5, .malformedFrames) {
            var bytes = honest
            bytes[Int(number(0...Int64(bytes.count - 1), .malformedFrames))] ^= 0x55
            sent.append(Array(bytes.prefix(Int(number(1...Int64(bytes.count), .malformedFrames)))))
        }
        if plan.faults.contains(.replaying) {
            if happens(20, .replaying), !said.isEmpty {
                sent.append(said[Int(number(0...Int64(said.count - 1), .replaying))])
            }
            if said.count < 200 { said.append(honest) }
        }
        return sent
    }

    private func madeUp(_ log: LogID, size: UInt64, _ fault: Fault) -> LogHead {
        LogHead(log: log, size: size, root: .sha256(domain: "simulation/lie", [UInt8(number(0...255, fault))]))
    }

    private func falseHeads(_ message: SyncMessage) -> SyncMessage? {
        guard case .logs(let scope, let stream, let heads) = message else { return nil }
        let more = UInt64(number(1...40, .falseHeads))
        return .logs(scope, stream, heads.map { madeUp($0.log, size: $0.size + more, .falseHeads) })
    }

    private func altered(_ message: SyncMessage) -> SyncMessage? {
        switch message {
        case .push(let range): return altered(range).map { .push($0) }
        case .syncResponse(let range): return altered(range).map { .syncResponse($0) }
        default: return nil
        }
    }

    private func altered(_ range: LogRange) -> LogRange? {
        guard !range.entries.isEmpty else { return nil }
        var entries = range.entries
        let place = Int(number(0...Int64(entries.count - 1), .alteredBodies))
        guard let body = entries[place].body, let last = body.bytes.last else { return nil }
        let changed = SaltedBody(salt: body.salt, bytes: body.bytes.dropLast() + [last ^ 1])
        let isDropped = happens(30, .alteredBodies)
        entries[place] = LogRange.Entry(header: entries[place].header, body: isDropped ? nil : changed)
        return LogRange(
            descriptor: range.descriptor, first: range.first, entries: entries, checkpoint: range.checkpoint)
    }
}

extension SyncMessage {
    var carriesOperations: Bool {
        switch self {
        case .push, .syncResponse, .blob, .logs: true
        default: false
        }
    }
}
