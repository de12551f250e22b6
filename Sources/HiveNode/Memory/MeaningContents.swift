import HiveCore

/// The vectors of memories and what filters need to know of each, as a value: a reader searches what it was given while a
/// writer goes on.
///
/// Most lie in a large part that changes seldom, what changed since in a small one: a writer beside a reader copies the small
/// one only. What is found is what one index over all vectors finds.
struct MeaningContents: Sendable {
    /// So many changes are at least collected before they go into the large part.
    static let fewest = 1024

    private struct Part: Sendable {
        var vectors: VectorIndex
        /// Without their texts.
        var entries: [DocumentAddress: IndexEntry] = [:]

        mutating func put(_ vector: [Float], _ entry: IndexEntry) {
            // One assignment after the other: with a copy in a variable, Swift 6.3's optimizer ends in a failed assertion.
            entries[entry.address] = entry
            entries[entry.address]?.text = ""
            vectors.put(vector, for: entry.address)
        }

        mutating func remove(_ address: DocumentAddress) {
            entries[address] = nil
            vectors.remove(address)
        }

        /// Takes in all of another part.
        mutating func put(all other: Part) {
            vectors.put(all: other.vectors)
            entries.merge(other.entries) { _, last in last }
        }
    }

    /// Both are nil until it is known how many components vectors have.
    private var settled: Part?
    private var fresh: Part?
    /// Documents of the large part that have changed, or are gone.
    private var replaced: Set<DocumentAddress> = []

    init(dimensions: Int? = nil) {
        if let dimensions { begin(dimensions) }
    }

    private mutating func begin(_ dimensions: Int) {
        settled = Part(vectors: VectorIndex(dimensions: dimensions))
        fresh = settled
    }

    var dimensions: Int? { fresh?.vectors.dimensions }
    var count: Int { (settled?.entries.count ?? 0) - replaced.count + (fresh?.entries.count ?? 0) }

    var documents: Set<DocumentAddress> {
        Set(settled?.entries.keys.filter { !replaced.contains($0) } ?? []).union(fresh?.entries.keys.map { $0 } ?? [])
    }

    // MARK: Writing

    /// Adds or replaces a document. A vector with another number of components than the others takes it out.
    mutating func put(_ vector: [Float], _ entry: IndexEntry) {
        if fresh == nil { begin(vector.count) }
        guard dimensions == vector.count else { return remove(entry.address) }
        hide(entry.address)
        fresh?.put(vector, entry)
        settleIfNeeded()
    }

    mutating func remove(_ address: DocumentAddress) {
        hide(address)
        fresh?.remove(address)
        settleIfNeeded()
    }

    private mutating func hide(_ address: DocumentAddress) {
        if settled?.entries[address] != nil { replaced.insert(address) }
    }

    /// Takes all changes into the large part, once there are many for its size.
    private mutating func settleIfNeeded() {
        guard let changed = fresh, let dimensions,
            changed.entries.count + replaced.count > max(Self.fewest, (settled?.entries.count ?? 0) / 8)
        else { return }
        for address in replaced { settled?.remove(address) }
        settled?.put(all: changed)
        replaced = []
        fresh = Part(vectors: VectorIndex(dimensions: dimensions))
    }

    // MARK: Asking

    /// The documents that mean most nearly the same, among those that the filters of a query admit.
    func search(_ vector: [Float], _ query: SearchQuery, limit: Int) -> [(address: DocumentAddress, cosine: Float)] {
        guard let settled, let fresh, dimensions == vector.count else { return [] }
        let known = settled.vectors.candidates(for: vector, limit: limit) { address in
            !replaced.contains(address) && (settled.entries[address].map(query.admits) ?? false)
        }
        let changed = fresh.vectors.candidates(for: vector, limit: limit) { address in
            fresh.entries[address].map(query.admits) ?? false
        }
        return VectorIndex.closest(among: known + changed, limit: limit)
    }

    /// The vectors that are kept of documents, where they have one.
    func vectors(of addresses: [DocumentAddress]) -> [DocumentAddress: [Float]] {
        var kept: [DocumentAddress: [Float]] = [:]
        for address in addresses {
            let known = replaced.contains(address) ? nil : settled?.vectors.vector(of: address)
            kept[address] = known ?? fresh?.vectors.vector(of: address)
        }
        return kept
    }

    /// The cosine of each document to a vector, where it has one.
    func cosines(of addresses: [DocumentAddress], to vector: [Float]) -> [DocumentAddress: Float] {
        guard let settled, let fresh, dimensions == vector.count else { return [:] }
        let known = settled.vectors.cosines(of: addresses.filter { !replaced.contains($0) }, to: vector)
        return known.merging(fresh.vectors.cosines(of: addresses, to: vector)) { _, last in last }
    }
}
