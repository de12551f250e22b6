public import HiveAPI
import HiveHooks

/// Answers hooks: asks the law, recalls what bears on the matter, and keeps what happened.
public struct HookDesk: HookService {
    private let services: NodeServices
    private let settings: HookSettings
    private let recorder: SessionRecorder
    private let meter = HookMeter()
    private let complain: @Sendable (String) -> Void

    /// - Parameter complain: told what could not be kept or recalled; the answer is given without it.
    public init(
        _ services: NodeServices, settings: HookSettings = HookSettings(),
        complain: @escaping @Sendable (String) -> Void
    ) {
        self.services = services
        self.settings = settings
        self.complain = complain
        recorder = SessionRecorder(services, recording: settings.recording)
    }

    public func answer(_ json: JSONValue, from name: String, as caller: Caller) async throws -> JSONValue? {
        guard let client = HookClient(rawValue: name) else {
            throw HiveError(
                .notFound, "there are no hooks of `\(name.prefix(64))` here",
                hint: "known are \(HookClient.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let event = try HookEvent(json, from: client)
        let agent = caller.agent ?? client.rawValue
        let asking = Caller(role: .agent, agent: agent)
        let questions = try HookQuestion(event: event, agent: agent).inputs()
        var verdicts: [HookVerdict] = []
        for question in questions {
            verdicts.append(HookVerdict(try await services.rules.decide(question, explain: false, as: asking)))
        }
        guard let verdict = HookVerdict.strictest(of: verdicts) else {
            await keep(event, as: asking)
            return nil
        }
        meter.count(client, event.moment, verdict.effect)
        await keep(event, as: asking)
        let context = await context(for: event, verdict, as: asking)
        return try HookReply(event: event, verdict: verdict, context: context).json()
    }

    public var samples: [MetricSample] { meter.samples }

    private func keep(_ event: HookEvent, as caller: Caller) async {
        do { try await recorder.keep(event, as: caller) } catch {
            complain("what \(caller.agent ?? "an agent") did could not be kept: \(error)")
        }
    }

    /// What an agent is to know at its start or beside a prompt. A search that fails keeps nobody from working.
    private func context(for event: HookEvent, _ verdict: HookVerdict, as caller: Caller) async -> String {
        guard event.moment == .start || event.moment == .prompt else { return "" }
        let recall = Recall(services, settings: settings)
        do { return try await recall.words(for: event, verdict, as: caller) } catch {
            complain("nothing could be recalled for \(caller.agent ?? "an agent"): \(error)")
            return ""
        }
    }
}
