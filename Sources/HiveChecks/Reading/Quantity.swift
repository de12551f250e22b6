/// Amounts as configuration files write them, as numbers. Nil for what is none.
enum Quantity {
    private static let gibibyte = 1_073_741_824.0

    /// Which thousand `G` and `GB` mean.
    enum Units {
        /// As Docker has it: 1,024, with `Gi`, `G` and `GB` alike.
        case binary
        /// As Kubernetes has it: 1,000, and 1,024 for `Gi`.
        case decimal
    }

    /// Memory in GiB; a number alone is in bytes.
    static func memory(_ tree: Tree?, _ units: Units = .binary) -> Double? {
        guard let text = tree?.text, let (number, unit) = split(text) else { return nil }
        guard let bytes = factor(unit, units) else { return nil }
        return number * bytes / gibibyte
    }

    private static func factor(_ unit: String, _ units: Units) -> Double? {
        let prefix = unit.lowercased()
        guard let power = ["": 0, "b": 0, "k": 1, "m": 2, "g": 3, "t": 4][String(prefix.prefix(1))] else { return nil }
        if unit == "m", units == .decimal { return 0.001 }
        guard ["", "b", "i", "ib"].contains(String(prefix.dropFirst())) else { return nil }
        let isBinary = units == .binary || prefix.dropFirst().hasPrefix("i")
        return (0..<power).reduce(1) { product, _ in product * (isBinary ? 1024 : 1000) }
    }

    /// Processors: `0.5`, `500m`.
    static func processors(_ tree: Tree?) -> Double? {
        guard let text = tree?.text, let (number, unit) = split(text) else { return nil }
        switch unit {
        case "": return number
        case "m": return number / 1000
        default: return nil
        }
    }

    /// Seconds: `30s`, `1m30s`, `1.5h`, `500ms`; a number alone is in seconds.
    static func seconds(_ tree: Tree?) -> Double? {
        guard let text = tree?.text, !text.isEmpty else { return nil }
        var rest = text[...]
        var total = 0.0
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            rest = rest[digits.endIndex...]
            let unit = rest.prefix { $0.isLetter }
            rest = rest[unit.endIndex...]
            guard let number = Double(digits), let factor = secondsPerUnit[String(unit)] else { return nil }
            guard !unit.isEmpty || (rest.isEmpty && digits.count == text.count) else { return nil }
            total += number * factor
        }
        return total
    }

    private static let secondsPerUnit = [
        "": 1, "us": 0.000_001, "µs": 0.000_001, "ns": 0.000_000_001, "ms": 0.001, "s": 1, "m": 60, "h": 3600,
        "d": 86_400,
    ]

    /// A range of ports: `10300-10319`, `8080`.
    static func ports(_ text: String) -> ClosedRange<Int64>? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int64($0.filter { $0 != " " }) }
        guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2 else { return nil }
        guard first <= last, (0...65_535).contains(first), (0...65_535).contains(last) else { return nil }
        return first...last
    }

    private static func split(_ text: String) -> (Double, String)? {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard let number = Double(digits), number.isFinite else { return nil }
        return (number, String(text[digits.endIndex...].filter { $0 != " " }))
    }
}
