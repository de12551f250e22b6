public import HiveAPI
import HiveCore

extension Node {
    /// How many lines share a transaction: other writes wait no longer than for these.
    private static let linesTogether = 64

    public func importMemories(_ batch: ImportBatch, as caller: Caller) async throws -> ImportAnswer {
        try await naming {
            guard batch.lines.count <= ImportBatch.largest else {
                throw HiveError(
                    .tooLarge, "\(batch.lines.count) lines in one request, \(ImportBatch.largest) are allowed",
                    hint: "send them in several")
            }
            if let scope = batch.scope { try await demandScope(scope) }
            let writer = ImportWriter(settings: settings, scope: batch.scope, agent: caller.agent)
            var answer = ImportAnswer()
            for start in stride(from: 0, to: batch.lines.count, by: Self.linesTogether) {
                let lines = batch.lines[start..<min(start + Self.linesTogether, batch.lines.count)]
                let permitted = try lines.filter { try isPermitted($0, as: caller, &answer) }
                answer.add(try await write(permitted, with: writer, dryRun: batch.dryRun))
            }
            counters.add(Double(answer.created), to: "memories_stored")
            return answer
        }
    }

    /// Whether the law lets a line in. Operators have the past in hand, and decide for themselves.
    private func isPermitted(_ line: ImportLine, as caller: Caller, _ answer: inout ImportAnswer) throws -> Bool {
        guard caller.role == .agent else { return true }
        do { try permit(imported: line.memory, as: caller) } catch let error as HiveError where error.code == .denied {
            answer.fail(line.number, error)
            return false
        }
        return true
    }

    /// A scope that is no scope is the request's fault and not each line's.
    private func demandScope(_ name: String) async throws {
        try kernel.consult { replica, transaction in
            let lookup = try ScopeLookup(&replica, transaction)
            if ScopeName(name)?.kind != .agent { _ = try lookup.require(name) } else { _ = try lookup.find(name) }
        }
    }

    /// Carries what a dry run found out of the transaction that it undoes.
    private struct DryRun: Error { let answer: ImportAnswer }

    private func write(_ lines: [ImportLine], with writer: ImportWriter, dryRun: Bool) async throws -> ImportAnswer {
        do {
            return try await kernel.write { context in
                var answer = ImportAnswer()
                for line in lines { try Self.write(line, with: writer, in: &context, answer: &answer) }
                if dryRun { throw DryRun(answer: answer) }
                return answer
            }
        } catch let run as DryRun { return run.answer }
    }

    /// Writes one line in a savepoint of its own. What is wrong with the store ends the batch, what is wrong with the
    /// line ends the line.
    private static func write(
        _ line: ImportLine, with writer: ImportWriter, in context: inout WriteContext, answer: inout ImportAnswer
    ) throws {
        var attempt = context
        do {
            let outcome = try context.transaction.savepoint { try writer.write(line.memory, in: &attempt) }
            context = attempt
            switch outcome {
            case .created: answer.created += 1
            case .updated: answer.updated += 1
            case .unchanged: answer.unchanged += 1
            case .skipped(let reason): answer.skip(line.number, reason)
            }
        } catch let error as StoreError { throw error } catch { answer.fail(line.number, HiveError(error)) }
    }
}
