public import HiveCore

/// Spares a server that fails, and its callers the wait: after some failures in a row no call is made for a while, then one
/// to see whether it is back. A value; the time and the jitter come in.
public struct CircuitBreaker: Sendable, Hashable {
    /// The right to make one call. Its outcome counts only while the circuit is as it was when it was given.
    public struct Pass: Sendable, Hashable { fileprivate let generation: UInt64 }

    /// What a call is told that is not made.
    public struct Refusal: Error, Sendable, Hashable {
        /// Milliseconds until it may be tried again.
        public let wait: Int64
    }

    /// How many failures in a row open it.
    public let tolerance: Int
    /// Milliseconds of the first pause; each further one is twice as long.
    public let firstPause: Int64
    public let longestPause: Int64

    /// A server that asks for more time than this is asked again all the same.
    private static let longestAsked: Int64 = 600_000

    private var failures = 0
    private var pauses = 0
    /// Until when no call is made; nil while it is closed.
    private var openUntil: Int64?
    /// A call is on its way to see whether the server is back.
    private var isProbing = false
    /// Changes with each opening, closing and probe.
    private var generation: UInt64 = 0

    public init(tolerance: Int = 5, firstPause: Int64 = 1000, longestPause: Int64 = 30_000) {
        self.tolerance = tolerance
        self.firstPause = firstPause
        self.longestPause = longestPause
    }

    public func state(at now: Int64) -> ModelServerReport.Circuit {
        guard let openUntil else { return .closed }
        return isProbing || now >= openUntil ? .halfOpen : .open
    }

    /// Milliseconds until a call is let through; 0 where one is.
    public func pause(at now: Int64) -> Int64 { max(0, (openUntil ?? now) - now) }

    /// The right to make a call. Throws where none is to be made now.
    public mutating func admit(at now: Int64) throws(Refusal) -> Pass {
        guard let openUntil else { return Pass(generation: generation) }
        guard now >= openUntil else { throw Refusal(wait: openUntil - now) }
        guard !isProbing else { throw Refusal(wait: firstPause) }
        isProbing = true
        generation += 1
        return Pass(generation: generation)
    }

    /// The server did what it was asked, or said plainly why not.
    public mutating func succeed(_ pass: Pass) {
        guard pass.generation == generation else { return }
        failures = 0
        guard openUntil != nil else { return }
        openUntil = nil
        isProbing = false
        pauses = 0
        generation += 1
    }

    /// The server did not answer, or nothing sensible.
    ///
    /// - Parameters:
    ///   - jitter: 0 to 1; the pause is between half and all of its length.
    ///   - asked: milliseconds that the server wants to be left alone, which opens it at once.
    public mutating func fail(_ pass: Pass, at now: Int64, jitter: Double, asked: Int64? = nil) {
        guard pass.generation == generation else { return }
        failures += 1
        guard openUntil != nil || asked != nil || failures >= tolerance else { return }
        let length = min(longestPause, firstPause << Int64(min(pauses, 20)))
        let pause = length / 2 + Int64(Double(length / 2) * min(1, max(0, jitter)))
        openUntil = now + max(pause, min(asked ?? 0, Self.longestAsked))
        pauses += 1
        isProbing = false
        generation += 1
    }

    /// The call was given up by its caller: it says nothing about the server.
    public mutating func abandon(_ pass: Pass) {
        guard pass.generation == generation, isProbing else { return }
        isProbing = false
        generation += 1
    }
}
