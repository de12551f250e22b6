/// The time zones that expressions name.
enum ZoneOffset {
    static func seconds(
        of zone: String, at seconds: Int64, _ zones: (any TimeZoneProvider)?
    ) throws(EvaluationError) -> Int64 {
        if zone == "UTC" || zone == "Z" || zone.isEmpty { return 0 }
        if let offset = fixed(zone) { return offset }
        if let offset = zones?.offset(ofZone: zone, at: seconds) { return offset }
        throw EvaluationError(
            .invalidArgument,
            "there is no time zone `\(zone)`; use UTC, an offset such as `+02:00`, or a name such as `Europe/Berlin`")
    }

    private static func fixed(_ zone: String) -> Int64? {
        let hasSign = zone.hasPrefix("+") || zone.hasPrefix("-")
        var reader = DigitReader(hasSign ? zone : "+" + zone)
        guard zone.utf8.contains(UInt8(ascii: ":")), let offset = reader.offset(), reader.isAtEnd else { return nil }
        return offset
    }
}
