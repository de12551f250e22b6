import HiveStore
import Logging
import Synchronization

/// `decisions.jsonl`, sealed where the store is.
final class DecisionJournal: Sendable {
    private let lines: LineJournal
    private let cipher: StoreCipher?
    /// Lines are sealed in the order in which they are written.
    private let turn = Mutex(())
    private let hasFailed = Mutex(false)

    /// Brings what is recorded already to what the store is to be like. Keys are at hand before the store is opened, and
    /// where it is to become plain it keeps them until then: a crash between leaves nothing that cannot be read.
    init(_ lines: LineJournal, _ protection: StoreProtection) throws {
        self.lines = lines
        if case .sealed(let cipher) = protection { self.cipher = cipher } else { cipher = nil }
        if case .unsealing(let cipher) = protection { try lines.rewrite { cipher.plain(line: $0) } }
    }

    /// Seals every line with the newest data key.
    func reseal() throws {
        guard let cipher else { return }
        try lines.rewrite { try cipher.renewed(line: $0) }
    }

    /// Takes decisions as they are made. What cannot be written is said once, and decided all the same.
    func recorder(logger: Logger) -> @Sendable ([UInt8]) -> Void {
        { line in
            do {
                try self.append(line)
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

    private func append(_ line: [UInt8]) throws {
        try turn.withLock { _ in try lines.append(try cipher?.seal(line: line) ?? line) }
    }
}
