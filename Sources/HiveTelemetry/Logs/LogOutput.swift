public import Foundation
import Synchronization

/// Where log lines go: standard error, or a file that is put aside from time to time.
public final class LogOutput: Sendable {
    private let file: Mutex<RotatingLogFile?>
    private let dropped = Atomic<Int>(0)
    let now: @Sendable () -> Date

    /// Throws where the file cannot be opened.
    public init(_ settings: LogSettings, now: @escaping @Sendable () -> Date) throws {
        self.now = now
        file = Mutex(try settings.file.map { try RotatingLogFile(path: $0, settings: settings, now: now()) })
    }

    /// How many lines could not be written.
    public var droppedLines: Int { dropped.load(ordering: .relaxed) }

    /// Writes one line, whole. A line that cannot be written is counted and lost: a full disk holds nobody up.
    func write(_ line: String) {
        let time = now()
        let bytes = Array((line + "\n").utf8)
        let isWritten = file.withLock { file in
            guard file != nil else { return FileBytes.write(bytes, to: 2) }
            return file?.write(bytes, at: time) ?? false
        }
        if !isWritten { dropped.add(1, ordering: .relaxed) }
    }

    /// Opens the file anew, as after somebody else has moved it away. Throws where it cannot be opened; the former one
    /// stays in use then.
    public func reopen() throws { try file.withLock { try $0?.reopen(at: now()) } }

    /// Compresses what was put aside and removes what is old; what an earlier run left is taken care of as well.
    public func tidy() throws {
        let time = now()
        // Beside the lock: lines go on to be written meanwhile.
        try file.withLock { $0?.shelf }?.tidy(now: time)
    }
}
