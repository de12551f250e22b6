import HiveCore
import Logging
import Synchronization

/// The vectors that questions are compared with: those of the configured model; until these are complete, those of the model
/// before it.
final class MeaningSuccession: Sendable {
    let current: MeaningIndex
    private let formerIndex: Mutex<MeaningIndex?>
    private let kernel: NodeKernel
    private let lastTrouble = Mutex<String?>(nil)

    /// - Parameter former: the embedder of a model that was in service, by its name; of the one before the first, by nil.
    ///   Answers nil where it cannot be had any more.
    init(
        embedder: any Embedder, former: (String?) -> (any Embedder)?, kernel: NodeKernel
    ) throws {
        self.kernel = kernel
        current = MeaningIndex(embedder: embedder, kernel: kernel)
        var before: (any Embedder)?
        if embedder.server != nil {
            let served = try kernel.read { try VectorShelf.models(in: $0) }.first(where: \.isInService)
            if served?.name != embedder.model { before = former(served?.name) }
        }
        formerIndex = Mutex(before.map { MeaningIndex(embedder: $0, kernel: kernel, asksForTexts: $0.server == nil) })
    }

    /// The model that serves until the current one is complete; nil once it is, and where there is none.
    var former: MeaningIndex? { formerIndex.withLock { $0 } }

    func note(_ addresses: some Sequence<DocumentAddress>) {
        current.note(addresses)
        former?.note(addresses)
    }

    func noteAll() throws {
        try current.noteAll()
        try former?.noteAll()
    }

    /// What a question means by the model that serves, else by the other one; or why it is answered by its words only.
    func question(_ text: String, logger: Logger) async -> MeaningQuestion {
        var question = MeaningQuestion(index: current)
        for index in [former, current].compactMap({ $0 }) {
            question.index = index
            do {
                question.vector = try await index.direction(of: text)
                if question.degraded == nil { lastTrouble.withLock { $0 = nil } }
                return question
            } catch {
                let reason = index.problem ?? "\(error)"
                question.degraded = "not compared by meaning with \(index.embedder.model): \(reason)"
                let isNew = lastTrouble.withLock { last in
                    defer { last = reason }
                    return last != reason
                }
                if isNew { logger.warning("questions are answered without \(index.embedder.model): \(reason)") }
            }
        }
        return question
    }

    /// Keeps both up to the store until cancelled. The former model goes once the current one is complete.
    func run(logger: Logger) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            if let former {
                logger.notice(
                    "memories get vectors of \(current.embedder.model); \(former.embedder.model) serves meanwhile")
                group.addTask { try await former.run(logger: logger) }
            }
            group.addTask {
                try await self.current.run(logger: logger) { try await self.succeed(logger: logger) }
                throw CancellationError()
            }
            do { while try await group.next() != nil {} } catch is CancellationError { group.cancelAll() }
        }
    }

    /// Puts the current model into service, if it is not, and drops the vectors of all others.
    func succeed(logger: Logger) async throws {
        let name = current.embedder.model
        let others = try kernel.read { try VectorShelf.models(in: $0) }.filter { $0.name != name }
        if let dimensions = current.dimensions, current.shelf != nil {
            let served = try kernel.read { try VectorShelf.model(name, in: $0) }
            if served?.isInService != true {
                let model = VectorShelf.Model(name: name, dimensions: dimensions, isInService: true)
                try await kernel.write { try VectorShelf.register(model, in: $0.transaction) }
                try await sweep()
            }
        }
        for other in others {
            while try await kernel.write({ try VectorShelf.drop(other.name, in: $0.transaction) }) {}
        }
        let leaving = formerIndex.withLock { former in
            defer { former = nil }
            return former
        }
        if let leaving {
            leaving.stop()
            logger.notice(
                "\(current.count) memories have vectors of \(name); \(leaving.embedder.model) serves no longer")
        }
    }

    /// Drops vectors on the shelf of documents that went while nobody looked.
    private func sweep() async throws {
        guard let shelf = current.shelf else { return }
        let wanted = VectorShelf.keys(of: current.documents)
        var key: [UInt8]?
        repeat {
            let after = key
            key = try await kernel.write { try shelf.sweep(after: after, keeping: wanted, in: $0.transaction) }
        } while key != nil
    }
}
