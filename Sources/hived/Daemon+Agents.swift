import Foundation
import HiveAPI
import HiveNode
import HiveOnboarding
import Logging

/// What the daemon does for the agents of its machine.
extension Daemon {
    /// All that the node does, with hooks, commands and the setting up of clients.
    func services(of node: Node, _ desk: OnboardingDesk) -> NodeServices {
        var services = NodeServices(node)
        services.commands = node
        services.validation = node
        services.onboarding = desk
        let logger = Logger(label: "hive.hooks")
        services.hooks = HookDesk(services, settings: settings.hooks) { logger.warning("\($0)") }
        return services
    }

    func onboarding(_ node: Node) -> OnboardingDesk {
        let environment = ProcessInfo.processInfo.environment
        let beside = URL(fileURLWithPath: CommandLine.arguments.first ?? "hived").resolvingSymlinksInPath()
            .deletingLastPathComponent().appendingPathComponent("hivectl").path
        var desk = OnboardingDesk.Settings(
            directory: URL(fileURLWithPath: settings.directory).standardizedFileURL.path,
            home: environment["HOME"] ?? "/",
            programPath: FileManager.default.isExecutableFile(atPath: beside) ? beside : "hivectl")
        desk.namesDirectory = settings.directory != NodeLocation.defaultDirectory { environment[$0] }
        // Whoever asks over the network does not have programs started for it.
        desk.asksVersions = false
        return OnboardingDesk(desk) { try await node.commands(as: .operator).items }
    }
}
