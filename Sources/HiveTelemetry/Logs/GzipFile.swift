import CZlib
import Foundation

/// Compresses files, as `gzip` does.
enum GzipFile {
    /// Behind the name of a file that is not whole yet.
    static let half = ".gz.part"

    /// Puts `PATH.gz` into the place of a file, with the time of the file.
    static func compress(_ path: String) throws {
        let part = path + half
        let times = try FileManager.default.attributesOfItem(atPath: path)
        do { try write(path, to: part) } catch {
            // What is half is made anew by the next try; that it cannot be removed matters less than why it is half.
            _ = unlink(part)
            throw error
        }
        if let changed = times[.modificationDate] {
            try FileManager.default.setAttributes(
                [.modificationDate: changed, .posixPermissions: 0o600], ofItemAtPath: part)
        }
        guard rename(part, path + ".gz") == 0 else { throw CocoaError(.fileWriteUnknown) }
        try FileManager.default.removeItem(atPath: path)
    }

    private static func write(_ path: String, to part: String) throws {
        guard let input = FileHandle(forReadingAtPath: path) else { throw CocoaError(.fileReadNoPermission) }
        guard let output = gzopen(part, "wb6") else { throw CocoaError(.fileWriteUnknown) }
        var isWhole = true
        while isWhole, let bytes = try input.read(upToCount: 1 << 16), !bytes.isEmpty {
            isWhole = bytes.withUnsafeBytes { Int(gzwrite(output, $0.baseAddress, UInt32($0.count))) == $0.count }
        }
        // The end is written, and with it what was held back.
        let isClosed = gzclose(output) == Z_OK
        guard isWhole, isClosed else { throw CocoaError(.fileWriteOutOfSpace) }
    }
}
