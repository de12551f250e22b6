import Foundation

/// Measures what two replicas do with each other, on real stores and with real signatures but without sockets. Prints
/// one JSON document.
///
///     sync-bench heal COUNT | bootstrap COUNT | reconnect COUNT MISSING
@main
struct SyncBench {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        let numbers = arguments.dropFirst().compactMap { Int($0) }
        guard let name = arguments.first, let count = numbers.first, count > 0 else { usage() }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sync-bench-\(getpid())").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let found: [String: Double]
        switch name {
        case "heal": found = try Heal(folder: folder, count: count).run()
        case "bootstrap": found = try Bootstrap(folder: folder, count: count).run()
        case "reconnect": found = try Reconnect(folder: folder, count: count, missing: numbers.last ?? 0).run()
        default: usage()
        }
        let data = try JSONEncoder().encode(found)
        print(String(decoding: data, as: UTF8.self))
    }

    private static func usage() -> Never {
        print("usage: sync-bench heal COUNT | bootstrap COUNT | reconnect COUNT MISSING")
        exit(64)
    }
}
