/// The newest state of one thing. Its name is its identity: whoever records `web-3/nginx` in a scope, on whatever
/// node, writes to the same document, whose operations are its history.
public struct InfrastructureState: Sendable, Hashable {
    public let machine: String
    public let component: String
    /// The newest observation; of concurrent ones the last by stamp.
    public let observation: Observation

    /// The component of a machine as a whole.
    public static let wholeMachine = "machine"

    public init(_ state: DocumentState) {
        machine = state.text(EngramField.machine) ?? ""
        component = state.text(EngramField.component) ?? Self.wholeMachine
        observation = Observation(state.shown(EngramField.observation)?.inline)
    }

    /// A name as it is kept: lower case; nil for an empty one, and where white space is in it.
    public static func name(_ text: String) -> String? {
        guard let line = RecordText.line(text), !line.contains(where: \.isWhitespace) else { return nil }
        return line.lowercased()
    }

    /// The document of a thing in a scope; another in each scope, since an id names one memory. An erased one goes on in the
    /// next generation.
    public static func document(
        machine: String, component: String, in scope: ScopeID, generation: UInt64
    ) -> DocumentID {
        var key = CBOREncoder()
        key.beginArray(count: 4)
        key.encode(text: RecordType.infrastructure.rawValue)
        key.encode(text: machine)
        key.encode(text: component)
        key.encode(bytes: scope.digest.bytes)
        return .derived(kind: DocumentKind.semantic.rawValue, key: key.bytes, generation: generation)
    }

    /// `web-3/nginx is down since …`, what was noted, and the values, one on each line.
    public var text: String {
        var head = "\(machine)/\(component) is \(observation.status.rawValue) since \(observation.changedAt.rfc3339)"
        if let previous = observation.previous { head += ", before that \(previous.rawValue)" }
        let lines = [observation.note, observation.type.map { "type = \($0)" }].compactMap(\.self)
        return ([head] + lines + Self.lines(of: .map(observation.values), under: "")).joined(separator: "\n")
    }

    private static func lines(of value: CBORValue, under path: String) -> [String] {
        switch value {
        case .map(let map):
            return map.flatMap { entry in
                let name = entry.key.text ?? "?"
                return lines(of: entry.value, under: path.isEmpty ? name : "\(path).\(name)")
            }
        case .array(let values):
            return values.enumerated().flatMap { lines(of: $0.element, under: "\(path)[\($0.offset)]") }
        case .text(let text): return ["\(path) = \(text)"]
        case .bool(let flag): return ["\(path) = \(flag)"]
        case .double(let number): return ["\(path) = \(number)"]
        case .null: return ["\(path) = null"]
        case .unsigned, .negative: return ["\(path) = \(value.integer.map(String.init) ?? "?")"]
        case .bytes(let bytes): return ["\(path) = \(bytes.count) bytes"]
        }
    }
}
