import HiveAPI

/// A slash command as a file of its own. Its last line says which version of what was written there, with a digest, so that
/// a change by others is noticed.
struct CommandPiece: OnboardingPiece {
    let path: String
    let part = OnboardingPart.commands
    /// All but the last line.
    let text: String
    let comments: MarkedBlock.Comments

    private var line: String { comments == .markdown ? "<!-- \(mark) -->" : "# \(mark)" }
    private var mark: String { "hive:command 1 \(MarkedBlock.digest(text))" }

    func state(in bytes: [UInt8]) throws -> OnboardedPlace.State {
        guard let written = Self.written(bytes) else { return .foreign }
        guard written.isUnchanged else { return .changed }
        return written.text == text ? .current : .outdated
    }

    func installed(in bytes: [UInt8]?) throws -> [UInt8] { Array((text + "\n" + line + "\n").utf8) }

    func removed(from bytes: [UInt8]) throws -> [UInt8]? {
        Self.written(bytes)?.isUnchanged == true ? nil : bytes
    }

    /// What Hive wrote into a file; nil for a file that Hive did not write.
    static func written(_ bytes: [UInt8]) -> (text: String, isUnchanged: Bool)? {
        let text = String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
        guard let place = text.ranges(of: "hive:command ").last?.lowerBound,
            let start = text[..<place].lastIndex(of: "\n")
        else { return nil }
        let words = text[place...].split(whereSeparator: { $0 == " " || $0 == "\n" })
        guard words.count >= 3 else { return nil }
        let body = String(text[..<start])
        let end = text[place...].split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
        return (body, words[2] == MarkedBlock.digest(body) && end.allSatisfy(\.isEmpty))
    }
}
