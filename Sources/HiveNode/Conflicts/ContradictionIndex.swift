import HiveCore
import Synchronization

/// Which beliefs contradict each other: a projection in memory, brought up to the store whenever it is asked, so that
/// nobody who asks looks at more than what has changed.
final class ContradictionIndex: Sendable {
    private let kernel: NodeKernel
    /// Documents that changed since the last time; nil where all are to be looked at.
    private let noted = Mutex<Set<DocumentAddress>?>(nil)
    private let contents = Mutex(Contents())

    private struct Contents {
        var contradictions: [String: Contradiction] = [:]
        /// Memories with a field that concurrent writes disagree about.
        var contested: Set<DocumentAddress> = []
        /// How many conflicts began since the start.
        var detected = 0
        /// What each member is about, for when it no longer says so.
        var keys: [DocumentAddress: Set<String>] = [:]

        mutating func put(_ contradiction: Contradiction?, about key: String) {
            if contradiction != nil, contradictions[key] == nil { detected += 1 }
            for member in contradictions.removeValue(forKey: key)?.members ?? [] {
                keys[member]?.remove(key)
                if keys[member]?.isEmpty == true { keys[member] = nil }
            }
            guard let contradiction else { return }
            contradictions[key] = contradiction
            for member in contradiction.members { keys[member, default: []].insert(key) }
        }

        mutating func note(_ address: DocumentAddress, isContested: Bool) {
            guard isContested else {
                contested.remove(address)
                return
            }
            if contested.insert(address).inserted { detected += 1 }
        }
    }

    init(kernel: NodeKernel) { self.kernel = kernel }

    /// Notes documents that changed.
    func note(_ addresses: Set<DocumentAddress>) { noted.withLock { $0?.formUnion(addresses) } }

    /// Looks at all of them the next time.
    func noteAll() { noted.withLock { $0 = nil } }

    /// How many conflicts began since the start, of memories whose fields are contested as well, when they were last looked
    /// for.
    var detected: Int { contents.withLock { $0.detected } }

    /// All that stand, in order of their ids. Expired beliefs may be among them.
    func all() throws -> [Contradiction] {
        try contents.withLock { contents in
            // What is noted from here on is in the store only after this, and looked at the next time.
            let changed = noted.withLock { noted in
                defer { noted = [] }
                return noted
            }
            do { try kernel.read { try Self.bringUp(&contents, changed, in: $0) } } catch {
                noted.withLock { noted in noted = changed.flatMap { noted?.union($0) } }
                throw error
            }
            return contents.contradictions.values.sorted { $0.id < $1.id }
        }
    }

    private static func bringUp(
        _ contents: inout Contents, _ changed: Set<DocumentAddress>?, in transaction: any StoreTransaction
    ) throws {
        var keys: Set<String> = []
        if let changed {
            for address in changed {
                keys.formUnion(contents.keys[address] ?? [])
                let state = try transaction.documents.state(address)
                contents.note(address, isContested: state?.isContested ?? false)
                if let key = state.flatMap({ Engram($0, blob: { _ in nil })?.beliefKey }) { keys.insert(key) }
            }
        } else {
            contents.contradictions = [:]
            contents.keys = [:]
            contents.contested = Set(try transaction.documents.list(.contested).map(\.address))
            var search = SearchQuery(limit: .max)
            search.facets = [Engram.singleValuedFacet]
            for hit in try transaction.index.search(search) {
                let state = try transaction.documents.state(hit.address)
                if let key = state.flatMap({ Engram($0, blob: { _ in nil })?.beliefKey }) { keys.insert(key) }
            }
        }
        let detected = contents.detected
        for key in keys {
            let beliefs = try Contradiction.beliefs(
                about: key, scopes: nil, now: Timestamp(milliseconds: 0), in: transaction)
            let stands = ConflictKind.areContradictory(beliefs)
            contents.put(
                stands ? Contradiction(key: key, members: beliefs.map(\.state.address)) : nil, about: key)
        }
        // What stood already when all was looked at did not begin now.
        if changed == nil { contents.detected = detected }
    }
}
