/// What a question means, and the vectors to compare it with; or why it is answered by its words only.
struct MeaningQuestion {
    /// Nil where it is asked for words only.
    var index: MeaningIndex?
    var vector: [Float]?
    /// What is missing in the answer; nil where nothing is.
    var degraded: String?

    static let wordsOnly = MeaningQuestion()
}
