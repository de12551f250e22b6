/// One number for Prometheus. A histogram is several samples of one `name` that differ in `suffix`.
public struct MetricSample: JSONRecord {
    /// The family's name.
    public var name: String
    public var type: Kind
    public var help: String
    public var labels: [String: String]
    public var value: Double
    /// `_bucket`, `_sum` or `_count` of a histogram.
    public var suffix: String

    public init(
        name: String, type: Kind, help: String, labels: [String: String] = [:], value: Double, suffix: String = ""
    ) {
        self.name = name
        self.type = type
        self.help = help
        self.labels = labels
        self.value = value
        self.suffix = suffix
    }
}

extension MetricSample {
    public init(reading fields: inout FieldReader) throws {
        name = try fields.required("name")
        type = try fields.required("type")
        help = try fields.required("help")
        labels = try fields.value("labels", default: [:])
        value = try fields.required("value")
        suffix = try fields.value("suffix", default: "")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("name", name)
        fields.put("type", type)
        fields.put("help", help)
        fields.put("labels", labels)
        fields.put("value", value)
        fields.put("suffix", suffix)
    }
}

extension MetricSample {
    /// What a family of samples is.
    public enum Kind: String, Sendable, Hashable, CaseIterable, JSONRepresentable {
        case counter
        case gauge
        case histogram

        public init(json source: JSONSource) throws { self = try source.word(Self.self) }

        public var json: JSONValue { .string(rawValue) }
        public static var shape: JSONShape { .word(allCases.map(\.rawValue)) }
    }
}
