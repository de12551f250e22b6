import HiveCore
import Logging

/// What was erased stays erased, also where an older copy of the database takes the place of the present one.
extension Node {
    /// Erases again what the list beside the database names and the database has, and adds to the list what it lacks.
    /// Before anybody is answered.
    public func applyErasures() async throws {
        guard let list = kernel.surroundings.erasures else { return }
        let listed = try list.all()
        for erasure in listed {
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
        try noteErasures(try kernel.read { try $0.documents.list(.all) }, known: Set(listed.map(\.address)))
        try await purge()
    }

    /// Adds to the list those of some documents that were erased.
    func noteErasures(_ states: [DocumentState], known: Set<DocumentAddress> = []) throws {
        guard let list = kernel.surroundings.erasures else { return }
        let erasures = states.filter { $0.isErased && !known.contains($0.address) }.map { state in
            let due = state[ReservedField.erasure]?.siblings.map { $0.inline?.integer ?? 0 }.min()
            return Erasure(address: state.address, due: due ?? 0)
        }
        if !erasures.isEmpty { try list.note(erasures) }
    }
}
