import HiveCore
import Logging
import Synchronization

/// The vectors of all memories of a node by one model: a projection in memory, brought up to the store behind the writes.
///
/// What a write changed is noted and embedded later, so that no write waits for an embedder. Until then a search finds the
/// document by its words only, and says how many it has not seen. Vectors of a server are kept on a shelf, so that a
/// restart does not ask for them again.
final class MeaningIndex: Sendable {
    /// Of a longer text only so many bytes are embedded.
    static let maximumBytes = 64 << 10
    private static let rememberedQuestions = 256

    let embedder: any Embedder
    let shelf: VectorShelf?
    private let kernel: NodeKernel
    /// Whether the embedder is asked for texts; a model that leaves serves with what is on its shelf.
    private let asksForTexts: Bool
    private let contents: Mutex<MeaningContents>
    private let backlog = Mutex(MeaningBacklog())
    private let recent = Mutex(RecentQuestions(limit: rememberedQuestions))
    /// Why the last batch could not be embedded; nil once one was.
    private let trouble = Mutex<String?>(nil)
    /// Whether the embedder has ever answered.
    private let hasAnswered = Mutex(false)
    private let (arrivals, arrival) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))

    /// A document that is to be embedded, as the store has it; nil where it is not to be found any more.
    private typealias Document = (backlog: MeaningBacklog.Entry, entry: IndexEntry?)

    init(embedder: any Embedder, kernel: NodeKernel, asksForTexts: Bool = true) {
        self.embedder = embedder
        self.kernel = kernel
        self.asksForTexts = asksForTexts
        shelf = embedder.server == nil ? nil : VectorShelf(model: embedder.model)
        let known = embedder.dimensions
        contents = Mutex(MeaningContents(dimensions: known > 0 ? known : nil))
    }

    /// How many documents have changed and were not embedded yet.
    var unseen: Int { backlog.withLock { $0.count } }
    /// How many documents can be found by what they mean.
    var count: Int { contents.withLock { $0.count } }
    /// How many components the vectors have; nil until one is there.
    var dimensions: Int? { contents.withLock { $0.dimensions } }
    /// The documents that can be found by what they mean.
    var documents: Set<DocumentAddress> { snapshot.documents }
    /// What is there now; what a writer does meanwhile does not show in it.
    private var snapshot: MeaningContents { contents.withLock { $0 } }
    /// How much of a score is its meaning, as measured for this kind of model.
    var weight: Double { embedder.server == nil ? ScoreFusion.meaningWeight : ScoreFusion.modelWeight }
    /// Why texts or questions are not embedded at present; nil where all is well.
    var problem: String? { embedder.server?.problem ?? trouble.withLock { $0 } }

    // MARK: Keeping up

    /// Notes documents that changed, or may have.
    func note(_ addresses: some Sequence<DocumentAddress>) {
        backlog.withLock { backlog in
            for address in addresses { backlog.note(address) }
        }
        arrival.yield()
    }

    /// Notes all that the store holds.
    func noteAll() throws {
        // The newest go last, so that they are taken first: what was written last is asked for soon after a start.
        note(try kernel.read { try $0.index.search(SearchQuery(limit: .max)).map(\.address).reversed() })
    }

    /// Takes up all that the store holds, then what changes, until cancelled. An embedder that fails is asked again later.
    ///
    /// - Parameter caughtUp: called whenever nothing is left to embed.
    func run(logger: Logger, caughtUp: @Sendable () async throws -> Void = {}) async throws {
        try noteAll()
        var diary = MeaningDiary(model: embedder.model, logger: logger)
        for await _ in arrivals {
            do {
                try await catchUp { diary.tell(count: self.count, unseen: self.unseen) }
                try await greet()
                try await caughtUp()
                diary.tellRecovery(unseen: unseen)
            } catch is CancellationError { return } catch {
                let pause = diary.tell(error, problem: problem, unseen: unseen, wait: embedder.server?.pause)
                do { try await Task.sleep(for: pause) } catch { return }
                arrival.yield()
            }
        }
    }

    /// Asks a server for something until it has answered: one that is not there is to be known before it is needed.
    private func greet() async throws {
        guard asksForTexts, embedder.server != nil, !hasAnswered.withLock({ $0 }) else { return }
        _ = try await vectors(of: ["hello"])
    }

    /// Ends `run`.
    func stop() { arrival.finish() }

    /// Embeds all that was noted.
    ///
    /// - Parameter progress: called after each batch.
    func catchUp(progress: () -> Void = {}) async throws {
        while true {
            try await takeFromShelf()
            let taken = backlog.withLock { $0.takeMissing(embedder.batch) }
            guard !taken.isEmpty else { return trouble.withLock { $0 = nil } }
            do { try await embed(taken) } catch {
                backlog.withLock { $0.miss(taken) }
                if !(error is CancellationError) { trouble.withLock { $0 = "\(error)" } }
                throw error
            }
            progress()
            try Task.checkCancellation()
        }
    }

    /// Takes vectors from the shelf, of all that was noted, and leaves the rest to be embedded.
    private func takeFromShelf() async throws {
        while true {
            let noted = backlog.withLock { $0.takeNoted(256) }
            guard !noted.isEmpty else { return }
            guard let shelf else {
                backlog.withLock { $0.miss(noted) }
                continue
            }
            do { try await takeFromShelf(shelf, noted) } catch {
                backlog.withLock { $0.putBackNoted(noted) }
                throw error
            }
        }
    }

    private func takeFromShelf(_ shelf: VectorShelf, _ noted: [MeaningBacklog.Entry]) async throws {
        let (documents, kept) = try kernel.read { transaction in
            (
                try self.documents(noted, in: transaction),
                try noted.map { try shelf.vector(of: $0.address, in: transaction) }
            )
        }
        var missing: [MeaningBacklog.Entry] = []
        var gone: [DocumentAddress] = []
        for (document, kept) in zip(documents, kept) {
            guard let entry = document.entry else {
                if kept != nil { gone.append(document.backlog.address) }
                settle(document.backlog) { $0.remove(document.backlog.address) }
                continue
            }
            if let kept, kept.textHash == StoredVector.hash(of: entry.text), isExpected(kept.dimensions) {
                settle(document.backlog) { $0.put(kept.vector, entry) }
            } else if asksForTexts {
                missing.append(document.backlog)
            } else {
                settle(document.backlog) { $0.remove(entry.address) }
            }
        }
        if !gone.isEmpty {
            let leaving = gone
            try await kernel.write { try VectorShelf.remove(leaving, in: $0.transaction) }
        }
        backlog.withLock { $0.miss(missing) }
    }

    private func embed(_ taken: [MeaningBacklog.Entry]) async throws {
        let documents = try kernel.read { try self.documents(taken, in: $0) }
        let vectors = try await self.vectors(of: documents.map { $0.entry?.text ?? "" })
        let kept = try await keep(vectors, of: documents)
        for (document, vector) in zip(documents, kept) {
            settle(document.backlog) { contents in
                guard let entry = document.entry, let vector else { return contents.remove(document.backlog.address) }
                contents.put(vector, entry)
            }
        }
    }

    /// Puts vectors on the shelf, if there is one. Returns them as they are after a restart, to the last bit.
    private func keep(_ vectors: [[Float]?], of documents: [Document]) async throws -> [[Float]?] {
        guard let shelf else { return vectors }
        let stored = zip(documents, vectors).map { document, vector in
            vector.map { StoredVector($0, textHash: StoredVector.hash(of: document.entry?.text ?? "")) }
        }
        let rows = zip(documents, stored).compactMap { document, vector in
            vector.map { (address: document.backlog.address, vector: $0) }
        }
        try await kernel.write { try shelf.put(rows, in: $0.transaction) }
        return stored.map { $0?.vector }
    }

    private func documents(
        _ taken: [MeaningBacklog.Entry], in transaction: any StoreTransaction
    ) throws -> [Document] {
        try taken.map { document in
            let state = try transaction.documents.state(document.address)
            var entry = try state.flatMap { try transaction.indexEntry(of: $0) }
            if let text = entry?.text { entry?.text = Self.readable(text) }
            return (document, entry)
        }
    }

    /// Writes what came of a document, unless it has changed since it was taken.
    private func settle(_ document: MeaningBacklog.Entry, _ write: (inout MeaningContents) -> Void) {
        contents.withLock { contents in
            guard backlog.withLock({ $0.settle(document) }) else { return }
            write(&contents)
        }
    }

    /// Until one vector is there, any number of components is right.
    private func isExpected(_ dimensions: Int) -> Bool { self.dimensions.map { $0 == dimensions } ?? true }

    private static func readable(_ text: String) -> String {
        text.utf8.count <= maximumBytes ? text : String(decoding: text.utf8.prefix(maximumBytes), as: UTF8.self)
    }

    // MARK: Asking

    /// Vectors of texts; throws where the embedder does not keep its promises.
    func vectors(of texts: [String]) async throws -> [[Float]?] {
        let vectors = try await embedder.embed(texts.map(Self.readable))
        guard vectors.count == texts.count else {
            throw StoreError(
                .failed, "the model \(embedder.model) answered \(texts.count) texts with \(vectors.count) vectors",
                hint: "check which model the embedding server runs")
        }
        let expected = dimensions ?? vectors.lazy.compactMap(\.?.count).first
        for vector in vectors { try check(vector, expected) }
        hasAnswered.withLock { $0 = true }
        return vectors
    }

    /// The direction of a question; nil where it has none. Throws where there is none soon.
    func direction(of question: String) async throws -> [Float]? {
        if let known = recent.withLock({ $0.vector(of: question) }), isExpected(known.count) { return known }
        let vector = try await embedder.embed(question: Self.readable(question))
        try check(vector, dimensions)
        if let vector { recent.withLock { $0.remember(vector, of: question) } }
        return vector
    }

    /// Throws where a vector has another number of components than is expected, if that is known.
    private func check(_ vector: [Float]?, _ expected: Int?) throws {
        guard let vector, let expected, vector.count != expected else { return }
        throw StoreError(
            .failed,
            "the model \(embedder.model) answered with \(vector.count) components instead of \(expected)",
            hint: "check which model the embedding server runs; if it is another one on purpose, name its dimensions")
    }

    /// The documents that mean most nearly the same, among those that the filters of a query admit.
    func search(_ vector: [Float], _ query: SearchQuery, limit: Int) -> [(address: DocumentAddress, cosine: Float)] {
        snapshot.search(vector, query, limit: limit)
    }

    /// The vectors that are kept of documents, where they have one.
    func vectors(keptOf addresses: [DocumentAddress]) -> [DocumentAddress: [Float]] {
        snapshot.vectors(of: addresses)
    }

    /// The cosine of each document to a vector, where it has one.
    func cosines(of addresses: [DocumentAddress], to vector: [Float]) -> [DocumentAddress: Float] {
        snapshot.cosines(of: addresses, to: vector)
    }
}
