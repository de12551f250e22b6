import HiveAPI
import HiveCore

/// The working set of one agent with the memories that are in it, at one time, inside one transaction.
struct WorkingDesk {
    let name: String
    let now: Timestamp
    let policy: WorkingSet.Policy
    private(set) var held: WorkingSet
    /// The memories of the set that are there and may be read.
    private(set) var engrams: [DocumentAddress: Engram] = [:]
    /// What each takes in full, in tokens.
    private(set) var sizes: [DocumentAddress: Int] = [:]
    private let view: MemoryView

    /// Brings together what was looked at and the instant memories that are in the set by themselves.
    init(_ name: String, instance: ScopeID, view: MemoryView, now: Timestamp, policy: WorkingSet.Policy) throws {
        self.name = name
        self.now = now
        self.policy = policy
        self.view = view
        held = try WorkingSetRecord.load(name, in: view.transaction) ?? WorkingSet()
        var query = SearchQuery(limit: policy.maximumEntries)
        query.scopes = [instance]
        query.kinds = [.instant]
        query.facets = [.workingSet(name)]
        query.now = now
        for hit in try view.transaction.index.search(query) where held[hit.address] == nil {
            guard let state = try view.transaction.documents.state(hit.address) else { continue }
            // Writing it down was the first look at it.
            let written = Timestamp(milliseconds: Int64(state.updated.milliseconds))
            held.put(.init(hit.address, weight: policy.weight, level: policy.weight, attended: min(written, now)))
        }
        for entry in held.entries { try take(entry.address) }
    }

    /// Reads a memory of the set, unless it is gone.
    private mutating func take(_ address: DocumentAddress) throws {
        guard view.lookup.scopes.contains(address.scope),
            let state = try view.transaction.documents.state(address), !state.isErased, !state.isForgotten,
            !state.isRetracted,
            let engram = try view.engram(state), !engram.isArchived, engram.expires.map({ $0 > now }) ?? true
        else { return }
        engrams[address] = engram
        sizes[address] = TokenEstimate.tokens(in: engram.content ?? "")
    }

    // MARK: Changing

    mutating func attend(_ address: DocumentAddress, weight: Double?) throws {
        held.attend(address, weight: weight, at: now, policy)
        try take(address)
    }

    mutating func refresh() { held.refresh(at: now, policy) }
    mutating func setBudget(_ budget: Int?) { if let budget { held.budget = budget } }

    /// False where it is not in the held.
    mutating func evict(_ address: DocumentAddress) -> Bool { held.evict(address) }

    /// Empties the set and drops its budget; returns what was in it.
    mutating func clear() -> [DocumentAddress] {
        let all = held.entries.map(\.address)
        held = WorkingSet()
        return all
    }

    mutating func settle() -> [(address: DocumentAddress, why: WorkingSet.Departure)] {
        held.settle(at: now, sizes: sizes, policy)
    }

    // MARK: Showing

    var budget: Int { held.budget ?? policy.budget }

    /// The entries with their memories, the most attended first.
    var ranked: [(entry: WorkingSet.Entry, attention: Double, engram: Engram)] {
        held.ranked(at: now, policy).compactMap { entry, attention in
            engrams[entry.address].map { (entry: entry, attention: attention, engram: $0) }
        }
    }

    /// How far this node believes a memory now, from 0 to 1.
    func confidence(in engram: Engram) throws -> Double? {
        try view.beliefs?.confidence(in: engram).value ?? engram.confidence
    }

    /// Core knowledge that this node may read, the last changed first, as much as a block can well begin with.
    func core() throws -> [Engram] {
        var query = SearchQuery(limit: Self.mostCore)
        query.scopes = view.lookup.scopes
        query.facets = [.core]
        query.excluded = [Engram.retractedFacet, .archived]
        query.now = now
        return try view.transaction.index.search(query).compactMap { hit in
            try view.transaction.documents.state(hit.address).flatMap { try view.engram($0) }
        }
    }

    private static let mostCore = 20

    func answer(departed: [WorkingDeparture]) -> WorkingSetAnswer {
        let items = ranked.map { entry, attention, engram in
            let size = sizes[entry.address] ?? 0
            return WorkingEntry(
                id: entry.address.document.description, kind: engram.kind.rawValue,
                scope: view.lookup.name(of: entry.address.scope), excerpt: engram.excerpt(tokens: policy.shortest),
                attention: attention, weight: entry.weight, attendedAt: entry.attended.rfc3339,
                tokens: min(size, entry.limit ?? size), shortened: entry.limit.map { $0 < size } ?? false)
        }
        return WorkingSetAnswer(
            agent: name, budget: budget, tokens: held.tokens(sizes), items: items, departed: departed)
    }
}

extension Engram {
    /// The beginning of its text.
    func excerpt(tokens: Int) -> String {
        guard let content else { return "" }
        let isShort = content.utf8.count <= TokenEstimate.mostBytes(ofTokens: tokens)
        if isShort, TokenEstimate.tokens(in: content) <= tokens { return content }
        return Excerpt.of(content, limit: tokens) ?? ""
    }
}
