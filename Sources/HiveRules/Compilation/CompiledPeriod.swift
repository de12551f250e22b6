import HiveCEL

/// A period with its time zone looked up.
struct CompiledPeriod: Sendable {
    let from: Int64?
    let until: Int64?
    private let zone: Zone
    private let days: [Bool]?
    private let hours: EffectivePeriod.Hours?

    private enum Zone: Sendable {
        case fixed(seconds: Int64)
        case named(String, any TimeZoneProvider)

        func offset(at seconds: Int64) -> Int64 {
            switch self {
            case .fixed(let offset): offset
            case .named(let name, let zones): zones.offset(ofZone: name, at: seconds) ?? 0
            }
        }
    }

    /// Throws where the zone is unknown.
    init(
        _ period: EffectivePeriod, zones: (any TimeZoneProvider)?, at location: RuleLocation
    ) throws(RuleError) {
        zone = try Self.zone(period.zone, zones, location)
        from = period.from.map { [zone] in Self.absolute($0, zone) }
        until = period.until.map { [zone] in Self.absolute($0, zone) }
        days = period.days.isEmpty ? nil : (0..<7).map { period.days.contains($0) }
        hours = period.hours
    }

    private static func zone(
        _ name: String, _ zones: (any TimeZoneProvider)?, _ location: RuleLocation
    ) throws(RuleError) -> Zone {
        if name == "UTC" || name == "Z" { return .fixed(seconds: 0) }
        if let offset = fixedOffset(name) { return .fixed(seconds: offset) }
        if let zones, zones.offset(ofZone: name, at: 0) != nil { return .named(name, zones) }
        throw RuleError(
            "there is no time zone `\(name)` here", at: location,
            hint: "write UTC, an offset such as +02:00, or a name such as Europe/Berlin")
    }

    /// Reads `+02:00`.
    private static func fixedOffset(_ text: String) -> Int64? {
        let characters = Array(text)
        guard characters.count == 6, characters[3] == ":", let hours = Int64(String(characters[1...2])),
            let minutes = Int64(String(characters[4...5])), hours < 24, minutes < 60
        else { return nil }
        switch characters[0] {
        case "+": return hours * 3600 + minutes * 60
        case "-": return -(hours * 3600 + minutes * 60)
        default: return nil
        }
    }

    /// A local time that the clocks skip or show twice is read with the offset before the change.
    private static func absolute(_ moment: EffectivePeriod.Moment, _ zone: Zone) -> Int64 {
        guard moment.isLocal else { return moment.milliseconds }
        let local = moment.milliseconds / 1000
        let day: Int64 = 86_400
        let before = zone.offset(at: local - day)
        let after = zone.offset(at: local + day)
        let isAfter = zone.offset(at: local - before) != before && zone.offset(at: local - after) == after
        return moment.milliseconds - (isAfter ? after : before) * 1000
    }

    /// `now` is in Unix milliseconds.
    func contains(_ now: Int64) -> Bool {
        guard (from ?? .min) <= now, now < (until ?? .max) else { return false }
        guard days != nil || hours != nil else { return true }
        let seconds = now / 1000
        let local = seconds + zone.offset(at: seconds)
        let dayNumber = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
        let minute = Int((local - dayNumber * 86_400) / 60)
        let weekday = Int(((dayNumber + 4) % 7 + 7) % 7)
        guard let hours else { return days?[weekday] ?? true }
        if hours.from <= hours.until {
            return (hours.from..<hours.until).contains(minute) && days?[weekday] ?? true
        }
        // After midnight it is still the night of the day before.
        if minute >= hours.from { return days?[weekday] ?? true }
        return minute < hours.until && days?[(weekday + 6) % 7] ?? true
    }
}
