/// Outcomes of cases in the format that build servers read.
public enum JUnitReport {
    /// One suite for each rule.
    public static func text(_ outcomes: [RuleTester.Outcome]) -> String {
        var rules: [String] = []
        for outcome in outcomes where !rules.contains(outcome.rule) { rules.append(outcome.rule) }
        let failed = outcomes.count { $0.failure != nil }
        var lines = [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
            "<testsuites name=\"rules\" tests=\"\(outcomes.count)\" failures=\"\(failed)\">",
        ]
        for rule in rules { lines += suite(rule, outcomes.filter { $0.rule == rule }) }
        return (lines + ["</testsuites>"]).joined(separator: "\n") + "\n"
    }

    private static func suite(_ rule: String, _ outcomes: [RuleTester.Outcome]) -> [String] {
        let failed = outcomes.count { $0.failure != nil }
        var lines = ["  <testsuite name=\"\(escaped(rule))\" tests=\"\(outcomes.count)\" failures=\"\(failed)\">"]
        for outcome in outcomes {
            let attributes =
                "classname=\"\(escaped(rule))\" name=\"\(escaped(outcome.test))\" "
                + "file=\"\(escaped(outcome.location.path))\" line=\"\(outcome.location.line)\""
            if let failure = outcome.failure {
                lines.append("    <testcase \(attributes)><failure message=\"\(escaped(failure))\"/></testcase>")
            } else {
                lines.append("    <testcase \(attributes)/>")
            }
        }
        return lines + ["  </testsuite>"]
    }

    /// XML has no place for most control characters, so they become spaces.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
