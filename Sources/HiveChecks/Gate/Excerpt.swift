/// The part of a line that is shown with a finding: no longer than a screen is wide, with secrets covered and without
/// characters that would command a terminal.
public struct Excerpt: Sendable, Hashable {
    public let text: String
    /// Where the finding begins in the text and how far it reaches, in characters.
    public let start: Int
    public let length: Int

    /// How much of the line is shown before and behind the beginning of a finding.
    static let before = 60
    static let after = 100

    static let empty = Excerpt(text: "", start: 0, length: 0)
}

extension Excerpt {
    /// Covers every secret that reaches into the line.
    init(_ file: TextFile, _ range: Range<Int>, hiding secrets: SecretCover) {
        let line = file.range(ofLine: file.line(at: range.lowerBound))
        let window = Self.window(file, line, around: range.lowerBound)
        let mark = range.clamped(to: window)
        let before = Self.shown(file.bytes, window.lowerBound..<mark.lowerBound, hiding: secrets)
        let inside = Self.shown(file.bytes, mark, hiding: secrets)
        let after = Self.shown(file.bytes, mark.upperBound..<window.upperBound, hiding: secrets)
        let lead = window.lowerBound > line.lowerBound ? "…" : ""
        let trail = window.upperBound < line.upperBound ? "…" : ""
        let head = lead.isEmpty ? String(before.drop { $0 == " " }) : lead + before
        text = head + inside + after + trail
        start = head.count
        length = inside.count
    }

    /// Begins and ends between characters.
    private static func window(_ file: TextFile, _ line: Range<Int>, around place: Int) -> Range<Int> {
        func isInside(_ offset: Int) -> Bool { offset < file.bytes.count && file.bytes[offset] & 0xC0 == 0x80 }
        var start = max(line.lowerBound, place - before)
        var end = max(place, min(line.upperBound, place + after))
        while start < place, isInside(start) { start += 1 }
        while end > place, isInside(end) { end -= 1 }
        return start..<end
    }

    private static func shown(_ bytes: [UInt8], _ range: Range<Int>, hiding secrets: SecretCover) -> String {
        var text = ""
        var offset = range.lowerBound
        for secret in secrets.ranges(in: range) {
            text += visible(bytes[offset..<max(offset, secret.lowerBound)])
            text += SecretCover.sign
            offset = max(offset, min(secret.upperBound, range.upperBound))
        }
        return text + visible(bytes[offset..<range.upperBound])
    }

    private static func visible(_ bytes: ArraySlice<UInt8>) -> String {
        var text = String.UnicodeScalarView()
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            text.append(scalar == "\t" ? " " : isHarmless(scalar) ? scalar : "\u{FFFD}")
        }
        return String(text)
    }

    /// Control characters and those that turn the direction of writing are not.
    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}
