import Foundation

/// What calls to a server take from the world around them.
public struct CallSurroundings: Sendable {
    /// Milliseconds that only grow.
    public let now: @Sendable () -> Int64
    /// Waits so many milliseconds; throws where the task is cancelled.
    public let sleep: @Sendable (Int64) async throws -> Void
    /// 0 to 1.
    public let jitter: @Sendable () -> Double

    public init(
        now: @escaping @Sendable () -> Int64, sleep: @escaping @Sendable (Int64) async throws -> Void,
        jitter: @escaping @Sendable () -> Double
    ) {
        self.now = now
        self.sleep = sleep
        self.jitter = jitter
    }

    public static let real = CallSurroundings(
        now: { Int64(ProcessInfo.processInfo.systemUptime * 1000) },
        sleep: { try await Task.sleep(for: .milliseconds($0)) }, jitter: { Double.random(in: 0...1) })
}
