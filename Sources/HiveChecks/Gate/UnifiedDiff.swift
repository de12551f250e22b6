/// Reads the output of `git diff -U0 --no-color --no-ext-diff --src-prefix=a/ --dst-prefix=b/`.
///
/// Files that were only renamed, binary files, removed files and submodules have no added lines. A file in the midst of
/// a merge has two old versions; all of it counts as new.
public struct UnifiedDiff {
    private var lines: [ArraySlice<UInt8>]
    private var changes = ChangedLines()
    private var path: [UInt8]?
    private var next = 0

    /// The added lines of every file in a diff.
    public static func changes(in diff: [UInt8]) -> ChangedLines {
        var reader = UnifiedDiff(diff)
        while reader.next < reader.lines.count { reader.step() }
        return reader.changes
    }

    private init(_ diff: [UInt8]) { lines = diff.split(separator: 0x0A, omittingEmptySubsequences: false) }

    private mutating func step() {
        let line = lines[next]
        next += 1
        if line.starts(with: "diff --cc ".utf8) || line.starts(with: "diff --combined ".utf8) {
            path = nil
            let name = line.dropFirst(line.starts(with: "diff --cc ".utf8) ? 10 : 16)
            changes.add(whole: QuotedPath.unquoted(name))
        } else if line.starts(with: "diff --git ".utf8) {
            path = nil
        } else if line.starts(with: "+++ ".utf8) {
            path = Self.newPath(line.dropFirst(4))
        } else if line.starts(with: "@@ ".utf8), let hunk = Hunk(line) {
            if let path, hunk.added > 0 { changes.add(hunk.start...(hunk.start + hunk.added - 1), to: path) }
            skip(removed: hunk.removed, added: hunk.added)
        }
    }

    /// Passes over the lines of a hunk, which may look like anything.
    private mutating func skip(removed: Int, added: Int) {
        var left = removed + added
        while next < lines.count, left > 0 {
            if lines[next].first != UInt8(ascii: "\\") { left -= 1 }
            next += 1
        }
    }

    /// Nil for `/dev/null`.
    private static func newPath(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        // A tab stands behind names with blanks in them.
        let name = text.first == UInt8(ascii: "\"") || text.last != 0x09 ? text : text.dropLast()
        let path = QuotedPath.unquoted(name)
        return path.starts(with: "b/".utf8) ? Array(path.dropFirst(2)) : nil
    }
}

/// `@@ -1,2 +3,4 @@`.
private struct Hunk {
    let removed: Int
    let start: Int
    let added: Int

    init?(_ line: ArraySlice<UInt8>) {
        let words = line.split(separator: 0x20)
        guard words.count >= 3, let old = Self.range(words[1], sign: "-"), let new = Self.range(words[2], sign: "+")
        else {
            return nil
        }
        removed = old.count
        (start, added) = new
    }

    private static func range(_ word: ArraySlice<UInt8>, sign: Unicode.Scalar) -> (start: Int, count: Int)? {
        guard word.first == UInt8(ascii: sign) else { return nil }
        let numbers = word.dropFirst().split(separator: UInt8(ascii: ",")).map {
            Int(String(decoding: $0, as: UTF8.self))
        }
        guard let start = numbers.first ?? nil, start >= 0, numbers.count <= 2 else { return nil }
        guard numbers.count == 2 else { return (start, 1) }
        guard let count = numbers[1], count >= 0, !start.addingReportingOverflow(count).overflow else { return nil }
        return (start, count)
    }
}
