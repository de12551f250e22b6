import HiveAPI
import HiveHooks
import Synchronization

/// Keeps what an agent did in a session: an event for each tool that changed something, what the model said at the end of a
/// turn, the last part of a conversation before it is summarised. Secrets are taken out before anything is kept.
final class SessionRecorder: Sendable {
    /// Marks what hooks kept, so that recalling does not bring it up unasked.
    static let tag = "hook-session"
    private static let mostSessions = 1000

    private let services: NodeServices
    private let recording: HookSettings.Recording
    private let episodes = Mutex<[String: String]>([:])

    init(_ services: NodeServices, recording: HookSettings.Recording) {
        self.services = services
        self.recording = recording
    }

    func keep(_ event: HookEvent, as caller: Caller) async throws {
        guard recording != .off, let session = event.session, !session.isEmpty else { return }
        switch event.moment {
        case .afterTool:
            let action = try event.action()
            guard !ToolName.reading.contains(action.tool) else { return }
            try await write(SessionText.done(action, event), event, session, as: caller)
        case .stop:
            let told = event.text("last_assistant_message") ?? event.text("prompt_response")
            guard let said = told ?? event.place.tail.flatMap(Transcript.lastWords), !said.isEmpty else { return }
            try await write("said: " + SessionText.cut(said, 1000), event, session, as: caller)
        case .compaction:
            guard let tail = event.place.tail, case let summary = Transcript.summary(tail), !summary.isEmpty else {
                return
            }
            try await write("before the conversation was summarised:\n" + summary, event, session, as: caller)
        case .end: try await end(event, session, as: caller)
        case .beforeTool, .prompt, .start, .other: return
        }
    }

    private func write(_ text: String, _ event: HookEvent, _ session: String, as caller: Caller) async throws {
        let clean = SessionText.withoutSecrets(text)
        var data: [String: JSONValue] = [:]
        data["project"] = event.project.map(JSONValue.string)
        data["branch"] = event.place.branch.map(JSONValue.string)
        if recording == .memory {
            data["session"] = .string(session)
            let memory = StoreMemory(
                content: clean, kind: "episodic", category: "sessions", tags: [Self.tag, event.client.rawValue],
                metadata: data)
            _ = try await services.memories.store(memory, as: caller)
            return
        }
        let episode = try await episode(of: session, event, as: caller)
        let entry = AppendEvent(clean, data: data.isEmpty ? nil : .object(data), reopen: true)
        _ = try await services.episodes.append(entry, toEpisode: episode, as: caller)
    }

    /// The session's episode. Its key is made from the session, so that a restarted node finds it again.
    private func episode(of session: String, _ event: HookEvent, as caller: Caller) async throws -> String {
        let key = "hook/\(event.client.rawValue)/\(caller.agent ?? "")/\(session)"
        if let known = episodes.withLock({ $0[key] }) { return known }
        let start = StartEpisode(
            title: "Session \(session.prefix(8)) of \(caller.agent ?? event.client.rawValue)", category: "sessions",
            tags: [Self.tag, event.client.rawValue], metadata: ["session": .string(session)], idempotencyKey: key)
        let id = try await services.episodes.startEpisode(start, as: caller).memory.id
        episodes.withLock { known in
            if known.count >= Self.mostSessions { known.removeAll() }
            known[key] = id
        }
        return id
    }

    /// The open episode of a session that began before this node did.
    private func open(_ session: String, _ event: HookEvent, as caller: Caller) async throws -> String? {
        var query = MemoryQuery(
            limit: 1, tag: [Self.tag, event.client.rawValue], kind: "episodic", agent: caller.agent)
        query.meta = ["session=\(session)"]
        query.outcome = "open"
        return try await services.memories.search(query, as: caller).items.first?.memory.id
    }

    private func end(_ event: HookEvent, _ session: String, as caller: Caller) async throws {
        guard recording == .episode else { return }
        let key = "hook/\(event.client.rawValue)/\(caller.agent ?? "")/\(session)"
        let known = episodes.withLock { $0.removeValue(forKey: key) }
        // A session of which nothing was kept has no episode that could end.
        guard let id = try await known == nil ? open(session, event, as: caller) : known else { return }
        let request = EndEpisode(
            outcome: "partial", note: "the session ended: \(event.text("reason") ?? "no reason given")")
        do { _ = try await services.episodes.endEpisode(id, with: request, as: caller) } catch let error as HiveError
            where error.code == .episodeEnded
        { /* two clients told of the same end */  }
    }
}
