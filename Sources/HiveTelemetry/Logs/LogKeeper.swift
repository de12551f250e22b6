public import Logging
public import ServiceLifecycle

/// Looks after log files that were put aside, once a minute.
public struct LogKeeper: Service {
    private let output: LogOutput
    private let logger: Logger

    public init(output: LogOutput, logger: Logger) {
        self.output = output
        self.logger = logger
    }

    public func run() async throws {
        do {
            try await cancelWhenGracefulShutdown {
                while true {
                    do { try output.tidy() } catch { logger.error("old log files cannot be looked after: \(error)") }
                    try await Task.sleep(for: .seconds(60))
                }
            }
        } catch is CancellationError { /* the stop that was waited for */  }
    }
}
