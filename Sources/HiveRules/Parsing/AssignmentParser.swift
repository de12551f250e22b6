/// Reads `assignments`.
enum AssignmentParser {
    static func assignments(_ spec: inout YAMLReader) throws(RuleError) -> [RuleAssignment] {
        var assignments: [RuleAssignment] = []
        for var entry in try spec.readers("assignments") { assignments.append(try assignment(&entry)) }
        return assignments
    }

    private static func assignment(_ entry: inout YAMLReader) throws(RuleError) -> RuleAssignment {
        let scope = try entry.choice("scope", as: AssignmentScope.self)
        guard let scope else {
            throw RuleError(
                "`scope` is missing", at: entry.location,
                hint: "use \(AssignmentScope.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        var assignment = RuleAssignment(scope: scope, name: try entry.text("name"))
        if scope != .global, assignment.name?.isEmpty ?? true {
            throw RuleError(
                "`name` is missing", at: entry.location, hint: "say which \(scope.rawValue) the rule is assigned to")
        }
        if let priority = try entry.integer("priority") {
            guard (1...1000).contains(priority) else {
                throw RuleError(
                    "`\(priority)` is no priority", at: entry.location(of: "priority"), hint: "use 1 to 1000")
            }
            assignment.priority = Int(priority)
        }
        if var period = try entry.reader("effective") { assignment.effective = try PeriodParser.period(&period) }
        try entry.finish()
        return assignment
    }
}
