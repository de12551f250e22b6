import HiveCore
import Synchronization

/// Which beliefs contradict each other: a projection in memory, brought up to the store whenever it is asked, so that
/// nobody who asks looks at more than what has changed.
final class ContradictionIndex: Sendable {
    private let kernel: NodeKernel
    /// Documents that changed since the last time; nil where all are to be looked at.
    private let noted = Mutex<Set<DocumentAddress>?>(nil)
    private let contents = Mutex(Contents())
    private let follower = Mutex<(@Sendable (Turn) -> Void)?>(nil)

    private struct Contents {
        var contradictions: [String: Contradiction] = [:]
        /// Memories with fields that concurrent writes disagree about.
        var contested: [DocumentAddress: Set<FieldID>] = [:]
        /// How many conflicts began since the start, and how many ended.
        var detected = 0
        var resolved = 0
        /// Contradictions that began or ended since they were last told of.
        var turned: [Turn] = []
        /// What each member is about, for when it no longer says so.
        var keys: [DocumentAddress: Set<String>] = [:]

        mutating func put(_ contradiction: Contradiction?, about key: String) {
            let former = contradictions.removeValue(forKey: key)
            if let contradiction, former == nil {
                detected += 1
                turned.append(Turn(contradiction: contradiction, began: true))
            } else if let former, contradiction == nil {
                resolved += 1
                turned.append(Turn(contradiction: former, began: false))
            }
            for member in former?.members ?? [] {
                keys[member]?.remove(key)
                if keys[member]?.isEmpty == true { keys[member] = nil }
            }
            guard let contradiction else { return }
            contradictions[key] = contradiction
            for member in contradiction.members { keys[member, default: []].insert(key) }
        }

        mutating func note(_ address: DocumentAddress, contested fields: Set<FieldID>) {
            let before = contested.updateValue(fields, forKey: address) ?? []
            if fields.isEmpty { contested[address] = nil }
            detected += fields.subtracting(before).count
            resolved += before.subtracting(fields).count
        }
    }

    /// That a contradiction began or ended.
    struct Turn: Sendable {
        let contradiction: Contradiction
        let began: Bool
    }

    init(kernel: NodeKernel) { self.kernel = kernel }

    /// Calls back with contradictions that began or ended, when they are looked for.
    func follow(_ body: @escaping @Sendable (Turn) -> Void) { follower.withLock { $0 = body } }

    /// Notes documents that changed.
    func note(_ addresses: Set<DocumentAddress>) { noted.withLock { $0?.formUnion(addresses) } }

    /// Looks at all of them the next time.
    func noteAll() { noted.withLock { $0 = nil } }

    /// How many conflicts began since the start, of memories whose fields are contested as well, when they were last looked
    /// for.
    var detected: Int { contents.withLock { $0.detected } }

    /// How many ended, whoever settled them.
    var resolved: Int { contents.withLock { $0.resolved } }

    /// All that stand, in order of their ids. Expired beliefs may be among them.
    func all() throws -> [Contradiction] {
        let (all, turned) = try contents.withLock { contents in
            // What is noted from here on is in the store only after this, and looked at the next time.
            let changed = noted.withLock { noted in
                defer { noted = [] }
                return noted
            }
            do { try kernel.read { try Self.bringUp(&contents, changed, in: $0) } } catch {
                noted.withLock { noted in noted = changed.flatMap { noted?.union($0) } }
                throw error
            }
            defer { contents.turned = [] }
            return (contents.contradictions.values.sorted { $0.id < $1.id }, contents.turned)
        }
        if !turned.isEmpty, let follower = follower.withLock({ $0 }) { turned.forEach(follower) }
        return all
    }

    private static func bringUp(
        _ contents: inout Contents, _ changed: Set<DocumentAddress>?, in transaction: any StoreTransaction
    ) throws {
        var keys: Set<String> = []
        if let changed {
            for address in changed {
                keys.formUnion(contents.keys[address] ?? [])
                let state = try transaction.documents.state(address)
                contents.note(address, contested: Self.contestedFields(of: state))
                if let key = state.flatMap({ Engram($0, blob: { _ in nil })?.beliefKey }) { keys.insert(key) }
            }
        } else {
            contents.contradictions = [:]
            contents.keys = [:]
            contents.contested = Dictionary(
                try transaction.documents.list(.contested).map { ($0.address, Self.contestedFields(of: $0)) },
                uniquingKeysWith: { first, _ in first })
            var search = SearchQuery(limit: .max)
            search.facets = [Engram.singleValuedFacet]
            for hit in try transaction.index.search(search) {
                let state = try transaction.documents.state(hit.address)
                if let key = state.flatMap({ Engram($0, blob: { _ in nil })?.beliefKey }) { keys.insert(key) }
            }
        }
        let (detected, resolved) = (contents.detected, contents.resolved)
        for key in keys {
            let beliefs = try Contradiction.beliefs(
                about: key, scopes: nil, now: Timestamp(milliseconds: 0), in: transaction)
            let stands = ConflictKind.areContradictory(beliefs)
            contents.put(
                stands ? Contradiction(key: key, members: beliefs.map(\.state.address)) : nil, about: key)
        }
        // What stood already when all was looked at did not begin now.
        if changed == nil { (contents.detected, contents.resolved, contents.turned) = (detected, resolved, []) }
    }

    /// The contested fields of what is a memory and there.
    private static func contestedFields(of state: DocumentState?) -> Set<FieldID> {
        guard let state, EngramKind(state.kind) != nil, state.isContested else { return [] }
        return Set(state.contestedFields.map(\.id))
    }
}
