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
        private(set) var vectors: VectorIndex
        /// By the places of the vectors.
        private(set) var filters: [MeaningFilter] = []

        init(dimensions: Int) { vectors = VectorIndex(dimensions: dimensions) }

        mutating func put(_ vector: [Float], _ entry: IndexEntry) {
            put(MeaningFilter(entry), at: vectors.put(vector, for: entry.address))
        }

        mutating func remove(_ address: DocumentAddress) {
            guard let place = vectors.remove(address) else { return }
            filters.swapAt(place, filters.count - 1)
            filters.removeLast()
        }

        /// Takes in all of another part.
        mutating func put(all other: Part) {
            for (place, filter) in other.filters.enumerated() { put(filter, at: vectors.put(place, of: other.vectors)) }
        }

        private mutating func put(_ filter: MeaningFilter, at place: Int) {
            if place == filters.count { filters.append(filter) } else { filters[place] = filter }
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
        settled = Part(dimensions: dimensions)
        fresh = settled
    }

    var dimensions: Int? { fresh?.vectors.dimensions }
    var count: Int { (settled?.vectors.count ?? 0) - replaced.count + (fresh?.vectors.count ?? 0) }

    var documents: Set<DocumentAddress> {
        Set(settled?.vectors.addresses ?? []).subtracting(replaced).union(fresh?.vectors.addresses ?? [])
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
        if settled?.vectors.contains(address) == true { replaced.insert(address) }
    }

    /// Takes all changes into the large part, once there are many for its size.
    private mutating func settleIfNeeded() {
        guard let changed = fresh, let dimensions,
            changed.vectors.count + replaced.count > max(Self.fewest, (settled?.vectors.count ?? 0) / 8)
        else { return }
        for address in replaced { settled?.remove(address) }
        settled?.put(all: changed)
        replaced = []
        fresh = Part(dimensions: dimensions)
    }

    // MARK: Asking

    /// The documents that mean most nearly the same, among those that the filters of a query admit.
    func search(_ vector: [Float], _ query: SearchQuery, limit: Int) -> [(address: DocumentAddress, cosine: Float)] {
        guard let settled, let fresh, dimensions == vector.count else { return [] }
        let question = MeaningFilter.Question(query)
        let known = settled.vectors.candidates(for: vector, limit: limit) { place in
            question.admits(settled.filters[place])
                && (replaced.isEmpty || !replaced.contains(settled.vectors.addresses[place]))
        }
        let changed = fresh.vectors.candidates(for: vector, limit: limit) { question.admits(fresh.filters[$0]) }
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
