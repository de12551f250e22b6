import HiveCore

/// Names findings so that a name stays while lines move: by check, path, what the line says without its blanks, and
/// which one of several alike it is.
struct Fingerprinter {
    private struct Key: Hashable {
        let rule: String
        let subject: Digest
    }

    private let file: TextFile
    private var hash: (line: Int, digest: Digest)?
    private var counts: [Key: Int] = [:]

    init(_ file: TextFile) { self.file = file }

    /// The name of a finding in a line. Findings must be asked for in their order in the file. Where a finding is about
    /// the whole file, `subject` says what about.
    mutating func fingerprint(rule: String, line: Int, subject: String? = nil) -> String {
        let subject = subject.map { Digest.sha256(Array($0.utf8)) } ?? content(line)
        let count = counts[Key(rule: rule, subject: subject), default: 0]
        counts[Key(rule: rule, subject: subject)] = count + 1
        let parts = [rule, file.path, subject.hex, String(count)].joined(separator: "\0")
        return String(Digest.sha256(Array(parts.utf8)).hex.prefix(32))
    }

    private mutating func content(_ line: Int) -> Digest {
        if let hash, hash.line == line { return hash.digest }
        let digest = file.contentHash(ofLine: line)
        hash = (line, digest)
        return digest
    }
}
