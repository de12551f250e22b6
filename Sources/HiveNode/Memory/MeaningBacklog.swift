import HiveCore

/// What is still to be embedded. A document that changes meanwhile gets a new ticket, and only the holder of the last
/// ticket writes its vector.
struct MeaningBacklog {
    /// One state of a document that was noted.
    struct Entry: Sendable {
        let address: DocumentAddress
        let ticket: UInt64
    }

    private var tickets: [DocumentAddress: UInt64] = [:]
    /// Noted, and not looked for on the shelf yet.
    private var noted: [Entry] = []
    /// Not on the shelf, so that the embedder is to be asked; the newest last.
    private var missing: [Entry] = []
    private var isSorted = true
    private var nextTicket: UInt64 = 0

    /// Documents that wait.
    var count: Int { tickets.count }
    /// Entries that are held for them, with those that changed again.
    var held: Int { noted.count + missing.count }

    mutating func note(_ address: DocumentAddress) {
        nextTicket += 1
        tickets[address] = nextTicket
        noted.append(Entry(address: address, ticket: nextTicket))
    }

    /// The last that were noted, without those that have changed again.
    mutating func takeNoted(_ limit: Int) -> [Entry] { take(limit, from: \.noted) }

    /// The last that are missing, without those that have changed again.
    mutating func takeMissing(_ limit: Int) -> [Entry] {
        if !isSorted {
            missing.sort { $0.ticket < $1.ticket }
            isSorted = true
        }
        return take(limit, from: \.missing)
    }

    mutating func putBackNoted(_ entries: [Entry]) { noted += entries }

    mutating func miss(_ entries: [Entry]) {
        missing += entries
        isSorted = false
        // While a server is away, a document that changes often would leave an entry for each change.
        if missing.count > 2 * tickets.count + 1000 { missing.removeAll { tickets[$0.address] != $0.ticket } }
    }

    /// False where the document has changed since the ticket was given.
    mutating func settle(_ entry: Entry) -> Bool {
        guard tickets[entry.address] == entry.ticket else { return false }
        tickets[entry.address] = nil
        return true
    }

    private mutating func take(_ limit: Int, from queue: WritableKeyPath<Self, [Entry]>) -> [Entry] {
        var taken: [Entry] = []
        while taken.count < limit, let last = self[keyPath: queue].popLast() {
            if tickets[last.address] == last.ticket { taken.append(last) }
        }
        return taken
    }
}
