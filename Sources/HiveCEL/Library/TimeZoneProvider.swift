/// Knows the time zones of the world. UTC and fixed offsets such as `+02:00` need none.
public protocol TimeZoneProvider: Sendable {
    /// How far local time is ahead of UTC, in seconds, in a named zone (`Europe/Berlin`) at a moment in seconds since
    /// 1970. Nil for a name that it does not know.
    func offset(ofZone name: String, at seconds: Int64) -> Int64?
}
