import Logging
import Synchronization

/// Decisions as they are made, in `decisions.jsonl`.
final class DecisionJournal: Sendable {
    let file: JournalFile
    private let hasFailed = Mutex(false)

    init(_ file: JournalFile) { self.file = file }

    /// Takes decisions as they are made. What cannot be written is said once, and decided all the same.
    func recorder(logger: Logger) -> @Sendable ([UInt8]) -> Void {
        { line in
            do {
                try self.file.append(line)
                self.hasFailed.withLock { $0 = false }
            } catch {
                let isFirst = self.hasFailed.withLock { known in
                    defer { known = true }
                    return !known
                }
                if isFirst { logger.error("decisions are not recorded: \(error)") }
            }
        }
    }
}
