/// The directions of questions that were asked lately: people and agents ask the same again, and a server takes its time.
struct RecentQuestions {
    private let limit: Int
    private var vectors: [String: (vector: [Float], use: UInt64)] = [:]
    private var uses: UInt64 = 0

    /// - Parameter limit: how many are remembered; the one that was used longest ago goes first.
    init(limit: Int) { self.limit = limit }

    mutating func vector(of question: String) -> [Float]? {
        guard let known = vectors[question] else { return nil }
        uses += 1
        vectors[question]?.use = uses
        return known.vector
    }

    mutating func remember(_ vector: [Float], of question: String) {
        uses += 1
        vectors[question] = (vector, uses)
        guard vectors.count > limit, let oldest = vectors.min(by: { $0.value.use < $1.value.use }) else { return }
        vectors[oldest.key] = nil
    }
}
