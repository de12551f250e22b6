import Foundation
import HiveAPI
import HiveEmbedding

/// A node's search over real texts, by words alone and by words and meaning, and how long a start takes to have all vectors.
///
/// `HIVE_BENCH_TEXTS` names a file with a text on each line. Questions are some words of texts that are there.
struct HybridSearch {
    let folder: String
    private static let questions = 400

    func run() async throws {
        guard let path = ProcessInfo.processInfo.environment["HIVE_BENCH_TEXTS"] else {
            return report("hybrid search", "skipped: HIVE_BENCH_TEXTS names no file")
        }
        let texts = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
        for count in [10_000, 100_000] where texts.count >= count { try await measure(Array(texts.prefix(count))) }
    }

    private func measure(_ texts: [String]) async throws {
        let name = "hybrid-\(texts.count)"
        let writing = try BenchNode(name, folder: folder)
        try await fill(writing, texts)
        let clock = ContinuousClock()
        let asked = stride(from: 0, to: texts.count, by: texts.count / Self.questions).map { Self.question(texts[$0]) }
        let words = try await latencies(writing, asked, clock)
        writing.stop()
        let reading = try BenchNode(name, folder: folder, after: writing, embedder: StaticEmbedder())
        defer { reading.stop() }
        let start = clock.now
        while await Self.seen(by: reading) < texts.count { try await Task.sleep(for: .milliseconds(5)) }
        let filling = clock.now - start
        let both = try await latencies(reading, asked, clock)
        report("\(texts.count) memories, vectors there after", String(format: "%8.2f s", seconds(filling)))
        report("search by words", words)
        report("search by words and meaning", both)
    }

    private static func seen(by bench: BenchNode) async -> Int {
        let sample = await bench.node.metrics().first { $0.name == "hive_meaning_memories" }
        return Int(sample?.value ?? 0)
    }

    private func fill(_ bench: BenchNode, _ texts: [String]) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in 0..<64 {
                group.addTask {
                    for place in stride(from: lane, to: texts.count, by: 64) {
                        _ = try await bench.node.store(StoreMemory(content: texts[place]), as: .agent)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    private func latencies(_ bench: BenchNode, _ asked: [String], _ clock: ContinuousClock) async throws -> String {
        var durations: [Duration] = []
        for question in asked {
            let start = clock.now
            _ = try await bench.node.search(MemoryQuery(q: question, limit: 10), as: .agent)
            durations.append(clock.now - start)
        }
        durations.sort()
        let (middle, last) = (durations[durations.count / 2], durations[durations.count * 99 / 100])
        return String(format: "p50 %6.2f ms  p99 %6.2f ms", seconds(middle) * 1000, seconds(last) * 1000)
    }

    /// Every third word of a text, at most five.
    private static func question(_ text: String) -> String {
        text.split(separator: " ").enumerated().filter { $0.offset % 3 == 1 }.prefix(5).map { String($0.element) }
            .joined(separator: " ")
    }
}
