/// Standard input.
enum Input {
    /// All of it; nil where it does not end in time or has too much.
    static func read(atMost limit: Int, seconds: Int64) -> [UInt8]? {
        Stream.read(0, atMost: limit, until: Clock.milliseconds() + seconds * 1000)
    }
}
