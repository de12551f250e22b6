/// Setting agents up on the machine of the node: entry of the MCP server, commands, instructions, hooks.
public protocol OnboardingService: Sendable {
    func install(_ request: InstallAgent, as caller: Caller) async throws -> OnboardingReport
    /// How the places are that were set up; nothing is changed.
    func places(of client: String?, as caller: Caller) async throws -> Page<OnboardingReport>
    /// Brings the places up to what they are to be. What somebody changed there is left and named, unless `force`.
    func sync(
        _ client: String?, part: OnboardingPart?, force: Bool, as caller: Caller
    ) async throws -> Page<OnboardingReport>
}
