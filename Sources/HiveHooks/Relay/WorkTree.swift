/// The work tree of git around a folder: where it begins, which branch is checked out, and what the repository is called.
/// Read from git's own files: to start git for it would take longer than all else.
struct WorkTree {
    private static let highest = 256

    /// Nil where there is none.
    let root: String?
    let branch: String?
    let repository: String?

    init(around folder: String) {
        guard RealPath.isAbsolute(folder), let root = Self.root(of: folder) else {
            (self.root, branch, repository) = (nil, nil, nil)
            return
        }
        self.root = root
        let git = Self.gitFolder(of: root)
        branch = git.flatMap { Self.line($0 + "/HEAD") }.flatMap { head in
            head.hasPrefix("ref: refs/heads/") ? String(head.dropFirst(16)) : nil
        }
        repository = git.flatMap(Self.name)
    }

    private static func root(of folder: String) -> String? {
        above(folder).first { SmallFile.exists($0 + "/.git") }.map { $0.isEmpty ? "/" : $0 }
    }

    /// A folder and all that it lies in, the nearest first; the outermost is empty. Where there are too many, the nearest
    /// are left out: whoever makes folders in a project must not get out of it by that.
    static func above(_ folder: String) -> [String] {
        let bytes = Array(folder.utf8)
        let slash = UInt8(ascii: "/")
        var ends = [0] + bytes.indices.dropFirst().filter { bytes[$0] == slash && bytes[$0 - 1] != slash }
        if let last = bytes.last, last != slash { ends.append(bytes.count) }
        return ends.prefix(highest).reversed().map { String(decoding: bytes[..<$0], as: UTF8.self) }
    }

    /// `.git`, or what it points to in a linked work tree.
    private static func gitFolder(of root: String) -> String? {
        let path = root + "/.git"
        guard let pointer = line(path) else { return path }
        guard pointer.hasPrefix("gitdir: ") else { return nil }
        let target = String(pointer.dropFirst(8))
        return target.hasPrefix("/") ? target : root + "/" + target
    }

    /// `owner/name` of the remote `origin`; nil where there is none.
    private static func name(_ git: String) -> String? {
        let common = line(git + "/commondir").map { $0.hasPrefix("/") ? $0 : git + "/" + $0 } ?? git
        guard let bytes = SmallFile.read(common + "/config", atMost: 1 << 16) else { return nil }
        var isOrigin = false
        for raw in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            let line = raw.filter { $0 != " " && $0 != "\t" && $0 != "\r" }
            if line.hasPrefix("[") { isOrigin = line == "[remote\"origin\"]" }
            guard isOrigin, line.hasPrefix("url=") else { continue }
            var url = line.dropFirst(4)
            if url.hasSuffix(".git") { url = url.dropLast(4) }
            let parts = url.split { $0 == "/" || $0 == ":" }.suffix(2)
            return parts.isEmpty ? nil : parts.joined(separator: "/")
        }
        return nil
    }

    private static func line(_ path: String) -> String? {
        guard let bytes = SmallFile.read(path, atMost: 4096),
            let line = bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).first
        else { return nil }
        return String(decoding: line, as: UTF8.self)
    }
}
