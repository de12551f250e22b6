/// How fast memories fade, by category where one is named, else by kind. In seconds.
public struct HalfLives: Sendable, Hashable {
    public var byCategory: [String: Int64]
    public var byKind: [EngramKind: Int64]

    public init(byCategory: [String: Int64] = [:], byKind: [EngramKind: Int64] = [:]) {
        self.byCategory = byCategory
        self.byKind = byKind
    }

    /// What holds unless somebody says otherwise: a day for working memory, a month for what happened, half a year for facts,
    /// a year for how things are done.
    public static let standard: [EngramKind: Int64] = [
        .instant: 86_400, .episodic: 30 * 86_400, .semantic: 180 * 86_400, .procedural: 365 * 86_400,
    ]

    public func seconds(_ kind: EngramKind, category: String?) -> Int64 {
        category.flatMap { byCategory[$0] } ?? byKind[kind] ?? Self.standard[kind] ?? 86_400
    }
}
