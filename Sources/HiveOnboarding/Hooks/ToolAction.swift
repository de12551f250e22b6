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
        command = take("command", Self.commandNames) ?? Self.words(of: input)
        url = take("url", ["url"])
        let several = Self.listNames.flatMap { input[$0]?.array?.compactMap(\.string) ?? [] }
        // Which of several members the client reads is its own affair: all of them count, and none can be replaced then.
        let named = Self.pathNames.filter { input[$0]?.string != nil }
        paths = named.compactMap { input[$0]?.string } + several
        if named.count == 1 { found["path"] = named[0] }
        guard paths.count <= Self.mostPaths else {
            throw HiveError(
                .tooLarge, "the call names \(paths.count) files, \(Self.mostPaths) are decided at once",
                hint: "name fewer")
        }
        let edits = input["edits"]?.array?.compactMap { $0["new_string"]?.string }.joined(separator: "\n")
        let written = Self.contentNames.filter { input[$0]?.string != nil }
        let texts = written.compactMap { input[$0]?.string } + [edits].compactMap(\.self)
        content = texts.isEmpty ? nil : texts.joined(separator: "\n")
        if texts.count == 1, let name = written.first { found["content"] = name }
        members = found
    }

    private static let commandNames = ["command", "cmd"]
    private static let contentNames = ["content", "new_string", "new_source"]
    /// Lists of files, or of patterns for them.
    private static let listNames = ["paths", "file_paths", "files", "include"]

    /// A command that came as words, as one would type it: without quotes, what one word holds would read as several.
    private static func words(of input: JSONValue) -> String? {
        commandNames.lazy.compactMap { input[$0]?.array }.first.map { words in
            words.compactMap(\.string).map(quoted).joined(separator: " ")
        }
    }

    private static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "-_./:=,@%+".utf8.contains(byte)
                }
            }
        return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
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
    private static let heads = ["*** Add File:", "*** Update File:", "*** Delete File:", "*** Move to:"]

    /// Each once, in order.
    static func all(in patch: String) -> [String] {
        var paths: [String] = []
        for line in patch.split(whereSeparator: \.isNewline) {
            // Clients pass over space around a line.
            let line = line.trimming(while: \.isWhitespace)
            guard let head = heads.first(where: { line.hasPrefix($0) }) else { continue }
            let path = String(line.dropFirst(head.count).trimming(while: \.isWhitespace))
            if !paths.contains(path) { paths.append(path) }
        }
        return paths
    }
}

extension Substring {
    fileprivate func trimming(while isDropped: (Character) -> Bool) -> Substring {
        var text = drop(while: isDropped)
        while let last = text.last, isDropped(last) { text.removeLast() }
        return text
    }
}
