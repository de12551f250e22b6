import HiveAPI
import HiveCore
import Logging

/// The whole store is checked from time to time, so that a disk that forgets is noticed before the peers are gone.
extension Node {
    private static let namespace = "node"
    private static let key = Array("last-scrub".utf8)

    /// Checks every log and projection where the last check is long enough ago. The first one waits for a whole
    /// interval: a new node has nothing to lose yet.
    func scrubIfDue() async throws {
        guard let interval = settings.health.scrub else { return }
        let now = kernel.surroundings.now()
        let last = try kernel.read { try $0.local.value(Self.key, in: Self.namespace) }
            .flatMap { Int64(String(decoding: $0, as: UTF8.self)) }.map { Timestamp(milliseconds: $0) }
        if let last {
            guard last.advanced(bySeconds: interval) <= now else { return }
            let report = try await verify(rebuild: false, as: .operator)
            if report.ok {
                logger.info("the store was checked and is whole", metadata: ["operations": "\(report.operations)"])
            }
            for problem in report.problems { logger.error("the check of the store found: \(problem)") }
        }
        let text = Array(String(now.milliseconds).utf8)
        try await kernel.write { try $0.transaction.local.set(text, for: Self.key, in: Self.namespace) }
    }
}
