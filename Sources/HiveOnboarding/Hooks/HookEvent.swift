import HiveAPI
import HiveHooks

/// A client's event, taken apart: what happens, where, and what the client's hook found out about the place.
struct HookEvent: Sendable {
    let client: HookClient
    /// As the client calls it.
    let name: String
    let moment: HookMoment
    let session: String?
    let folder: String?
    let permissionMode: String?
    let place: Place
    private let fields: JSONValue

    /// Where the agent works, as the hook on its machine saw it.
    struct Place: Sendable {
        let root: String?
        let branch: String?
        let repository: String?
        /// The last lines of the conversation's record.
        let tail: String?
        /// Everything that paths may be told relative to.
        let roots: [String]
        /// Where paths really lead, by the path as the client gave it.
        let real: [String: String]
    }

    /// Throws `invalid_input` for what is no event of the client, or one that this version does not know.
    init(_ json: JSONValue, from client: HookClient) throws {
        guard json.object != nil, let name = json["hook_event_name"]?.string else {
            throw HiveError(
                .invalidInput, "this is no event of \(client.rawValue): `hook_event_name` is missing",
                hint: "send what the client gives its hooks")
        }
        guard let moment = client.moment(of: name) else {
            throw HiveError(
                .invalidInput, "there is no event `\(name.prefix(64))` of \(client.rawValue) here",
                hint: "take it out of the client's hooks, or update Hive")
        }
        let mode = json["permission_mode"]
        if moment == .beforeTool, let modes = client.permissionModes, let mode, !mode.isNull {
            guard let word = mode.string, modes.contains(word) else {
                throw HiveError(
                    .invalidInput, "the mode \(mode.text.prefix(64)) of \(client.rawValue) is not known here",
                    hint: "update Hive")
            }
        }
        self.client = client
        self.name = name
        self.moment = moment
        fields = json
        session = json["session_id"]?.string.map { String($0.prefix(200)) }
        folder = json["cwd"]?.string
        permissionMode = mode?.string
        let hive = json["hive"]
        place = Place(
            root: hive?["root"]?.string, branch: hive?["branch"]?.string, repository: hive?["repository"]?.string,
            tail: hive?["tail"]?.string, roots: hive?["roots"]?.array?.compactMap(\.string) ?? [],
            real: hive?["real"]?.object?.compactMapValues(\.string) ?? [:])
    }

    /// The folder that paths are told relative to.
    var root: String? { place.root ?? folder }
    /// What the project is called: the last part of its folder.
    var project: String? { root?.split(separator: "/").last.map(String.init) }

    func text(_ name: String) -> String? { fields[name]?.string }
    func flag(_ name: String) -> Bool { fields[name]?.bool ?? false }

    /// What the tool answered; nil where it has not run, or nothing is known of it.
    var response: JSONValue? { fields["tool_response"] ?? fields["error"] }
    /// Whether the client says that the tool failed.
    var hasFailed: Bool {
        name == "PostToolUseFailure" || response?["is_error"]?.bool == true
            || response?["error"].map { !$0.isNull } == true
    }

    /// The call of a tool. Throws `invalid_input` where the event has none.
    func action() throws -> ToolAction {
        guard let tool = text("tool_name"), !tool.isEmpty else {
            throw HiveError(.invalidInput, "the event `\(name)` names no tool", hint: "give `tool_name`")
        }
        guard let input = fields["tool_input"], input.object != nil else {
            throw HiveError(.invalidInput, "the event `\(name)` has no `tool_input`", hint: "give it as an object")
        }
        return try ToolAction(tool, input, client: client)
    }
}
