import Foundation
import HiveAPI
import Logging
import ServiceLifecycle
import Synchronization
import Testing

@testable import HiveServer

/// The socket for hooks, on a real file system.
@Suite struct HookListenerTests {
    private let path = FileManager.default.temporaryDirectory.appendingPathComponent(
        "h-\(UUID().uuidString.prefix(8)).sock"
    ).path

    /// Runs a listener until it has told whether it listens, then ends it. All that it told, and what the file's rights
    /// were at the first word; nil where there was no file.
    private func run(protect: (@Sendable (String) -> Bool)?) async throws -> (told: [String?], rights: Int?) {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let gate = RequestGate(
            hosts: [], authority: Interface.authority, sessions: DashboardSessions(now: { Interface.now }))
        let door = Door(gate: gate, limits: AccessLimits(), privileged: [])
        let front: Listener.Front = { _ in Listener.Answer("rest", (.problem(HiveError(.notFound, "nothing")), "none"))
        }
        let told = Mutex<[String?]>([])
        let (first, continuation) = AsyncStream.makeStream(of: Void.self)
        let onBound: @Sendable (String?) async -> Void = { path in
            told.withLock { $0.append(path) }
            continuation.yield()
        }
        let listener =
            protect.map {
                HookListener(
                    path: path, door: door, front: front, metrics: HTTPMetrics(), logger: logger, accessLevel: .debug,
                    protect: $0, onBound: onBound)
            }
            ?? HookListener(
                path: path, door: door, front: front, metrics: HTTPMetrics(), logger: logger, accessLevel: .debug,
                onBound: onBound)
        let group = ServiceGroup(services: [listener], logger: logger)
        async let ended: Void = group.run()
        for await _ in first { break }
        let rights = try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        await group.triggerGracefulShutdown()
        try await ended
        return (told.withLock { $0 }, rights)
    }

    @Test("Only its own user can open it", .timeLimit(.minutes(1)))
    func protected() async throws {
        let (told, rights) = try await run(protect: nil)
        #expect(told == [path] && rights == 0o600)
    }

    @Test("A socket that cannot be kept from others is none: it is taken away, and said once", .timeLimit(.minutes(1)))
    func unprotected() async throws {
        let (told, rights) = try await run(protect: { _ in false })
        #expect(told == [nil] && rights == nil)
    }
}
