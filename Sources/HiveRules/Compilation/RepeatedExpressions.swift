import HiveCEL

/// Finds what the conditions of rules have in common, so that a decision evaluates it once however many rules ask.
enum RepeatedExpressions {
    /// Names whose values are a rule's own.
    private static let ownNames: Set<String> = ["params", "variables"]

    static func of(_ rules: [Rule]) -> SharedExpressions {
        var expressions: [Expression] = []
        for source in rules.flatMap({ [$0.when, $0.violation].compactMap(\.self) + $0.variables.map(\.expression) }) {
            // What cannot be read is refused, with its place, when it is compiled.
            do throws(CompilationError) { expressions.append(try Expression.parse(source)) } catch { continue }
        }
        return SharedExpressions(of: expressions, excluding: ownNames)
    }
}
