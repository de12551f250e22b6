import HiveAPI
import HiveHooks

/// What a tool is about to do, in the words of the rules: clients name the same things differently.
struct ToolAction: Sendable {
    /// The tool by the name that rules know.
    let tool: String
    let input: JSONValue
    /// A shell command.
    let command: String?
    let content: String?
    let url: String?
    /// All files that it touches, as the client wrote them.
    let paths: [String]
    /// By which member of the input the client gave what rules look at; what a patch does has none.
    let members: [String: String]

    private static let mostPaths = 200

    init(_ tool: String, _ input: JSONValue, client: HookClient) throws {
        self.input = input
        self.tool = Self.known[client]?[tool] ?? tool
        if tool == "apply_patch", let patch = input["command"]?.string ?? input["input"]?.string {
            (command, content, url, self.members) = (nil, patch, nil, [:])
            paths = PatchPaths.all(in: patch)
            guard paths.count <= Self.mostPaths else {
                throw HiveError(
                    .tooLarge, "the patch touches \(paths.count) files, \(Self.mostPaths) are decided at once",
                    hint: "split it")
            }
            return
        }
        var found: [String: String] = [:]
        func take(_ field: String, _ names: [String]) -> String? {
            for name in names {
                guard let text = input[name]?.string else { continue }
                found[field] = name
                return text
            }
            return nil
        }
        let words = input["command"]?.array?.compactMap(\.string).joined(separator: " ")
        command = take("command", ["command"]) ?? words
        url = take("url", ["url"])
        paths = take("path", Self.pathNames).map { [$0] } ?? []
        let edits = input["edits"]?.array?.compactMap { $0["new_string"]?.string }.joined(separator: "\n")
        content = take("content", ["content", "new_string", "new_source"]) ?? edits
        members = found
    }

    private static let pathNames = [
        "file_path", "notebook_path", "absolute_path", "path", "dir_path",
    ]

    private static let known: [HookClient: [String: String]] = [
        .codex: ["apply_patch": "Edit", "shell": "Bash", "local_shell": "Bash", "exec_command": "Bash"],
        .gemini: [
            "run_shell_command": "Bash", "write_file": "Write", "replace": "Edit", "read_file": "Read",
            "read_many_files": "Read", "glob": "Glob", "search_file_content": "Grep", "grep_search": "Grep",
            "list_directory": "LS", "web_fetch": "WebFetch", "google_web_search": "WebSearch",
        ],
    ]

    /// Tools that look at things and change nothing.
    static let reading: Set<String> = [
        "Read", "Glob", "Grep", "LS", "WebFetch", "WebSearch", "TodoWrite", "TodoRead", "ToolSearch", "NotebookRead",
    ]

    /// The input with other values for some of what rules look at; nil where the client has no place for one of them.
    func replacing(_ values: [String: JSONValue], root: String?) -> JSONValue? {
        guard var fields = input.object else { return nil }
        for (name, value) in values {
            guard let member = members[name], let text = value.string else { return nil }
            fields[member] = .string(name == "path" ? RepositoryPath.absolute(text, root: root) : text)
        }
        return .object(fields)
    }
}

/// The files that a patch names.
enum PatchPaths {
    private static let heads = ["*** Add File: ", "*** Update File: ", "*** Delete File: ", "*** Move to: "]

    /// Each once, in order.
    static func all(in patch: String) -> [String] {
        var paths: [String] = []
        for line in patch.split(whereSeparator: \.isNewline) {
            guard let head = heads.first(where: { line.hasPrefix($0) }) else { continue }
            let path = String(line.dropFirst(head.count))
            if !paths.contains(path) { paths.append(path) }
        }
        return paths
    }
}
