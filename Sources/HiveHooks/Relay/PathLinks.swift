/// What the paths of a call lead to, and everything that they can be told relative to. Rules know files by their place
/// in a project; which folder counts as the project, and by which links a file is reached, is not for the agent to
/// choose.
struct PathLinks {
    private static let mostRoots = 64

    /// Work trees and projects around the folder and the files, by all their names.
    private(set) var roots: [String] = []
    /// Where a path really leads, by the path as it was given.
    private(set) var real: [(given: String, path: String)] = []

    private var looked: Set<String> = []

    init(_ files: [String], folder: String) {
        let variables = ["CLAUDE_PROJECT_DIR", "GEMINI_PROJECT_DIR"].compactMap(Variables.value)
        let hasTree = addTrees(around: folder)
        for root in variables + (hasTree ? [] : [folder]) where root.hasPrefix("/") {
            add(root)
            if let real = RealPath.of(root, from: "/") { add(real) }
        }
        if let real = RealPath.of(folder, from: "/") { _ = addTrees(around: real) }
        let home = Variables.value("HOME") ?? ""
        for given in files {
            let isOfHome = given == "~" || given.hasPrefix("~/")
            let path = isOfHome ? home + given.dropFirst() : given
            guard let leads = RealPath.of(path, from: folder) else { continue }
            real.append((given, leads))
            _ = addTrees(around: Self.parent(of: leads))
            _ = addTrees(around: Self.parent(of: path.hasPrefix("/") ? path : folder + "/" + path))
        }
    }

    private mutating func add(_ root: String) {
        guard roots.count < Self.mostRoots, root.count > 1, !roots.contains(root) else { return }
        roots.append(root)
    }

    /// All of them, since a new one inside of another would hide it. Whether there are any.
    private mutating func addTrees(around folder: String) -> Bool {
        guard folder.hasPrefix("/") else { return false }
        var isFound = false
        for place in WorkTree.above(folder) where looked.insert(place).inserted && SmallFile.exists(place + "/.git") {
            add(place)
            isFound = true
        }
        return isFound
    }

    private static func parent(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? path
    }
}
