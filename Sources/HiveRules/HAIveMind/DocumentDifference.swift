import HiveCEL

/// What two rule documents say differently, apart from what they keep of an original and their tests.
enum DocumentDifference {
    /// The keys of `metadata` and `spec` whose values differ, in order.
    static func keys(_ left: String, _ right: String) -> [String] {
        guard let one = mapping(left), let other = mapping(right) else { return ["the document"] }
        return ["metadata", "spec"].flatMap { part in
            keys(one.mapping(part) ?? ValueMap(), other.mapping(part) ?? ValueMap()).map { "\(part).\($0)" }
        }
    }

    private static func keys(_ left: ValueMap, _ right: ValueMap) -> [String] {
        let names = Set(
            (left.entries + right.entries).compactMap { entry -> String? in
                guard case .string(let name) = entry.key else { return nil }
                return name
            })
        return names.subtracting(["origin"]).sorted().filter { name in
            switch (left[name], right[name]) {
            case (let one?, let other?): !one.equals(other)
            default: true
            }
        }
    }

    private static func mapping(_ text: String) -> ValueMap? {
        do throws(RuleError) {
            let composer = YAMLComposer(path: "", text: text, lineOffset: 0)
            guard let node = try composer.compose(),
                case .map(let map) = try YAMLValue.value(node, at: RuleLocation(path: "", line: 1, column: 1))
            else { return nil }
            return map
        } catch { return nil }
    }
}
