/// The text of rule files that are known to be right.
public enum RuleText {
    /// The text without the cases beside the rules, which are most of it and take most of the time to read. Lines keep
    /// their numbers.
    public static func withoutTests(_ text: String) -> String {
        var kept: [UInt8] = []
        kept.reserveCapacity(text.utf8.count)
        var isInTests = false
        for line in Array(text.utf8).split(separator: 0x0A, omittingEmptySubsequences: false) {
            // Whatever belongs to a key at the left edge stands further to the right, or is an entry of its list.
            if let first = line.first, first != 0x20, !line.starts(with: "- ".utf8) {
                isInTests = line.starts(with: "tests:".utf8)
            }
            if !isInTests { kept += line }
            kept.append(0x0A)
        }
        return String(decoding: kept.dropLast(), as: UTF8.self)
    }
}
