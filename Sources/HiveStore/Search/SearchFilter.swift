import GRDB
import HiveCore

/// The filters of a query as conditions on `entries e`, with their arguments in step.
struct SearchFilter {
    private var conditions = ["1"]
    private(set) var arguments: StatementArguments = []
    var condition: String { conditions.joined(separator: " AND ") }

    init(_ query: SearchQuery) {
        if let scopes = query.scopes {
            require("e.scope IN (\(Self.marks(scopes.count)))", StatementArguments(scopes.map(\.digest.data)))
        }
        if let kinds = query.kinds {
            require("e.kind IN (\(Self.marks(kinds.count)))", StatementArguments(kinds.map(\.column)))
        }
        if let category = query.category { require("e.category = ?", [WordQuery.text(category)]) }
        if let agent = query.agent { require("e.agent = ?", [WordQuery.text(agent)]) }
        if let since = query.since { require("e.updated >= ?", [since.milliseconds]) }
        if let until = query.until {
            require(
                "CASE e.kind WHEN \(DocumentKind.episodic.rawValue) THEN e.created ELSE e.updated END < ?",
                [until.milliseconds])
        }
        if let now = query.now { require("(e.expires IS NULL OR e.expires > ?)", [now.milliseconds]) }
        if let least = query.minimumConfidence { require("e.confidence >= ?", [least]) }
        for facet in query.facets { require(Self.facet, Self.arguments(facet)) }
        for facet in query.excluded { require("NOT " + Self.facet, Self.arguments(facet)) }
    }

    private static let facet =
        "EXISTS (SELECT 1 FROM facets f WHERE f.name = ? AND f.value = ? AND f.entry = e.key)"

    static func arguments(_ facet: Facet) -> StatementArguments {
        [WordQuery.text(facet.name), WordQuery.text(facet.value)]
    }

    mutating func require(_ condition: String, _ arguments: StatementArguments) {
        conditions.append(condition)
        self.arguments += arguments
    }

    private static func marks(_ count: Int) -> String {
        Array(repeating: "?", count: count).joined(separator: ", ")
    }
}
