import HiveAPI
import HiveNode

/// Settles conflicts about texts: one that says all that the others say wins. A real one would ask a model, or a table of
/// who is on duty.
struct Arbiter: ConflictHandler {
    func settle(_ conflict: Conflict) async throws -> ConflictVerdict {
        let texts = conflict.siblings.map { $0.value.string ?? "" }
        let winner = conflict.siblings.first { sibling in
            let text = sibling.value.string ?? ""
            return texts.allSatisfy { other in
                other.split(separator: " ").allSatisfy(text.split(separator: " ").contains)
            }
        }
        return winner.map { .take($0.dot) } ?? .escalate
    }
}
