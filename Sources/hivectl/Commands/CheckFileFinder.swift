import Foundation
import HiveAPI
import HiveChecks

/// A file to check.
struct CheckedFile: Hashable {
    /// What it is opened by.
    let path: [UInt8]
    /// Below the root, as git spells it.
    let relative: [UInt8]
    /// As reports spell it.
    var shown: String { PathText.shown(relative) }
}

/// Finds the files at and below paths. Inside a work tree git says what is ignored; elsewhere every file counts. Links
/// met on the way are not followed: what they lead to is checked where it stands.
struct CheckFileFinder {
    let root: CheckRoot
    private var seen: Set<[UInt8]> = []
    private var folders: Set<[UInt64]> = []
    private(set) var files: [CheckedFile] = []
    private(set) var linksOut: [String] = []
    /// Folders that cannot be read, as reports spell them.
    private(set) var closed: [String] = []

    init(_ root: CheckRoot) { self.root = root }

    /// Throws where a path does not exist.
    mutating func add(_ given: String) throws {
        let path = root.absolute(Array(given.utf8))
        guard let status = FileBytes.status(path) else {
            throw Failure.badInput("`\(given)` does not exist", hint: "name files or folders")
        }
        switch status.kind {
        case .file: take(path)
        case .folder: addFolder(path)
        case .link: addLink(path, given)
        case .other: throw Failure.badInput("`\(given)` is neither a file nor a folder", hint: "name files or folders")
        }
    }

    /// A link that was named is followed, but not out of the root.
    private mutating func addLink(_ path: [UInt8], _ given: String) {
        guard let target = FileBytes.target(path), target.starts(with: root.path + [UInt8(ascii: "/")]) else {
            linksOut.append(PathText.shown(root.relative(path)))
            return
        }
        switch FileBytes.status(target)?.kind {
        case .folder?: addFolder(target)
        case .file?: take(target)
        default: linksOut.append(PathText.shown(root.relative(path)))
        }
    }

    private mutating func take(_ path: [UInt8]) {
        guard seen.insert(path).inserted else { return }
        files.append(CheckedFile(path: path, relative: root.relative(path)))
    }

    private mutating func addFolder(_ folder: [UInt8]) {
        if Self.isInWorkTree(folder), let names = Self.tracked(in: folder) {
            for name in names {
                let path = folder + [UInt8(ascii: "/")] + name
                // Removed files and submodules are listed too.
                if FileBytes.status(path)?.kind == .file { take(path) }
            }
        } else {
            walk(folder)
        }
    }

    /// Nil where git cannot be asked: then all files are taken.
    private static func tracked(in folder: [UInt8]) -> [[UInt8]]? {
        do {
            return try GitCommand(["ls-files", "-co", "--exclude-standard", "-z"], in: folder).names()
        } catch {
            Console.write(
                "note: git cannot list \(PathText.shown(folder)); ignored files are checked too", toError: true)
            return nil
        }
    }

    static func isInWorkTree(_ folder: [UInt8]) -> Bool {
        var folder = folder
        while true {
            if FileBytes.status(folder + Array("/.git".utf8)) != nil { return true }
            guard let slash = folder.lastIndex(of: UInt8(ascii: "/")) else { return false }
            folder = Array(folder[..<slash])
        }
    }

    private mutating func walk(_ start: [UInt8]) {
        var open = [start]
        while let folder = open.popLast() {
            guard let status = FileBytes.status(folder), folders.insert(status.identity).inserted else { continue }
            guard let names = FileBytes.names(in: folder.isEmpty ? Array("/".utf8) : folder) else {
                closed.append(PathText.shown(root.relative(folder)))
                continue
            }
            for name in names where name != Array(".git".utf8) {
                let path = folder + [UInt8(ascii: "/")] + name
                switch FileBytes.status(path)?.kind {
                case .file?: take(path)
                case .folder?: open.append(path)
                default: continue
                }
            }
        }
    }
}
