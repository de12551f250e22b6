import HiveAPI

/// One setting as it is in force, and where it comes from.
struct EffectiveSetting: Sendable, Hashable {
    /// `log.rotate.size`
    let key: String
    /// Nil where what comes with Hive holds.
    let value: String?
    /// `default`, `flag --name`, `environment HIVE_NAME`, `hive.yaml:3`
    let origin: String

    var json: JSONValue {
        ["key": .string(key), "value": value.map(JSONValue.string) ?? .null, "origin": .string(origin)]
    }
}
