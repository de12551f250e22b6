import HiveAPI
import HiveCore

/// Where a list of hits goes on: how many were shown, and when the first page was asked for.
struct SearchCursor: Sendable, Hashable {
    let offset: Int
    /// Nil for lists that are not ranked.
    let asked: Timestamp?

    /// No cursor that was given out lies further on.
    private static let last = 1 << 40
    /// To rank a page, all pages before it must be ranked.
    private static let lastRanked = 10_000
    /// The end of the year 9999, in Unix milliseconds.
    private static let lastTime: Int64 = 253_402_300_799_999

    init(offset: Int, asked: Timestamp?) {
        self.offset = offset
        self.asked = asked
    }

    /// Throws `invalid_input` for a text that is no cursor; nil stands for the first page.
    init(_ text: String?) throws(HiveError) {
        guard let text else {
            self.init(offset: 0, asked: nil)
            return
        }
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        let asked = parts.count > 1 ? Int64(parts[1]) : 0
        guard let offset = Int(parts[0]), (0...Self.last).contains(offset), let asked,
            (0...Self.lastTime).contains(asked)
        else {
            throw HiveError(.invalidInput, "`\(text)` is no cursor", hint: "use `next` of an earlier answer")
        }
        guard parts.count == 1 || offset <= Self.lastRanked else {
            throw HiveError(
                .invalidInput, "a ranked list ends after \(Self.lastRanked) hits", hint: "ask more precisely, or filter"
            )
        }
        self.init(offset: offset, asked: parts.count > 1 ? Timestamp(milliseconds: asked) : nil)
    }

    var text: String { asked.map { "\(offset)@\($0.milliseconds)" } ?? String(offset) }
}
