import Foundation
import HiveAPI
import HiveTelemetry
import Logging
import ServiceLifecycle
import UnixSignals

/// At SIGHUP the configuration is read anew: what can change while the node works does, and of the rest is said that it
/// needs a restart. A configuration that makes no sense changes nothing.
struct Reloading: Service {
    /// Settings that take effect at once.
    private static let reloadable: Set<String> = ["log-level"]

    /// What is in force.
    let effective: EffectiveSettings
    let flags: HiveDaemon
    let telemetry: Telemetry
    let logger: Logger

    func run() async throws {
        var current = effective
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            do { current = try await reload(current) } catch {
                logger.error("the configuration was not read anew, the former one stays: \(error)")
            }
        }
    }

    /// Log files that somebody has moved away are opened anew in any case.
    private func reload(_ current: EffectiveSettings) async throws -> EffectiveSettings {
        try telemetry.output.reopen()
        let settings = try await DaemonSettings(flags: flags)
        let fresh = try EffectiveSettings(settings, flags: flags, environment: ProcessInfo.processInfo.environment)
        let changes = current.changes(to: fresh)
        apply(settings)
        logger.notice(
            "the configuration was read anew",
            metadata: ["changed": "\(changes.isEmpty ? "nothing" : changes.joined(separator: ", "))"])
        let late = changes.filter { !Self.reloadable.contains($0) }
        if !late.isEmpty {
            logger.warning("restart the node for these to take effect: \(late.joined(separator: ", "))")
        }
        return fresh
    }

    private func apply(_ settings: DaemonSettings) { telemetry.levels.current = settings.logLevel }
}
