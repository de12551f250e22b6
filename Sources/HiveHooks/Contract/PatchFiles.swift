/// The files that a patch touches, and what it adds to each.
public struct PatchFiles: Sendable {
    private static let heads = ["*** Add File:", "*** Update File:", "*** Delete File:", "*** Move to:"]

    /// Each once, in order. A file that moves is there by both names.
    public private(set) var paths: [String] = []
    /// The lines that a patch adds, by path.
    public private(set) var added: [String: String] = [:]

    public init(_ patch: String) {
        var open: [String] = []
        for raw in patch.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            // Clients pass over space around a line.
            let line = raw.trimming(while: \.isWhitespace)
            guard let head = Self.heads.first(where: { line.hasPrefix($0) }) else {
                guard raw.hasPrefix("+") else { continue }
                for path in open { added[path, default: ""] += raw.dropFirst() + "\n" }
                continue
            }
            let path = String(line.dropFirst(head.count).trimming(while: \.isWhitespace))
            // What stands behind `Move to` is in the file under both names.
            open = head == "*** Move to:" ? open + [path] : [path]
            if !paths.contains(path) { paths.append(path) }
        }
    }
}

extension Substring {
    fileprivate func trimming(while isDropped: (Character) -> Bool) -> Substring {
        var text = drop(while: isDropped)
        while let last = text.last, isDropped(last) { text.removeLast() }
        return text
    }
}
