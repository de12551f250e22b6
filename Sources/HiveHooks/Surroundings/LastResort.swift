#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// What a hook leaves with when it cannot go on: a trap, a signal, a pipe that was closed. Clients take every code but 2 for
/// consent, so a crash must not end in the code that a crash has.
enum LastResort {
    /// 2 until it is known that the event keeps nothing from happening, or that the policy allows. Read inside signal
    /// handlers; written by the one thread there is.
    nonisolated(unsafe) static var code: Int32 = 2

    /// - Parameter seconds: how long the whole run may take. What cannot be given a deadline of its own, such as the search
    ///   for a host's name, ends with that.
    static func arm(seconds: UInt32) {
        for number in [
            SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGALRM,
            SIGSYS, SIGXCPU, SIGXFSZ, SIGUSR1, SIGUSR2, SIGVTALRM, SIGPROF,
        ] {
            signal(number) { _ in
                if LastResort.code != 0 {
                    let words: StaticString = "hive: the hook ended before the call was decided\n"
                    _ = write(2, words.utf8Start, words.utf8CodeUnitCount)
                }
                _exit(LastResort.code)
            }
        }
        signal(SIGPIPE, SIG_IGN)
        alarm(seconds)
    }
}
