/// The files that the call of a tool names. The hook that finds out where they really lie and the node that asks the
/// law about them read them in this one place.
public struct ToolFiles: Sendable {
    /// Why a call cannot be asked about.
    public struct Refusal: Error {
        public let message: String
        public let hint: String
    }

    public static let most = 200

    /// As the client wrote them, each once, in order; patterns where a tool takes patterns.
    public let paths: [String]
    /// The member of the input that holds the one path; nil where there are several, or none.
    public let member: String?
    /// Of a tool that takes one.
    public let patch: PatchFiles?

    /// - Parameter tool: as the client calls it.
    public init(of tool: String, _ input: JSONMembers, client: HookClient) throws(Refusal) {
        let name = ToolName.known(tool, of: client)
        if tool == ToolName.patch {
            let patch = PatchFiles(try Self.patchText(input))
            guard !patch.paths.isEmpty, !patch.paths.contains("") else {
                throw Refusal(message: "the patch names no file", hint: "give it as `apply_patch` takes it")
            }
            (self.patch, paths, member) = (patch, patch.paths, nil)
        } else {
            let isOfFiles = ToolName.ofFiles.contains(name)
            let named = try Self.named(in: input, isStrict: isOfFiles || ToolName.searching.contains(name))
            // Which of several members the client reads is its own affair: all of them count.
            let several = try Self.listed(in: input, isStrict: isOfFiles)
            var all = named.map(\.path) + several
            if isOfFiles, all.isEmpty || all.contains("") {
                throw Refusal(message: "the call of \(name) names no file", hint: "give its path as text")
            }
            if ToolName.searching.contains(name) { all = Self.searched(all, try Self.patterns(of: name, input)) }
            patch = nil
            member = all.count == 1 ? named.first?.member : nil
            // By their bytes: two spellings that look the same are two files.
            var seen: Set<[UInt8]> = []
            paths = all.filter { seen.insert(Array($0.utf8)).inserted }
        }
        guard paths.count <= Self.most else {
            throw Refusal(
                message: "the call names \(paths.count) files, \(Self.most) are decided at once", hint: "name fewer")
        }
    }

    /// The text of a patch; of several members all of it, since the client reads whichever it likes.
    public static func patchText(_ input: JSONMembers) throws(Refusal) -> String {
        let texts = ["command", "input", "patch"].compactMap(input.text)
        guard !texts.isEmpty else {
            throw Refusal(message: "the patch is no text", hint: "give it as `command`")
        }
        return texts.joined(separator: "\n")
    }

    private static let pathNames = ["file_path", "notebook_path", "absolute_path", "path", "dir_path"]
    /// Names that tools of other servers give to files that they move and copy.
    private static let otherNames = ["source", "destination", "old_path", "new_path"]
    /// Lists of files, or of patterns for them.
    private static let listNames = ["paths", "file_paths", "files", "include"]

    private static func named(
        in input: JSONMembers, isStrict: Bool
    ) throws(Refusal) -> [(member: String, path: String)] {
        var found: [(member: String, path: String)] = []
        for name in pathNames + (isStrict ? [] : otherNames) {
            if let path = input.text(name) {
                found.append((name, path))
            } else if isStrict, input.hasValue(name) {
                throw Refusal(message: "`\(name)` is no text", hint: "give the path as text")
            }
        }
        return found
    }

    private static func listed(in input: JSONMembers, isStrict: Bool) throws(Refusal) -> [String] {
        var found: [String] = []
        for name in listNames {
            guard let texts = input.texts(name) else {
                guard isStrict, input.hasValue(name) else { continue }
                throw Refusal(message: "`\(name)` is no list", hint: "give a list of paths")
            }
            guard !isStrict || texts.allSatisfy({ $0 != nil }) else {
                throw Refusal(message: "`\(name)` holds something else than texts", hint: "give a list of paths")
            }
            found += texts.compactMap(\.self)
        }
        return found
    }

    private static func patterns(of tool: String, _ input: JSONMembers) throws(Refusal) -> [String] {
        var found: [String] = []
        for name in tool == "Glob" ? ["pattern", "glob"] : ["glob", "include"] {
            if let text = input.text(name) {
                found.append(text)
            } else if input.hasValue(name), input.texts(name) == nil {
                throw Refusal(message: "`\(name)` is no text", hint: "give the pattern as text")
            }
        }
        return found
    }

    /// A search is asked about by its folder and by what it may find there, so that a rule on what lies in a folder has
    /// a say.
    private static func searched(_ folders: [String], _ patterns: [String]) -> [String] {
        let folders = folders.map { $0.isEmpty ? "." : $0 }
        let places = folders.isEmpty ? ["."] : folders
        let below = places.flatMap { folder in
            (patterns.isEmpty ? ["**"] : patterns).map { pattern in
                pattern.hasPrefix("/") || pattern.hasPrefix("~") ? pattern : folder + "/" + pattern
            }
        }
        return (patterns.isEmpty ? places : folders) + below
    }
}
