import Foundation
import HiveAPI
import HiveHooks
import Testing

@testable import HiveOnboarding

/// Hooks for everybody on a machine.
@Suite struct ManagedHookTests {
    @Test("They always name the data directory, so that a project's variables lead them nowhere else")
    func directory() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("managed-\(UUID().uuidString)")
        for name in ["data", "home", "machine"] {
            try FileManager.default.createDirectory(
                at: folder.appendingPathComponent(name), withIntermediateDirectories: true)
        }
        let path = try #require(LocalFileTree.real(folder.path))
        var settings = OnboardingDesk.Settings(
            directory: path + "/data", home: path + "/home", programPath: "/usr/bin/hivectl")
        settings.machine = path + "/machine"
        settings.asksVersions = false
        let desk = OnboardingDesk(settings) { [] }
        for client in [HookClient.claudeCode, .gemini] {
            let request = InstallAgent(client: client.rawValue, level: .managed)
            let report = try await desk.install(request, as: .operator)
            #expect(report.isCurrent)
            let place = try #require(report.places.first { $0.part == .hooks })
            let text = try String(contentsOfFile: place.path, encoding: .utf8)
            #expect(text.contains("hook \(client.rawValue) --data \(path)/data --policy "))
        }
        let again = try await desk.places(of: nil, as: .operator).items
        #expect(again.count == 2 && again.allSatisfy(\.isCurrent))
    }
}
