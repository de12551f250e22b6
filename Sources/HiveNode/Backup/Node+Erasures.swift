import HiveCore
import Logging

/// What was erased stays erased, also where an older copy of the database takes the place of the present one.
extension Node {
    /// Erases again what the list beside the database names and the database has, and adds to the list what it lacks.
    /// Before anybody is answered.
    public func applyErasures() async throws {
        guard let list = kernel.surroundings.erasures else { return }
        let listed = try list.all()
        for erasure in listed ?? [] {
            let state = try kernel.read { try $0.documents.state(erasure.address) }
            guard let state, !state.isErased else { continue }
            do {
                try await kernel.write { context in
                    let draft = Draft(
                        state.kind, at: state.address, resolves: true,
                        changes: [.set(ReservedField.erasure, .integer(erasure.due))])
                    _ = try context.commit([draft])
                }
                logger.notice(
                    "erased again what this copy of the database still had",
                    metadata: ["document": "\(state.address.document.short)"])
            } catch let error as ReplicaError where error.code == .notPermitted {
                // A peer has the operation that erased it. Until that arrives nobody finds it here.
                try await kernel.write { try $0.transaction.index.remove(state.address) }
                logger.error("what was erased waits for its erasure from a peer: \(error)")
            }
        }
        // What was erased and not noted still has its bytes; where there is no list yet, it may be any document.
        let suspects = try kernel.read { try $0.documents.list(listed == nil ? .all : .erasureDue(.max)) }
        try list.note(erasures(among: suspects))
        try await purge()
    }

    /// Adds to the list those of some documents that were erased.
    func noteErasures(_ states: [DocumentState]) throws {
        let erasures = erasures(among: states)
        if !erasures.isEmpty { try kernel.surroundings.erasures?.note(erasures) }
    }

    private func erasures(among states: [DocumentState]) -> [Erasure] {
        states.filter(\.isErased).map { state in
            let due = state[ReservedField.erasure]?.siblings.map { $0.inline?.integer ?? 0 }.min()
            return Erasure(address: state.address, due: due ?? 0)
        }
    }
}
