/// Memories as one text for a language model, which never takes more tokens than it was given.
public struct ContextBlock: Sendable, Hashable {
    public let format: ContextFormat
    public let text: String
    /// What the text takes, by `TokenEstimate`.
    public let tokens: Int
    /// What is in it, in order.
    public let shown: [Shown]
    /// What there was no room for, in order.
    public let leftOut: [String]

    /// A memory of the block.
    public struct Shown: Sendable, Hashable {
        public let id: String
        public let tokens: Int
        /// False where its text was shortened.
        public let isWhole: Bool
    }

    /// The least and the most that a block may be given. The least has room for the frame of every format.
    public static let budgets = 100...1_000_000
    /// Less than that of a memory's text is not worth its head.
    static let leastExcerpt = 16

    /// Puts in what fits, the first first. A memory that does not fit is shortened where enough room is left to say
    /// something, else it is left out, and smaller ones behind it may still get in.
    ///
    /// - Parameter budget: in tokens; at least `budgets.lowerBound`.
    public init(_ items: [ContextItem], format: ContextFormat, budget: Int) {
        let head = format.head
        // The numbers in the foot are not known yet: there is room for the largest that they can be.
        let widest = format.foot(leftOut: items.count, shortened: items.count)
        var room = budget - TokenEstimate.tokens(in: head) - TokenEstimate.tokens(in: widest)
        var (body, shown, leftOut): (String, [Shown], [String]) = ("", [], [])
        for item in items {
            guard let part = Self.part(item, format: format, room: room, isFirst: shown.isEmpty) else {
                leftOut.append(item.id)
                continue
            }
            body += part.text
            room -= part.tokens
            shown.append(Shown(id: item.id, tokens: part.tokens, isWhole: part.isWhole))
        }
        self.format = format
        self.shown = shown
        self.leftOut = leftOut
        text = head + body + format.foot(leftOut: leftOut.count, shortened: shown.count { !$0.isWhole })
        tokens = TokenEstimate.tokens(in: text)
    }

    private static func part(
        _ item: ContextItem, format: ContextFormat, room: Int, isFirst: Bool
    ) -> (text: String, tokens: Int, isWhole: Bool)? {
        func text(_ content: String, isWhole: Bool) -> String {
            format.text(of: item, content: content, isWhole: isWhole, isFirst: isFirst)
        }
        let frame = TokenEstimate.tokens(in: text("", isWhole: false))
        // Texts that cannot fit are not even written.
        let mostBytes = TokenEstimate.mostBytes(ofTokens: max(0, room))
        if item.content.utf8.count <= mostBytes,
            item.limit.map({ TokenEstimate.tokens(in: item.content) <= $0 }) ?? true
        {
            let whole = text(item.content, isWhole: true)
            let tokens = TokenEstimate.tokens(in: whole)
            if tokens <= room { return (whole, tokens, true) }
        }
        let limit = min(room, item.limit.map { frame + $0 } ?? room)
        guard limit - frame >= leastExcerpt else { return nil }
        let excerpt = Excerpt.of(item.content, limit: limit) { TokenEstimate.tokens(in: text($0, isWhole: false)) }
        guard let excerpt else { return nil }
        let shortened = text(excerpt, isWhole: false)
        return (shortened, TokenEstimate.tokens(in: shortened), false)
    }
}
