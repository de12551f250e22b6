import HiveCore
import Logging
import Synchronization

/// The vectors of all memories of a node: a projection in memory, brought up to the store behind the writes.
///
/// What a write changed is noted and embedded later, so that no write waits for an embedder. Until then a search finds the
/// document by its words only, and says how many it has not seen.
final class MeaningIndex: Sendable {
    /// Of a longer text only so many bytes are embedded.
    static let maximumBytes = 64 << 10
    private static let batch = 64

    let embedder: any Embedder
    private let kernel: NodeKernel
    private let contents: Mutex<Contents>
    private let backlog = Mutex(Backlog())
    private let (arrivals, arrival) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))

    private struct Contents {
        var vectors: VectorIndex
        /// What filters need to know of each document that has a vector; without its text.
        var entries: [DocumentAddress: IndexEntry] = [:]
    }

    /// What is still to be embedded. A document that changes meanwhile gets a new ticket, and only the holder of the last
    /// ticket writes its vector.
    private struct Backlog {
        var tickets: [DocumentAddress: UInt64] = [:]
        var queue: [(address: DocumentAddress, ticket: UInt64)] = []
        var nextTicket: UInt64 = 0

        /// The last of the queue, without those that have changed again.
        mutating func take(_ limit: Int) -> [(address: DocumentAddress, ticket: UInt64)] {
            var taken: [(address: DocumentAddress, ticket: UInt64)] = []
            while taken.count < limit, let last = queue.popLast() {
                if tickets[last.address] == last.ticket { taken.append(last) }
            }
            return taken
        }
    }

    init(embedder: any Embedder, kernel: NodeKernel) {
        self.embedder = embedder
        self.kernel = kernel
        contents = Mutex(Contents(vectors: VectorIndex(dimensions: embedder.dimensions)))
    }

    /// How many documents have changed and were not embedded yet.
    var unseen: Int { backlog.withLock { $0.tickets.count } }
    /// How many documents can be found by what they mean.
    var count: Int { contents.withLock { $0.vectors.count } }

    // MARK: Keeping up

    /// Notes documents that changed, or may have.
    func note(_ addresses: some Sequence<DocumentAddress>) {
        backlog.withLock { backlog in
            for address in addresses {
                backlog.nextTicket += 1
                backlog.tickets[address] = backlog.nextTicket
                backlog.queue.append((address, backlog.nextTicket))
            }
        }
        arrival.yield()
    }

    /// Notes all that the store holds.
    func noteAll() throws {
        // The newest go last, so that they are taken first: what was written last is asked for soon after a start.
        note(try kernel.read { try $0.index.search(SearchQuery(limit: .max)).map(\.address).reversed() })
    }

    /// Takes up all that the store holds, then what changes, until cancelled. An embedder that fails is asked again later.
    func run(logger: Logger) async throws {
        try noteAll()
        for await _ in arrivals {
            do { try await catchUp() } catch is CancellationError { return } catch {
                logger.error("texts cannot be embedded, it is tried again in five seconds: \(error)")
                do { try await Task.sleep(for: .seconds(5)) } catch { return }
                arrival.yield()
            }
        }
    }

    /// Embeds all that was noted.
    func catchUp() async throws {
        while true {
            let taken = backlog.withLock { $0.take(Self.batch) }
            guard !taken.isEmpty else { return }
            do { try await embed(taken) } catch {
                backlog.withLock { $0.queue += taken }
                throw error
            }
            try Task.checkCancellation()
        }
    }

    private func embed(_ taken: [(address: DocumentAddress, ticket: UInt64)]) async throws {
        let entries = try kernel.read { transaction in
            try taken.map { document in
                try transaction.documents.state(document.address).flatMap { try transaction.indexEntry(of: $0) }
            }
        }
        let vectors = try await self.vectors(of: entries.map { $0?.text ?? "" })
        for (document, (entry, vector)) in zip(taken, zip(entries, vectors)) {
            contents.withLock { contents in
                guard settle(document.address, document.ticket) else { return }
                guard var entry, let vector else {
                    contents.entries[document.address] = nil
                    return contents.vectors.remove(document.address)
                }
                entry.text = ""
                contents.entries[document.address] = entry
                contents.vectors.put(vector, for: document.address)
            }
        }
    }

    /// False where the document has changed since the ticket was given.
    private func settle(_ address: DocumentAddress, _ ticket: UInt64) -> Bool {
        backlog.withLock { backlog in
            guard backlog.tickets[address] == ticket else { return false }
            backlog.tickets[address] = nil
            return true
        }
    }

    // MARK: Asking

    /// Vectors of texts; throws where the embedder does not keep its promises.
    func vectors(of texts: [String]) async throws -> [[Float]?] {
        let readable = texts.map { text in
            text.utf8.count <= Self.maximumBytes
                ? text : String(decoding: text.utf8.prefix(Self.maximumBytes), as: UTF8.self)
        }
        let vectors = try await embedder.embed(readable)
        let areRight = vectors.allSatisfy { $0.map { $0.count == embedder.dimensions } ?? true }
        guard vectors.count == texts.count, areRight else {
            throw StoreError(
                .failed, "the model \(embedder.model) answered \(texts.count) texts with other vectors than it should",
                hint: "check which model the embedding server runs")
        }
        return vectors
    }

    /// The documents that mean most nearly the same, among those that the filters of a query admit.
    func search(_ vector: [Float], _ query: SearchQuery, limit: Int) -> [(address: DocumentAddress, cosine: Float)] {
        contents.withLock { contents in
            let entries = contents.entries
            return contents.vectors.search(vector, limit: limit) { entries[$0].map(query.admits) ?? false }
        }
    }

    /// The vectors that are kept of documents, where they have one.
    func vectors(keptOf addresses: [DocumentAddress]) -> [DocumentAddress: [Float]] {
        contents.withLock { contents in
            var kept: [DocumentAddress: [Float]] = [:]
            for address in addresses { kept[address] = contents.vectors.vector(of: address) }
            return kept
        }
    }

    /// The cosine of each document to a vector, where it has one.
    func cosines(of addresses: [DocumentAddress], to vector: [Float]) -> [DocumentAddress: Float] {
        contents.withLock { $0.vectors.cosines(of: addresses, to: vector) }
    }
}
