import HiveAPI
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

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
    /// Tells once whether there is such a socket, whatever happens later.
    private let report: @Sendable (String?) async -> Void

    /// - Parameters:
    ///   - protect: keeps the file from other users; whether it could.
    ///   - onBound: called once: with the path, or with nil where there is no such socket.
    init(
        path: String, door: Door, front: @escaping Listener.Front, metrics: HTTPMetrics, logger: Logger,
        accessLevel: Logger.Level, protect: @escaping @Sendable (String) -> Bool = { chmod($0, 0o600) == 0 },
        onBound: @escaping @Sendable (String?) async -> Void
    ) {
        self.path = path
        self.logger = logger
        let isTold = Mutex(false)
        let report: @Sendable (String?) async -> Void = { path in
            let wasTold = isTold.withLock { isTold in
                defer { isTold = true }
                return isTold
            }
            if !wasTold { await onBound(path) }
        }
        self.report = report
        listener = Listener(
            address: ListenAddress(host: "localhost", port: 0), door: door, front: front, metrics: metrics, events: nil,
            logger: logger, accessLevel: accessLevel,
            onBound: { _ in
                guard protect(path) else {
                    unlink(path)
                    throw HiveError(.forbidden, "the socket cannot be kept from other users")
                }
                await report(path)
            }, file: path)
    }

    func run() async throws {
        do { try await listener.run() } catch let error where !(error is CancellationError) {
            logger.error("hooks cannot reach this node, there is no socket at \(path): \(error)")
            await report(nil)
            try await gracefulShutdown()
        }
    }
}
