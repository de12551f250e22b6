import Foundation

/// The folder that paths in reports, patterns and fingerprints are relative to: the nearest one at or above the working
/// folder that holds `.hive/check.yaml` or a repository, else the working folder itself.
struct CheckRoot {
    /// Absolute, without a slash at its end.
    let path: [UInt8]
    private let workingFolder: [UInt8]

    init(workingFolder: [UInt8]) {
        self.workingFolder = workingFolder
        var folder = workingFolder
        while !folder.isEmpty {
            let marks = ["/.hive/check.yaml", "/.git"].map { folder + Array($0.utf8) }
            if marks.contains(where: { FileBytes.status($0) != nil }) {
                path = folder
                return
            }
            folder = Array(folder[..<(folder.lastIndex(of: UInt8(ascii: "/")) ?? 0)])
        }
        path = workingFolder
    }

    static func current() -> CheckRoot {
        CheckRoot(workingFolder: Array(FileManager.default.currentDirectoryPath.utf8))
    }

    /// An absolute path without `.`, `..` and double slashes.
    func absolute(_ given: [UInt8]) -> [UInt8] {
        let whole = given.first == UInt8(ascii: "/") ? given : workingFolder + [UInt8(ascii: "/")] + given
        var parts: [ArraySlice<UInt8>] = []
        for part in whole.split(separator: UInt8(ascii: "/")) where part != Array(".".utf8)[...] {
            if part == Array("..".utf8)[...] { _ = parts.popLast() } else { parts.append(part) }
        }
        return parts.flatMap { [UInt8(ascii: "/")] + $0 }
    }

    /// A path below the root as it stands in reports; other paths stay as they are.
    func relative(_ absolute: [UInt8]) -> [UInt8] {
        let prefix = path + [UInt8(ascii: "/")]
        return absolute.starts(with: prefix) ? Array(absolute.dropFirst(prefix.count)) : absolute
    }

    func file(_ relative: String) -> [UInt8] { path + Array(("/" + relative).utf8) }
}
