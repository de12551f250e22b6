/// `hive:allow CHECK REASON` in a comment: excuses findings on its own line, and on the next where the comment stands
/// alone. `hive:allow-file` excuses those of the whole file.
struct Suppression: Hashable {
    let line: Int
    /// Where the comment stands, as offsets into the file.
    let range: Range<Int>
    let rules: [String]
    let reason: String
    let isForFile: Bool
    /// Whether nothing but the comment stands on its line.
    let isAlone: Bool

    func covers(_ rule: String, line: Int) -> Bool {
        rules.contains(rule) && (isForFile || line == self.line || isAlone && line == self.line + 1)
    }

    /// All suppressions of a file, in order. Only what begins a line or a comment counts: texts that speak of
    /// `hive:allow` suppress nothing.
    static func all(in file: TextFile) -> [Suppression] {
        var found: [Suppression] = []
        for offset in Occurrences.of(Array("hive:allow".utf8), in: file.bytes) {
            let line = file.line(at: offset)
            let whole = file.range(ofLine: line)
            let lead = file.bytes[whole.lowerBound..<offset]
            guard lead.last(where: { $0 > 0x20 }).map(opens) ?? true else { continue }
            let text = file.bytes[offset..<max(offset, whole.upperBound)]
            let isAlone = lead.allSatisfy { $0 <= 0x20 || opens($0) || "<({".utf8.contains($0) }
            if let suppression = read(text, line: line, isAlone: isAlone) { found.append(suppression) }
        }
        return found
    }

    private static func read(_ text: ArraySlice<UInt8>, line: Int, isAlone: Bool) -> Suppression? {
        let words = text.prefix(1024).split(maxSplits: 2, whereSeparator: { $0 == 0x20 || $0 == 0x09 })
            .map { String(decoding: $0, as: UTF8.self) }
        guard let keyword = words.first, keyword == "hive:allow" || keyword == "hive:allow-file" else { return nil }
        let ids = words.count > 1 ? words[1].split(separator: ",").map(String.init) : []
        return Suppression(
            line: line, range: text.startIndex..<text.endIndex, rules: ids.filter { !closers.contains($0) },
            reason: words.count > 2 ? trimmed(words[2]) : "", isForFile: keyword.hasSuffix("-file"),
            isAlone: isAlone)
    }

    private static let closers = ["*/", "-->", "--}}", "#}", "%>"]

    /// Without what ends the comment.
    private static func trimmed(_ reason: String) -> String {
        var reason = reason
        for closer in closers where reason.hasSuffix(closer) { reason.removeLast(closer.count) }
        while reason.last?.isWhitespace == true { reason.removeLast() }
        return reason
    }

    /// What comments begin with.
    private static func opens(_ byte: UInt8) -> Bool { "/#*-;%!".utf8.contains(byte) }
}
