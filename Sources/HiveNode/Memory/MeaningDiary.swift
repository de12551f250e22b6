import Logging

/// What a node says in its log while it embeds: how far it is, and each trouble once.
struct MeaningDiary {
    private static let firstPause = Duration.seconds(1)
    private static let longestPause = Duration.seconds(15)

    private let model: String
    private let logger: Logger
    private var told: String?
    private var pause = firstPause
    private var nextTold = 0

    init(model: String, logger: Logger) {
        self.model = model
        self.logger = logger
    }

    /// After a batch: says how far it is, ten times until it is done.
    mutating func tell(count: Int, unseen: Int) {
        pause = Self.firstPause
        let all = count + unseen
        guard unseen > 0, all >= 1000, count >= nextTold else { return }
        nextTold = count + max(100, all / 10)
        logger.info("\(count) of \(all) memories have vectors of \(model)")
    }

    mutating func tellRecovery(unseen: Int) {
        guard told != nil else { return }
        told = nil
        pause = Self.firstPause
        nextTold = 0
        logger.notice("memories are embedded again by \(model)")
    }

    /// Says what went wrong, unless it was said before. Returns how long to wait until it is tried again.
    ///
    /// - Parameter wait: milliseconds for which the server is not asked.
    mutating func tell(_ error: any Error, problem: String?, unseen: Int, wait: Int64?) -> Duration {
        let text = problem ?? "\(error)"
        if told != text {
            told = text
            logger.warning("\(unseen) memories are found by their words only, until \(model) embeds them: \(text)")
        }
        defer { pause = min(Self.longestPause, pause * 2) }
        return wait.map { .milliseconds($0) } ?? pause
    }
}
