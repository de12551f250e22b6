public import HiveAPI
import HiveHooks

/// Answers hooks: asks the law, recalls what bears on the matter, and keeps what happened.
public struct HookDesk: HookService {
    private let services: NodeServices
    private let settings: HookSettings
    private let recorder: SessionRecorder
    private let attendance: Attendance
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
        attendance = Attendance(services, settings: settings)
    }

    public func answer(_ json: JSONValue, from name: String, as caller: Caller) async throws -> JSONValue? {
        guard let client = HookClient(rawValue: name) else {
            throw HiveError(
                .notFound, "there are no hooks of `\(name.prefix(64))` here",
                hint: "known are \(HookClient.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let event = try HookEvent(json, from: client)
        let agent = caller.agent ?? client.rawValue
        let asking = Caller(role: .agent, agent: agent, credential: caller.credential, permit: caller.permit)
        let question = HookQuestion(event: event, agent: agent)
        let verdicts = try await verdicts(on: try question.inputs(), as: asking)
        guard let own = HookVerdict.strictest(of: verdicts) else {
            await keep(event, as: asking)
            return nil
        }
        let verdict = own.restricted(by: try await self.verdicts(on: try question.writes(), as: asking))
        meter.count(client, event.moment, verdict.effect)
        await keep(event, as: asking)
        let context = await context(for: event, verdict, as: asking)
        return try HookReply(event: event, verdict: verdict, context: context).json()
    }

    private func verdicts(on questions: [JSONValue], as caller: Caller) async throws -> [HookVerdict] {
        var verdicts: [HookVerdict] = []
        for question in questions {
            verdicts.append(HookVerdict(try await services.rules.decide(question, explain: false, as: caller)))
        }
        return verdicts
    }

    public var samples: [MetricSample] { meter.samples }

    private func keep(_ event: HookEvent, as caller: Caller) async {
        do { try await recorder.keep(event, as: caller) } catch {
            complain("what \(caller.agent ?? "an agent") did could not be kept: \(error)")
        }
        do { try await attendance.note(event, as: caller) } catch {
            complain("that \(caller.agent ?? "an agent") is there could not be told: \(error)")
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
