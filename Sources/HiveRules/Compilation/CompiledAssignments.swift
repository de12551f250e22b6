import HiveCEL

/// Where a rule is assigned, with the priorities that it has there.
struct CompiledAssignments: Sendable {
    private let places: [Place]
    private let priority: Int

    fileprivate struct Place: Sendable {
        let scope: AssignmentScope
        let name: String?
        /// The number of the field that must hold the name.
        let number: Int?
        let priority: Int?
        let period: CompiledPeriod
    }

    init(_ rule: Rule, fields: inout FieldTable, zones: (any TimeZoneProvider)?) throws(RuleError) {
        var places: [Place] = []
        for assignment in rule.assignments {
            places.append(
                Place(
                    scope: assignment.scope, name: assignment.scope == .global ? nil : assignment.name,
                    number: assignment.scope.field.map { fields.number(of: $0) }, priority: assignment.priority,
                    period: try CompiledPeriod(assignment.effective, zones: zones, at: rule.location(of: "assignments"))
                ))
        }
        // The narrowest first, of those the highest: the first one that fits and says so gives the priority.
        self.places = places.sorted {
            ($1.scope.narrowness, $1.priority ?? 0) < ($0.scope.narrowness, $0.priority ?? 0)
        }
        priority = rule.priority
    }

    /// The priority that the rule has for a question; nil where it is not assigned.
    func priority(for inquiry: Inquiry) -> Int? {
        guard !places.isEmpty else { return priority }
        let fitting = places.filter { $0.fits(inquiry) }
        return fitting.isEmpty ? nil : fitting.lazy.compactMap(\.priority).first ?? priority
    }

    /// What an index may find the rule by: where all places are of one kind, their names.
    var asGuard: Guard? {
        guard let first = places.first, let field = first.scope.field, let number = first.number,
            places.allSatisfy({ $0.scope == first.scope })
        else { return nil }
        let tests = places.compactMap(\.name).map { FieldTest.equals($0) }
        return Guard(field: field, number: number, tests: tests, absence: .fails, isAboutAnyCommand: false)
    }
}

extension CompiledAssignments.Place {
    fileprivate func fits(_ inquiry: Inquiry) -> Bool {
        guard period.contains(inquiry.now) else { return false }
        guard let name, let number else { return true }
        guard case .one(let text) = inquiry.texts(number) else { return false }
        return Bytes.areEqual(text, name)
    }
}
