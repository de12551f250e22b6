import HiveRules

/// The places of secrets in a text, so that none is shown.
struct SecretCover {
    /// Ascending; they do not overlap.
    private let ranges: [Range<Int>]

    static let sign = "[hidden]"

    init(_ findings: [SecretFinding]) { ranges = findings.map(\.range) }

    init(_ bytes: [UInt8]) { self.init(SecretDetector.findings(in: bytes)) }

    /// The secrets that reach into a range.
    func ranges(in range: Range<Int>) -> ArraySlice<Range<Int>> {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound <= range.lowerBound { low = middle + 1 } else { high = middle }
        }
        return ranges[low...].prefix { $0.lowerBound < range.upperBound }
    }

    /// A text with its secrets covered.
    static func covered(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let cover = SecretCover(bytes)
        guard !cover.ranges.isEmpty else { return text }
        var shown: [UInt8] = []
        var offset = 0
        for range in cover.ranges {
            shown += bytes[offset..<range.lowerBound] + Array(sign.utf8)
            offset = range.upperBound
        }
        return String(decoding: shown + bytes[offset...], as: UTF8.self)
    }
}
