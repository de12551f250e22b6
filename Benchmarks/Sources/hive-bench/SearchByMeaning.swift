import Foundation
import HiveCore
import HiveEmbedding

/// Vectors of real texts: the ten closest that the index finds, beside those of exact search over all of them as numbers.
///
/// `HIVE_BENCH_TEXTS` names a file with a text on each line, at least 500 more than are indexed.
struct SearchByMeaning {
    private static let questions = 300
    private static let limit = 10

    func run() throws {
        guard let path = ProcessInfo.processInfo.environment["HIVE_BENCH_TEXTS"] else {
            return report("search by meaning", "skipped: HIVE_BENCH_TEXTS names no file")
        }
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
        let embedder = StaticEmbedder()
        var vectors: [[Float]] = []
        let duration = ContinuousClock().measure { vectors = lines.compactMap { embedder.vector(of: $0) } }
        report("texts to vectors", String(format: "%8.0f texts/s", rate(lines.count, duration)))
        for count in [20_000, 100_000] where vectors.count >= count + Self.questions { measure(vectors, count) }
    }

    private func measure(_ vectors: [[Float]], _ count: Int) {
        let addresses = (0..<count).map(Self.address)
        var index = VectorIndex(dimensions: vectors[0].count)
        let clock = ContinuousClock()
        let building = clock.measure {
            for (vector, address) in zip(vectors, addresses) { index.put(vector, for: address) }
        }
        let flat = Array(vectors.prefix(count).joined())
        var (fast, exact, found): ([Duration], [Duration], Int) = ([], [], 0)
        for question in vectors.suffix(Self.questions) {
            var hits: Set<DocumentAddress> = []
            fast.append(clock.measure { hits = Set(index.search(question, limit: Self.limit).map(\.address)) })
            var best: [Int] = []
            exact.append(clock.measure { best = Self.closest(to: question, in: flat) })
            found += best.count { hits.contains(addresses[$0]) }
        }
        let recall = Double(found) / Double(Self.questions * Self.limit)
        report("\(count) vectors into the index", String(format: "%8.0f vectors/s", rate(count, building)))
        report(
            "the 10 closest of \(count)",
            String(
                format: "p50 %.2f ms, exact search %.2f ms  recall@10 %.3f", Self.median(fast), Self.median(exact),
                recall
            ))
    }

    /// The places of the closest vectors, by a product with each.
    private static func closest(to question: [Float], in flat: [Float]) -> [Int] {
        var best: [(cosine: Float, place: Int)] = []
        flat.withUnsafeBufferPointer { flat in
            question.withUnsafeBufferPointer { question in
                for place in 0..<(flat.count / question.count) {
                    let start = place &* question.count
                    var sums = SIMD8<Float>.zero
                    for part in stride(from: 0, to: question.count, by: 8) {
                        sums += eight(flat, at: start &+ part) * eight(question, at: part)
                    }
                    let cosine = sums.sum()
                    guard best.count < limit || cosine > best[best.count - 1].cosine else { continue }
                    best.insert((cosine, place), at: best.firstIndex { $0.cosine < cosine } ?? best.count)
                    if best.count > limit { best.removeLast() }
                }
            }
        }
        return best.map(\.place)
    }

    @inline(__always)
    private static func eight(_ floats: UnsafeBufferPointer<Float>, at place: Int) -> SIMD8<Float> {
        UnsafeRawBufferPointer(floats).loadUnaligned(fromByteOffset: place &* 4, as: SIMD8<Float>.self)
    }

    private static func address(_ number: Int) -> DocumentAddress {
        let key = withUnsafeBytes(of: number.bigEndian) { Array($0) }
        return DocumentAddress(
            scope: ScopeID(.zero), document: .derived(kind: DocumentKind.semantic.rawValue, key: key, generation: 0))
    }

    private static func median(_ durations: [Duration]) -> Double {
        seconds(durations.sorted()[durations.count / 2]) * 1000
    }
}
