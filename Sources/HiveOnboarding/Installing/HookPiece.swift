import HiveAPI

/// Hive's hooks among a client's, in JSON: a group for each event with one command in it.
struct HookPiece: OnboardingPiece {
    private static let hooks = "hooks"

    /// One event's group.
    struct Group: Sendable {
        let event: String
        /// Which tools; nil where the event has none, or all are meant without saying so.
        let matcher: String?
        let handler: JSONTree

        /// Whether a group's matcher lets through what this one is to see: clients take none and an empty one for all.
        func isMatched(by given: JSONValue?) -> Bool {
            guard let given, !given.isNull else { return true }
            guard let text = given.string else { return false }
            return text.isEmpty || text == matcher
        }

        var tree: JSONTree {
            var members: [(name: String, value: JSONTree)] = []
            if let matcher { members.append(("matcher", .text(matcher))) }
            members.append(("hooks", .list([handler])))
            return .members(members)
        }
    }

    let path: String
    let part = OnboardingPart.hooks
    let client: String
    let groups: [Group]

    /// Where Hive's handler of an event stands.
    private struct Place {
        let group: Int
        let handler: Int
        let value: JSONValue
        let isAlone: Bool
        /// Whether its group is asked about all that it is to see.
        let isWhole: Bool
    }

    func state(in bytes: [UInt8]) throws -> OnboardedPlace.State {
        let outline = try JSONEditor(bytes).outline
        let states = groups.map { group -> OnboardedPlace.State in
            guard let place = self.place(of: group, in: outline) else { return .missing }
            guard place.isWhole else { return .outdated }
            let wanted = group.handler.value
            if place.value == wanted { return .current }
            let others = { (value: JSONValue) in value.object?.filter { $0.key != "command" } }
            return others(place.value) == others(wanted) ? .outdated : .changed
        }
        for state in [OnboardedPlace.State.changed, .outdated] where states.contains(state) { return state }
        if states.allSatisfy({ $0 == .missing }) { return .missing }
        return states.contains(.missing) ? .outdated : .current
    }

    func installed(in bytes: [UInt8]?) throws -> [UInt8] {
        guard let bytes else {
            let all = groups.map { (name: $0.event, value: JSONTree.list([$0.tree])) }
            return JSONEditor.file(.members([(Self.hooks, .members(all))]))
        }
        var editor = try JSONEditor(bytes)
        for group in groups {
            let path = [Self.hooks, group.event]
            guard let place = place(of: group, in: editor.outline) else {
                try editor.append(group.tree, at: path)
                continue
            }
            guard place.isWhole else {
                try widen(place, group, path, in: &editor)
                continue
            }
            guard place.value != group.handler.value, let node = handler(at: place, path, in: editor.outline) else {
                continue
            }
            try editor.replace(node, with: group.handler, depth: 5)
        }
        return editor.bytes
    }

    func removed(from bytes: [UInt8]) throws -> [UInt8]? {
        var editor = try JSONEditor(bytes)
        // Also events that an earlier version asked for.
        let events = editor.outline.node(at: [Self.hooks])?.items.compactMap(\.name) ?? []
        // The last first: so each finds the file as it was when it came in.
        for event in events.reversed() {
            while let place = places(of: event, in: editor.outline).first {
                let path = [Self.hooks, event]
                if place.isAlone {
                    if try editor.remove(place.group, at: path) { return nil }
                } else {
                    guard try removeHandler(place, path, from: &editor) else { break }
                }
            }
        }
        return editor.bytes
    }

    /// A group of its own for a handler that sees too little: the matcher of a group that has others stays.
    private func widen(_ place: Place, _ group: Group, _ path: [String], in editor: inout JSONEditor) throws {
        if place.isAlone, let node = editor.outline.node(at: path)?.items[place.group].value {
            return try editor.replace(node, with: group.tree, depth: 3)
        }
        guard try removeHandler(place, path, from: &editor) else { return }
        try editor.append(group.tree, at: path)
    }

    /// Takes only the handler out of a group that has others.
    private func removeHandler(_ place: Place, _ path: [String], from editor: inout JSONEditor) throws -> Bool {
        guard let group = editor.outline.node(at: path)?.items[place.group].value,
            let list = group.items.last(where: { $0.name == "hooks" })?.value
        else { return false }
        try editor.cut(place.handler, of: list)
        return true
    }

    private func handler(at place: Place, _ path: [String], in outline: JSONOutline) -> JSONOutline.Node? {
        let group = outline.node(at: path)?.items[place.group].value
        return group?.items.last { $0.name == "hooks" }?.value.items[place.handler].value
    }

    /// Hive's handler of an event: where there are several, one that sees all.
    private func place(of group: Group, in outline: JSONOutline) -> Place? {
        let all = places(of: group.event, matching: group, in: outline)
        return all.first(where: \.isWhole) ?? all.first
    }

    private func places(of event: String, matching wanted: Group? = nil, in outline: JSONOutline) -> [Place] {
        guard let list = outline.node(at: [Self.hooks, event]), list.kind == .list else { return [] }
        return list.items.enumerated().flatMap { index, group -> [Place] in
            guard let handlers = group.value.items.last(where: { $0.name == "hooks" })?.value.items else { return [] }
            let matcher = group.value.items.last { $0.name == "matcher" }
                .map { outline.value(of: $0.value) ?? .bool(false) }
            return handlers.enumerated().compactMap { number, handler in
                guard let value = outline.value(of: handler.value),
                    HookCommandLine(value["command"]?.string ?? "")?.client == client
                else { return nil }
                return Place(
                    group: index, handler: number, value: value, isAlone: handlers.count == 1,
                    isWhole: wanted?.isMatched(by: matcher) ?? true)
            }
        }
    }
}
