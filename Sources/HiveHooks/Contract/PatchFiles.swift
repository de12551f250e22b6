/// The files that a patch touches, and what it adds to each. Read by bytes and scalars, as clients do: what Swift takes for
/// one character, or for two that are equal, may be several lines or files to them.
public struct PatchFiles: Sendable {
    private static let heads = ["*** Add File:", "*** Update File:", "*** Delete File:", "*** Move to:"]

    /// Each once, in order. A file that moves is there by both names.
    public private(set) var paths: [String] = []
    private var added: [[UInt8]: String] = [:]

    public init(_ patch: String) {
        var open: [String] = []
        for bytes in patch.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            let raw = Substring(bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes).unicodeScalars
            // Clients pass over space around a line.
            let line = raw.withoutSpaceAround
            guard let head = Self.heads.first(where: { line.starts(with: $0.unicodeScalars) }) else {
                guard raw.first == "+" else { continue }
                for path in open { added[Array(path.utf8), default: ""] += String(raw.dropFirst()) + "\n" }
                continue
            }
            let path = String(line.dropFirst(head.unicodeScalars.count).withoutSpaceAround)
            // What stands behind `Move to` is in the file under both names. Behind an indented head it may belong to
            // either: to some clients such a line is one of the file before.
            let isSure = head != "*** Move to:" && raw.starts(with: "***".unicodeScalars)
            if isSure { open = [] }
            if !open.has(path) { open.append(path) }
            if !paths.has(path) { paths.append(path) }
        }
    }

    /// The lines that the patch adds to a file; empty where it adds none.
    public func lines(addedTo path: String) -> String { added[Array(path.utf8)] ?? "" }
}

extension [String] {
    fileprivate func has(_ path: String) -> Bool { contains { $0.utf8.elementsEqual(path.utf8) } }
}

extension Substring.UnicodeScalarView {
    fileprivate var withoutSpaceAround: Substring.UnicodeScalarView {
        var text = drop(while: \.properties.isWhitespace)
        while let last = text.last, last.properties.isWhitespace { text.removeLast() }
        return text
    }
}
