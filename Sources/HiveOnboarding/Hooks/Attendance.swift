import HiveAPI
import HiveCore
import HiveHooks

/// Makes agents known by what their clients tell: one that begins a session is registered, one that does anything is
/// there.
struct Attendance {
    private let agents: any AgentService & PresenceService
    private let settings: HookSettings

    init(_ services: NodeServices, settings: HookSettings) {
        agents = services.agents
        self.settings = settings
    }

    func note(_ event: HookEvent, as caller: Caller) async throws {
        guard settings.registersAgents, let name = caller.agent, ScopeName.isValid(name: name) else { return }
        guard event.moment == .start else { return await agents.heard(caller) }
        do {
            if try await agents.heartbeat(name, AgentHeartbeat(), as: caller).registered { return }
        } catch let error as HiveError where error.code == .illegalTransition {
            // One that was retired stays so until somebody registers it.
            return
        } catch let error as HiveError where error.code == .notFound || error.code == .forbidden {
            // Nobody of this name is known here; one of another node is another agent.
        }
        _ = try await agents.register(RegisterAgent(name: name, client: event.client.rawValue), as: caller)
    }
}
