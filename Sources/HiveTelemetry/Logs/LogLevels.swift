public import Logging
import Synchronization

/// The level that all loggers of a process share, so that it can be changed while they are in use.
public final class LogLevels: Sendable {
    private let level: Mutex<Logger.Level>

    public init(_ level: Logger.Level) { self.level = Mutex(level) }

    public var current: Logger.Level {
        get { level.withLock { $0 } }
        set { level.withLock { $0 = newValue } }
    }
}
