import Foundation

/// Log files that were put aside: `hived.log-20261121T090000.000Z`, compressed ones with `.gz`.
struct LogShelf: Sendable {
    let path: String
    let compresses: Bool
    /// Seconds.
    let retention: Int64

    private var folder: String { (path as NSString).deletingLastPathComponent }
    private var name: String { (path as NSString).lastPathComponent }

    /// Gives the present file a name of its own, which none has yet.
    func putAside(at time: Date) throws {
        let stamp = time.formatted(
            Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted, includingFractionalSeconds: true))
        var target = "\(path)-\(stamp)"
        var number = 1
        while FileManager.default.fileExists(atPath: target) || FileManager.default.fileExists(atPath: target + ".gz") {
            number += 1
            target = "\(path)-\(stamp)-\(number)"
        }
        try FileManager.default.moveItem(atPath: path, toPath: target)
    }

    /// Compresses what is not compressed yet, and removes what is older than it is to be kept. Throws the first problem,
    /// after all files were looked at.
    func tidy(now: Date) throws {
        var problem: (any Error)?
        for file in try files() {
            do { try tidy(folder.isEmpty ? file : "\(folder)/\(file)", now: now) } catch { problem = problem ?? error }
        }
        if let problem { throw problem }
    }

    private func tidy(_ file: String, now: Date) throws {
        let changed = try FileManager.default.attributesOfItem(atPath: file)[.modificationDate] as? Date
        if let changed, now.timeIntervalSince(changed) > Double(retention) {
            try FileManager.default.removeItem(atPath: file)
        } else if compresses, !file.hasSuffix(".gz") {
            try GzipFile.compress(file)
        }
    }

    /// By name, and so by time. Halves that a crash left are no log files.
    private func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder).filter {
            $0.hasPrefix(name + "-") && Self.isStamp($0.dropFirst(name.count + 1))
        }.sorted()
    }

    /// Only what was put aside here: a file may begin with the same name and be somebody's notes.
    private static func isStamp(_ text: Substring) -> Bool {
        text.wholeMatch(of: #/\d{8}T\d{6}\.\d{3}Z(-\d+)?(\.gz)?/#) != nil
    }
}
