/// One run of a hook: reads an event, has the resident node decide, and says so in the client's contract. Whatever goes
/// wrong, a call that was not decided ends as the policy says.
public struct HookRelay {
    /// What the node takes of one event: its limit of a body, less what is added here.
    static let largestEvent = (2 << 20) - (160 << 10)

    private let options: HookOptions
    private let policy: HookPolicy

    /// Arguments behind `hook`. Never returns: ends the process with 0 or 2.
    public static func run(_ arguments: [String]) -> Never {
        LastResort.arm(seconds: 8)
        let outcome: HookOutcome
        switch HookOptions.read(arguments) {
        case .failure(let problem): outcome = .refusal(problem.message)
        case .success(let options):
            let relay = HookRelay(options)
            outcome = relay.outcome()
        }
        Output.finish(outcome)
    }

    private init(_ options: HookOptions) {
        self.options = options
        policy = HookPolicy(reading: SmallFile.read(options.policyPath, atMost: 4096) ?? [])
    }

    /// What cannot be understood, or what a node that is there refused, was not let through by whoever lets calls through where
    /// there is no node.
    private func undecided(_ reason: String) -> HookOutcome {
        policy == .allow ? .refusal(reason) : .undecided(reason, policy, options.client)
    }

    private func withoutNode(_ reason: String) -> HookOutcome { .undecided(reason, policy, options.client) }

    private func outcome() -> HookOutcome {
        guard let event = Input.read(atMost: Self.largestEvent, seconds: 5) else {
            return undecided("the event did not come, or has more than \(Self.largestEvent) bytes")
        }
        guard let members = JSONMembers(event), let name = members.text("hook_event_name") else {
            return undecided("what came is no event of \(options.client.rawValue)")
        }
        guard let moment = options.client.moment(of: name) else {
            return undecided(
                "this version of Hive does not know the event `\(name.prefix(64))`; "
                    + "take it out of the client's hooks, or update Hive")
        }
        guard moment == .beforeTool else {
            LastResort.code = 0
            return moment == .other
                ? .silence
                : ask(event, members, moment, otherwise: { _ in .silence }, withoutNode: { _ in .silence })
        }
        if let modes = options.client.permissionModes, members.has("permission_mode") {
            guard let mode = members.text("permission_mode"), modes.contains(mode) else {
                return undecided("the client runs in a mode that this version of Hive does not know; update Hive")
            }
        }
        return ask(event, members, moment, otherwise: undecided, withoutNode: withoutNode)
    }

    /// The files that a call names.
    private static func files(
        of event: JSONMembers, _ client: HookClient
    ) throws(ToolFiles.Refusal) -> [String] {
        guard let tool = event.text("tool_name"), let input = event.object("tool_input") else { return [] }
        return try ToolFiles(of: tool, input, client: client).paths
    }

    private func ask(
        _ event: [UInt8], _ members: JSONMembers, _ moment: HookMoment, otherwise: (String) -> HookOutcome,
        withoutNode: (String) -> HookOutcome
    ) -> HookOutcome {
        let folder = members.text("cwd") ?? ""
        let place: EventPlace
        do {
            var files: [String] = []
            if moment == .beforeTool || moment == .afterTool { files = try Self.files(of: members, options.client) }
            place = EventPlace(
                tree: WorkTree(around: folder), links: PathLinks(files, folder: folder),
                tail: moment.wantsTranscript ? members.text("transcript_path").flatMap(SmallFile.tail) : nil)
        } catch {
            return otherwise("\(error.message); \(error.hint)")
        }
        guard place.links.isWhole else {
            return otherwise("more than \(PathLinks.mostRoots) projects and work trees lie around what the call names")
        }
        if let path = place.links.unclear {
            return otherwise("nobody can tell where `\(path)` leads; name the file itself")
        }
        switch NodeAddress.find(data: options.data, isGiven: options.isDataGiven) {
        case .failure(let problem): return (problem.isNodeThere ? otherwise : withoutNode)(problem.message)
        case .success(let address):
            let exchange = NodeExchange(
                address: address, path: "/hooks/\(options.client.rawValue)", agent: options.agent,
                seconds: options.seconds)
            switch exchange.post(place.spliced(into: event, isEmpty: members.isEmpty)) {
            case .failure(let problem): return (problem.isNodeThere ? otherwise : withoutNode)(problem.message)
            case .success(let body) where body.isEmpty: return .silence
            case .success(let body):
                guard JSONMembers(body) != nil else { return otherwise("the node's answer makes no sense") }
                return .answer(body)
            }
        }
    }
}

/// Why something could not be had, for the one who reads it.
struct Problem: Error {
    let message: String
    /// Whether a node is there.
    let isNodeThere: Bool

    init(_ message: String, isNodeThere: Bool = false) {
        self.message = message
        self.isNodeThere = isNodeThere
    }
}
