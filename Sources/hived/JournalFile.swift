import HiveNode
import HiveStore
import Synchronization

/// A journal beside the database, sealed where the store is.
final class JournalFile: AccessJournal {
    private let lines: LineJournal
    private let cipher: StoreCipher?
    /// Lines are sealed in the order in which they are written.
    private let turn = Mutex(())

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

    func append(_ line: [UInt8]) throws {
        try turn.withLock { _ in try lines.append(try cipher?.seal(line: line) ?? line) }
    }

    func flush() throws { try lines.flush() }

    var files: Int { lines.files }

    func lines(ofFile number: Int) throws -> [[UInt8]] {
        let stored = try lines.lines(ofFile: number)
        guard let cipher else { return stored }
        return try stored.map { try cipher.open(line: $0) }
    }
}
