import HiveAPI
import Logging
import NIOCore
import ServiceLifecycle

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A socket in the file system, for the hooks of this machine alone, which speak no TLS: only the node's own user can open
/// it, and they show their token here as everywhere.
///
/// A node without it does all else: where the file cannot be made, the log says so.
struct HookListener: Service {
    let listener: Listener
    let path: String
    let logger: Logger
    /// Called once: with the path, or with nil where there is no such socket.
    let onBound: @Sendable (String?) async -> Void

    init(
        path: String, door: Door, front: @escaping Listener.Front, metrics: HTTPMetrics, logger: Logger,
        accessLevel: Logger.Level, onBound: @escaping @Sendable (String?) async -> Void
    ) {
        self.path = path
        self.logger = logger
        self.onBound = onBound
        listener = Listener(
            address: ListenAddress(host: "localhost", port: 0), door: door, front: front, metrics: metrics, events: nil,
            logger: logger, accessLevel: accessLevel,
            onBound: { _ in
                guard chmod(path, 0o600) == 0 else {
                    logger.error("the socket for hooks cannot be kept from others: \(path)")
                    return await onBound(nil)
                }
                await onBound(path)
            }, file: path)
    }

    func run() async throws {
        do { try await listener.run() } catch let error where !(error is CancellationError) {
            logger.error("hooks cannot reach this node, there is no socket at \(path): \(error)")
            await onBound(nil)
            try await gracefulShutdown()
        }
    }
}
