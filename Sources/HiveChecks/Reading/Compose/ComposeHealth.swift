import HiveCEL

/// The health check of a service.
enum ComposeHealth {
    /// Nil where there is none, or where it is turned off.
    static func value(_ tree: Tree?) -> Value? {
        guard let tree, tree["disable"]?.bool != true, let test = tree["test"] else { return nil }
        var words = test.isList ? test.elements.compactMap(\.text) : [test.text ?? ""]
        if words.first == "NONE" { return nil }
        if words.first == "CMD" || words.first == "CMD-SHELL" { words.removeFirst() }
        return value(
            command: words.joined(separator: " "), interval: Quantity.seconds(tree["interval"]) ?? 30,
            timeout: Quantity.seconds(tree["timeout"]) ?? 30, retries: Quantity.processors(tree["retries"]) ?? 3)
    }

    /// What is left out has Docker's defaults.
    static func value(command: String, interval: Double, timeout: Double, retries: Double) -> Value {
        var facts = Facts()
        facts.set("command", command)
        facts.set("intervalSeconds", interval)
        facts.set("timeoutSeconds", timeout)
        facts.set("retries", retries)
        return facts.value
    }
}
