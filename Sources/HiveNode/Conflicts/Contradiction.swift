import HiveCore

/// Beliefs about one thing that cannot all hold: found by their facets, in one transaction.
struct Contradiction: Sendable, Hashable {
    /// What they are about.
    let key: String
    /// At least two.
    let members: [DocumentAddress]

    /// More beliefs about one thing are not compared.
    private static let most = 1000

    /// `belief-` and 16 hexadecimal digits of the hash of what they are about.
    var id: String { Self.id(of: key) }

    static func id(of key: String) -> String {
        prefix + String(Digest.sha256(domain: "hive/1/belief", Array(key.utf8)).hex.prefix(16))
    }

    static let prefix = "belief-"

    /// All beliefs about one thing that are held, in order of their addresses, and those that were retracted in favour of
    /// each other.
    static func beliefs(
        about key: String, scopes: [ScopeID]?, now: Timestamp, in transaction: any StoreTransaction
    ) throws -> [Engram] {
        var search = SearchQuery(limit: most)
        search.scopes = scopes
        search.now = now
        search.facets = [Facet(Engram.beliefFacet, key)]
        let states = try transaction.index.search(search).compactMap { try transaction.documents.state($0.address) }
        let beliefs = states.sorted { $0.address < $1.address }.compactMap { Engram($0, blob: { _ in nil }) }
        return ConflictKind.held(among: beliefs)
    }

    /// The ids of beliefs that say something else of the same than a memory does; none where that is no belief.
    static func of(
        _ state: DocumentState, scopes: [ScopeID], now: Timestamp, in transaction: any StoreTransaction
    ) throws -> [String] {
        guard let engram = Engram(state, blob: { _ in nil }), let key = engram.beliefKey, !engram.isRetracted else {
            return []
        }
        let beliefs = try beliefs(about: key, scopes: scopes, now: now, in: transaction)
        guard ConflictKind.areContradictory(beliefs) else { return [] }
        return beliefs.filter { $0.claimedObject != engram.claimedObject }
            .map { $0.state.address.document.description }
    }
}
