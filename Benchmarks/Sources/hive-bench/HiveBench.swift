import Foundation

/// Seven measurements, each beside its yardstick in the same run: durable writes, bringing up an empty peer, the way of a
/// change to a peer, decisions, the closest vectors, the whole search, and encryption at rest, which `hive-bench encryption`
/// measures alone. Ratios travel between machines, absolute numbers do not.
@main
struct HiveBench {
    static func main() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hive-bench-\(UUID().uuidString)")
            .path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #if DEBUG
            print("note: this is a debug build; run it with -c release\n")
        #endif
        if CommandLine.arguments.dropFirst().first == "encryption" {
            return try await EncryptedStore(folder: folder).run()
        }
        try await DurableWrites(folder: folder).run()
        try await EmptyPeer(folder: folder).run()
        try Decisions().run()
        try SearchByMeaning().run()
        try await HybridSearch(folder: folder).run()
        try await EncryptedStore(folder: folder).run()
    }
}

/// Prints one result.
func report(_ what: String, _ value: String) {
    print("\(what.padding(toLength: 56, withPad: " ", startingAt: 0)) \(value)")
}

func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }

func rate(_ count: Int, _ duration: Duration) -> Double { Double(count) / seconds(duration) }
