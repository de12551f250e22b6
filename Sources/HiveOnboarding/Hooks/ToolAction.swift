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
    var paths: [String] { files.paths }
    /// By which member of the input the client gave what rules look at; what a patch does has none.
    let members: [String: String]
    private let files: ToolFiles

    /// Throws `invalid_input` for a call that lacks what it must say, or says it in another form than its tool takes.
    init(_ tool: String, _ input: JSONValue, client: HookClient) throws {
        self.input = input
        self.tool = ToolName.known(tool, of: client)
        guard let fields = JSONMembers(input.bytes) else {
            throw HiveError(.invalidInput, "the input of `\(tool.prefix(64))` makes no sense", hint: "send it anew")
        }
        do {
            files = try ToolFiles(of: tool, fields, client: client)
            if tool == ToolName.patch {
                (command, content, url, members) = (nil, try ToolFiles.patchText(fields), nil, [:])
                return
            }
        } catch { throw HiveError(.invalidInput, error.message, hint: error.hint) }
        var found: [String: String] = [:]
        found["path"] = files.member
        let given = try ToolCommand(of: tool, input, isShell: self.tool == "Bash")
        command = given.text
        found["command"] = given.member
        url = input["url"]?.string
        if url != nil { found["url"] = "url" }
        let edits = input["edits"]?.array?.compactMap { $0["new_string"]?.string }.joined(separator: "\n")
        let written = Self.contentNames.filter { input[$0]?.string != nil }
        let texts = written.compactMap { input[$0]?.string } + [edits].compactMap(\.self)
        content = texts.isEmpty ? nil : texts.joined(separator: "\n")
        if texts.count == 1, let name = written.first { found["content"] = name }
        members = found
    }

    /// Whether it writes files.
    var writes: Bool { ToolName.writing.contains(tool) || files.patch != nil }

    /// What it writes into a file: of a patch only the lines that it adds there.
    func content(for path: String) -> String? {
        files.patch.map { $0.lines(addedTo: path) } ?? content
    }

    private static let contentNames = ["content", "new_string", "new_source"]

    /// The input with other values for some of what rules look at; nil where the client has no place for one of them,
    /// or where a path is to change that several names stand for.
    func replacing(_ values: [String: JSONValue], names: [FileName]) -> JSONValue? {
        guard var fields = input.object else { return nil }
        for (name, value) in values {
            guard let member = members[name], let text = value.string, name != "path" || names.count == 1 else {
                return nil
            }
            let root = name == "path" ? names.first?.root : nil
            fields[member] = .string(root.map { RepositoryPath.absolute(text, root: $0) } ?? text)
        }
        return .object(fields)
    }
}
