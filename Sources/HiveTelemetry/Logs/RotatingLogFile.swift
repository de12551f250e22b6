import Foundation
import HiveAPI

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A log file that is put aside before it grows too large or too old. Lines are appended whole.
struct RotatingLogFile {
    let shelf: LogShelf
    private let path: String
    private let settings: LogSettings
    private var descriptor: Int32
    private var size: Int64
    /// When its first line was written.
    private var began: Date

    /// Throws where it cannot be opened.
    init(path: String, settings: LogSettings, now: Date) throws {
        self.path = path
        self.settings = settings
        shelf = LogShelf(path: path, compresses: settings.compresses, retention: settings.retention)
        descriptor = try Self.open(path)
        (size, began) = Self.measure(path, descriptor, now: now)
    }

    /// Whether the line was written.
    mutating func write(_ line: [UInt8], at time: Date) -> Bool {
        let isFull = size + Int64(line.count) > settings.size
        let isOld = time.timeIntervalSince(began) >= Double(settings.age)
        if size > 0, isFull || isOld { rotate(at: time) }
        guard FileBytes.write(line, to: descriptor) else { return false }
        if size == 0 { began = time }
        size += Int64(line.count)
        return true
    }

    mutating func reopen(at time: Date) throws {
        let opened = try Self.open(path)
        close(descriptor)
        descriptor = opened
        (size, began) = Self.measure(path, descriptor, now: time)
    }

    /// Where the file cannot be put aside or opened anew the present one is written on; the next line tries again. One that
    /// was put aside already needs only be opened anew.
    private mutating func rotate(at time: Date) {
        do {
            if FileManager.default.fileExists(atPath: path) { try shelf.putAside(at: time) }
            try reopen(at: time)
        } catch {
            let text = "error: the log file cannot be put aside: \(error)\n"
            _ = FileBytes.write(Array(text.utf8), to: 2)
        }
    }

    private static func open(_ path: String) throws -> Int32 {
        #if canImport(Darwin)
            let descriptor = Darwin.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        #else
            let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        #endif
        guard descriptor >= 0 else {
            throw HiveError(
                .invalidInput, "the log file `\(path)` cannot be opened: \(String(cString: strerror(errno)))",
                hint: "make its folder, writable for this user, or choose another with log.file")
        }
        return descriptor
    }

    /// How large it is, and when its first line says that it was written.
    private static func measure(_ path: String, _ descriptor: Int32, now: Date) -> (Int64, Date) {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_size > 0 else { return (0, now) }
        let head = FileHandle(forReadingAtPath: path)?.readData(ofLength: 512) ?? Data()
        let line = String(decoding: head, as: UTF8.self)
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        let time = line.firstMatch(of: #/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/#).flatMap {
            try? style.parse(String($0.0))
        }
        return (Int64(status.st_size), time ?? now)
    }
}
