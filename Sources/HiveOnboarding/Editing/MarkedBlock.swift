import HiveAPI
import HiveCore

/// A part of a text file between two marks. The first mark tells how many line ends were added before it, so that taking
/// the block out leaves the file as it was, and a digest of what was written, so that a change by others is noticed.
struct MarkedBlock: Sendable {
    /// How a line of the file becomes a comment.
    enum Comments: Sendable {
        case markdown
        case hash

        fileprivate func line(_ text: String) -> String { self == .markdown ? "<!-- \(text) -->" : "# \(text)" }
        fileprivate func text(of line: Substring) -> Substring? {
            let (start, end) = self == .markdown ? ("<!-- ", " -->") : ("# ", "")
            guard line.hasPrefix(start), line.hasSuffix(end) else { return nil }
            return line.dropFirst(start.count).dropLast(end.count)
        }
    }

    let comments: Comments
    /// Lines, without the last line's end.
    let text: String

    /// A block that stands in a file.
    struct Found {
        /// From the beginning of the first mark to behind the line end of the last.
        let range: Range<Int>
        /// Line ends that were added before it; nil where the file was made for it.
        let added: Int?
        let text: String
        let isUnchanged: Bool
        /// The line end that it was written with, and those before it.
        let newline: String
    }

    private static let version = 1

    /// Throws `invalid_input` for a mark without its other half.
    func find(in bytes: [UInt8]) throws -> Found? {
        var start: (place: Int, text: Int, words: [Substring], newline: String)?
        var place = 0
        while place < bytes.count {
            let end = bytes[place...].firstIndex(of: 0x0A) ?? bytes.count
            var line = String(decoding: bytes[place..<end], as: UTF8.self)[...]
            let newline = line.utf8.last == 0x0D ? "\r\n" : "\n"
            if newline == "\r\n" { line = line.dropLast() }
            let words = comments.text(of: line)?.split(separator: " ") ?? []
            let next = min(end + 1, bytes.count)
            if words.first == "hive:begin", words.count == 4 {
                guard start == nil else { break }
                start = (place, next, words, newline)
            } else if words == ["hive:end"], let begin = start {
                let inner = Self.normal(String(decoding: bytes[begin.text..<place], as: UTF8.self))
                return Found(
                    range: begin.place..<next, added: Int(begin.words[3]).map { max(0, min($0, 2)) }, text: inner,
                    isUnchanged: begin.words[2] == Self.digest(inner), newline: begin.newline)
            }
            place = next
        }
        guard start == nil else {
            throw HiveError(
                .invalidInput, "the block of Hive begins and does not end",
                hint: "mend the file by hand, nothing was changed")
        }
        return nil
    }

    func state(in bytes: [UInt8]) throws -> OnboardedPlace.State {
        guard let found = try find(in: bytes) else { return .missing }
        guard found.isUnchanged else { return .changed }
        return found.text == text ? .current : .outdated
    }

    /// The file with the block: in its place where it stands already, else at the end.
    func installed(in bytes: [UInt8]?) throws -> [UInt8] {
        guard let bytes else { return Array(whole("new", newline: "\n").utf8) }
        if let found = try find(in: bytes) {
            let text = whole(found.added.map(String.init) ?? "new", newline: found.newline)
            return Array(bytes[..<found.range.lowerBound]) + Array(text.utf8) + bytes[found.range.upperBound...]
        }
        let newline = Self.newline(of: bytes)
        let added = bytes.isEmpty ? 0 : bytes.last == 0x0A ? 1 : 2
        let space = String(repeating: newline, count: added)
        return bytes + Array((space + whole(String(added), newline: newline)).utf8)
    }

    /// The file without it; nil where it was made for the block and holds nothing else.
    func removed(from bytes: [UInt8]) throws -> [UInt8]? {
        guard let found = try find(in: bytes) else { return bytes }
        var start = found.range.lowerBound
        for _ in 0..<(found.added ?? 0) {
            guard start > 0, bytes[start - 1] == 0x0A else { break }
            // A carriage return before the first added line end is the user's own where lines end without.
            start -= found.newline == "\r\n" && start > 1 && bytes[start - 2] == 0x0D ? 2 : 1
        }
        let rest = Array(bytes[..<start] + bytes[found.range.upperBound...])
        return found.added == nil && rest.isEmpty ? nil : rest
    }

    private func whole(_ added: String, newline: String) -> String {
        let lines =
            [comments.line("hive:begin \(Self.version) \(Self.digest(text)) \(added)")]
            + text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            + [comments.line("hive:end")]
        return lines.joined(separator: newline) + newline
    }

    /// Without carriage returns and without the last line's end.
    private static func normal(_ text: String) -> String {
        let plain = text.replacing("\r\n", with: "\n")
        return plain.hasSuffix("\n") ? String(plain.dropLast()) : plain
    }

    private static func newline(of bytes: [UInt8]) -> String {
        guard let end = bytes.firstIndex(of: 0x0A), end > 0, bytes[end - 1] == 0x0D else { return "\n" }
        return "\r\n"
    }

    static func digest(_ text: String) -> String {
        String(Digest.sha256(domain: "hive/1/onboarding", Array(text.utf8)).hex.prefix(16))
    }
}
