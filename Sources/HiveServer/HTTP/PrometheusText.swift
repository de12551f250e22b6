import HiveAPI

/// The text format of Prometheus, version 0.0.4.
enum PrometheusText {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// Families in the order of their names; samples of a family in the order given.
    static func render(_ samples: [MetricSample]) -> String {
        let families = Dictionary(grouping: samples, by: \.name)
        var output = ""
        for name in families.keys.sorted() {
            guard let family = families[name], let first = family.first else { continue }
            output += "# HELP \(name) \(escaped(first.help, quotes: false))\n# TYPE \(name) \(first.type.rawValue)\n"
            for sample in family { output += line(sample) }
        }
        return output
    }

    private static func line(_ sample: MetricSample) -> String {
        let labels = sample.labels.sorted { $0.key < $1.key }
            .map { "\($0.key)=\"\(escaped($0.value, quotes: true))\"" }.joined(separator: ",")
        return "\(sample.name)\(sample.suffix)\(labels.isEmpty ? "" : "{\(labels)}") \(number(sample.value))\n"
    }

    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return Int64(exactly: value).map(String.init) ?? "\(value)"
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var output = ""
        for character in text.unicodeScalars {
            switch character {
            case "\\": output += "\\\\"
            case "\n": output += "\\n"
            case "\"" where quotes: output += "\\\""
            default: output.unicodeScalars.append(character)
            }
        }
        return output
    }
}
