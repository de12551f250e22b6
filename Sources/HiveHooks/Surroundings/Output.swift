#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The end of a hook: what is said, and the exit code.
enum Output {
    /// Never returns. An answer that nobody takes counts as an undecided call: the code stays that of the last resort.
    static func finish(_ outcome: HookOutcome) -> Never {
        let deadline = Clock.milliseconds() + 5000
        if !outcome.output.isEmpty {
            guard Stream.write(outcome.output + [0x0A], to: 1, until: deadline) else { _exit(LastResort.code) }
        }
        if !outcome.complaint.isEmpty { _ = Stream.write(Array(outcome.complaint.utf8), to: 2, until: deadline) }
        _exit(outcome.code)
    }
}
