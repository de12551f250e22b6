import HiveAPI
import HiveCore

/// What follows for memories when they leave a working set, or come back.
///
/// An instant memory of this node that is in no set any more is given an end, so that it does not stay for ever; until
/// then it is found as before. Every other memory is what it was.
struct WorkingDepartures {
    let instance: ScopeID
    let policy: WorkingSet.Policy

    /// Notes that memories left the set of an agent, whose record is as it is to be from now on.
    func note(_ departures: [DocumentAddress], from name: String, in context: inout WriteContext) throws {
        for address in departures where address.scope == instance {
            guard let (state, engram) = try instant(address, at: context.now, in: context.transaction) else { continue }
            let isOwn = state.creation.agent ?? WorkingSet.nobody == name
            // While it is in the set of its own agent, that one decides.
            guard isOwn || engram.evicted != nil else { continue }
            let isHeld = try isHeld(address, otherThanBy: name, at: context.now, in: context.transaction)
            guard engram.evicted == nil || (engram.expires == nil && !isHeld) else { continue }
            let changes = isHeld ? [mark(0)] : end(engram, at: context.now)
            _ = try context.commit([Draft(state.kind, at: address, changes: changes)])
        }
    }

    /// Takes the end back that a memory was given when it left, since somebody looks at it again.
    func noteReturn(of address: DocumentAddress, to name: String, in context: inout WriteContext) throws {
        guard address.scope == instance,
            let (state, engram) = try instant(address, at: context.now, in: context.transaction), engram.evicted != nil
        else { return }
        let isOwn = state.creation.agent ?? WorkingSet.nobody == name
        guard isOwn || engram.endsByEviction else { return }
        var changes: [Draft.Change] = [isOwn ? .set(EngramField.evicted, .null) : mark(0)]
        if engram.endsByEviction { changes.append(.set(EngramField.expires, .null)) }
        _ = try context.commit([Draft(state.kind, at: address, changes: changes)])
    }

    /// Nil for what is no instant memory, or none that anybody finds.
    private func instant(
        _ address: DocumentAddress, at now: Timestamp, in transaction: any StoreTransaction
    ) throws -> (DocumentState, Engram)? {
        guard let state = try transaction.documents.state(address), state.kind == .instant, !state.isErased,
            !state.isForgotten
        else { return nil }
        // The text does not matter here, and may be large.
        guard let engram = Engram(state, blob: { _ in nil }), engram.expires.map({ $0 > now }) ?? true else {
            return nil
        }
        return (state, engram)
    }

    private func mark(_ end: Int64) -> Draft.Change { .set(EngramField.evicted, .integer(end)) }

    private func end(_ engram: Engram, at now: Timestamp) -> [Draft.Change] {
        guard engram.expires == nil else { return [mark(0)] }
        let end = now.advanced(bySeconds: policy.retention).milliseconds
        return [mark(end), .set(EngramField.expires, .integer(end))]
    }

    /// Whether a memory is in the set of anybody else, with attention left.
    private func isHeld(
        _ address: DocumentAddress, otherThanBy name: String, at now: Timestamp, in transaction: any StoreTransaction
    ) throws -> Bool {
        try WorkingSetRecord.names(in: transaction).contains { other in
            guard other != name, let entry = try WorkingSetRecord.load(other, in: transaction)?[address] else {
                return false
            }
            return WorkingSet.attention(of: entry, at: now, policy) >= policy.threshold
        }
    }
}
