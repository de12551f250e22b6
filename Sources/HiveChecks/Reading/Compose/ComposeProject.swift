/// The services of a compose file, with what they extend.
struct ComposeProject {
    let path: String
    /// As they stand in the file, completed.
    private(set) var services: [(name: String, tree: Tree)] = []
    /// What could not be found, by service.
    private(set) var unresolved: [String: [String]] = [:]

    private static let maximumDepth = 16

    /// `files` are other compose files by path, for `extends` that names one.
    init(_ tree: Tree, path: String, files: [String: Tree]) throws(ReadingProblem) {
        self.path = path
        guard let services = tree["services"], services.isMap else {
            throw ReadingProblem("`services` must be a mapping", path: path, line: tree["services"]?.line ?? tree.line)
        }
        for (name, service) in services.entries {
            guard service.isMap else {
                throw ReadingProblem("the service `\(name)` must be a mapping", path: path, line: service.line)
            }
            var missing: [String] = []
            let complete = try Self.completed(service, in: services, path, files, &missing, depth: 0)
            self.services.append((name, Tree(complete.form, line: service.line)))
            if !missing.isEmpty { unresolved[name] = missing }
        }
    }

    private static func completed(
        _ service: Tree, in services: Tree, _ path: String, _ files: [String: Tree], _ missing: inout [String],
        depth: Int
    ) throws(ReadingProblem) -> Tree {
        guard let extends = service["extends"] else { return service }
        guard depth < maximumDepth else {
            throw ReadingProblem("services extend each other in a circle", path: path, line: service.line)
        }
        let name = extends["service"]?.text ?? extends.text ?? ""
        var home = services
        var place = path
        if let file = extends["file"]?.text {
            place = FilePath.joined(file, besides: path)
            home = files[place]?["services"] ?? Tree(.null, line: 1)
        }
        guard let base = home[name] else {
            missing.append("the service `\(name)` that it extends is not among the files")
            return service
        }
        return merged(try completed(base, in: home, place, files, &missing, depth: depth + 1), with: service)
    }

    /// As compose does it: mappings entry by entry, lists one behind the other, the rest replaced.
    private static func merged(_ base: Tree, with own: Tree) -> Tree {
        switch (base.form, own.form) {
        case (.map(let left), .map(let right)):
            var entries = left.filter { $0.key != "extends" && $0.key != "depends_on" }
            for entry in right {
                guard let place = entries.firstIndex(where: { $0.key == entry.key }) else {
                    entries.append(entry)
                    continue
                }
                let replaces = ["command", "entrypoint", "test"].contains(entry.key)
                entries[place].value = replaces ? entry.value : merged(entries[place].value, with: entry.value)
            }
            return Tree(.map(entries), line: own.line)
        case (.list(let left), .list(let right)): return Tree(.list(left + right), line: own.line)
        default: return own
        }
    }
}
