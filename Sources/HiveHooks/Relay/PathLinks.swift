/// What the paths of a call lead to, and everything that they can be told relative to. Rules know files by their place
/// in a project; which folder counts as the project, and by which links a file is reached, is not for the agent to
/// choose.
struct PathLinks {
    static let mostRoots = 64

    /// Work trees and projects around the folder and the files, by all their names.
    private(set) var roots: [String] = []
    /// Whether those are all. Without one of them, a rule would not know the files in it.
    private(set) var isWhole = true
    /// A path of which nobody can tell where it leads; nil where there is none. Whoever opens it may arrive all the same.
    private(set) var unclear: String?
    /// Where a path really leads, by the path as it was given.
    private(set) var real: [(given: String, path: String)] = []

    // By their bytes: two spellings that look the same are two folders.
    private var looked: Set<[UInt8]> = []
    private var known: Set<[UInt8]> = []

    init(_ files: [String], folder: String) {
        let variables = ["CLAUDE_PROJECT_DIR", "GEMINI_PROJECT_DIR"].compactMap(Variables.value)
        let hasTree = addTrees(around: folder)
        for root in variables + (hasTree ? [] : [folder]) where RealPath.isAbsolute(root) {
            add(root)
            if let real = RealPath.of(root, from: "/") { add(real) }
        }
        if let real = RealPath.of(folder, from: "/") { _ = addTrees(around: real) }
        let home = Variables.value("HOME") ?? ""
        for given in files {
            let isOfHome = given == "~" || given.utf8.starts(with: "~/".utf8)
            let path = isOfHome ? home + given.dropFirst() : given
            guard RealPath.isAbsolute(path) || RealPath.isAbsolute(folder) else { continue }
            guard let leads = RealPath.of(path, from: folder) else {
                unclear = unclear ?? given
                continue
            }
            real.append((given, leads))
            _ = addTrees(around: RealPath.parent(of: leads))
            _ = addTrees(around: RealPath.parent(of: RealPath.isAbsolute(path) ? path : folder + "/" + path))
        }
    }

    private mutating func add(_ root: String) {
        guard root.utf8.count > 1, !known.contains(Array(root.utf8)) else { return }
        guard roots.count < Self.mostRoots else {
            isWhole = false
            return
        }
        known.insert(Array(root.utf8))
        roots.append(root)
    }

    /// All of them, since a new one inside of another would hide it. Whether there are any.
    private mutating func addTrees(around folder: String) -> Bool {
        guard RealPath.isAbsolute(folder) else { return false }
        var isFound = false
        for place in WorkTree.above(folder)
        where looked.insert(Array(place.utf8)).inserted && SmallFile.exists(place + "/.git") {
            add(place)
            isFound = true
        }
        return isFound
    }
}
