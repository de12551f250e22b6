import HiveAPI
import HiveCEL
import HiveCore
import HiveRules

/// What rules are told of a memory that is to be written, and what becomes of it by their word.
struct MemoryLaw: Sendable {
    let input: JSONValue

    /// - Parameter request: the whole request, for rules that look further than at the content.
    init(
        content: String, kind: String?, category: String?, tags: [String], agent: String?, request: JSONValue
    ) {
        var input: [String: JSONValue] = [
            "event": "memory.write", "content": .string(content),
            "tags": .array(tags.map(JSONValue.string)), "args": request,
        ]
        input["kind"] = kind.map(JSONValue.string)
        input["category"] = category.map(JSONValue.string)
        input["agent"] = agent.map { ["name": .string($0)] }
        self.input = .object(input)
    }

    init(_ request: StoreMemory, agent: String?) {
        self.init(
            content: request.content, kind: request.kind ?? EngramKind.semantic.rawValue, category: request.category,
            tags: request.tags, agent: agent, request: request.json)
    }

    /// The memory as it would be.
    init(_ request: UpdateMemory, of memory: Engram, agent: String?) {
        var category = memory.category
        switch request.category {
        case .keep: break
        case .clear: category = nil
        case .set(let value): category = value
        }
        let tags = request.tags ?? (memory.tags.filter { !request.removeTags.contains($0) } + request.addTags)
        self.init(
            content: request.content ?? memory.content ?? "", kind: memory.kind.rawValue, category: category,
            tags: tags, agent: agent, request: request.json)
    }

    /// What rules want to be different.
    struct Changes: Sendable {
        var content: String?
        var category: String?
        var tags: [String]?

        /// Throws `denied` for a change of something that a memory has no place for.
        init(_ transformed: [String: JSONValue], rule: String) throws(HiveError) {
            for (name, value) in transformed {
                switch name {
                case "content": content = value.string
                case "category": category = value.string
                case "tags":
                    let texts = value.array?.compactMap(\.string)
                    if texts?.count == value.array?.count { tags = texts }
                default: break
                }
            }
            let known = [content != nil, category != nil, tags != nil].count { $0 }
            guard known == transformed.count else {
                throw HiveError(
                    .denied, "the rule `\(rule)` changes this memory in a way that cannot be carried out",
                    hint: "rules may change its content, category and tags")
            }
        }
    }

    /// What a decision changes. Throws `denied` with the rule's words where the memory may not be written.
    /// - Parameter isOperator: one is held to rules, and not to the want of them: what a person stores on a node that has
    ///   not heard its law yet must not be lost.
    static func changes(_ decision: JSONValue, isOperator: Bool) throws(HiveError) -> Changes? {
        let rule = decision["rule"]?["id"]?.string
        guard decision["allowed"]?.bool == true || (isOperator && rule == nil) else {
            let by = rule.map { " by the rule `\($0)`" } ?? ""
            throw HiveError(
                .denied, "the memory was not written\(by): \(decision["message"]?.string ?? "it is not allowed")",
                hint: decision["remediation"]?.string)
        }
        guard let transformed = decision["transformed"]?.object, !transformed.isEmpty else { return nil }
        return try Changes(transformed, rule: rule ?? "none")
    }
}

extension Node {
    /// Asks the rules about a new memory; they may change it or keep it out.
    func permit(_ request: inout StoreMemory, as caller: Caller) throws {
        guard let changes = try permit(MemoryLaw(request, agent: request.agent ?? caller.agent), caller) else { return }
        guard changes.content == nil || request.record == nil else {
            throw HiveError(
                .denied, "the rules change this memory, and a record says its own content",
                hint: "ask `evaluate_rules` what they make of it, and write the record so")
        }
        request.content = changes.content ?? request.content
        request.category = changes.category ?? request.category
        request.tags = changes.tags ?? request.tags
        try request.checkLimits()
    }

    /// Asks the rules about a change of a memory. Nothing is asked where there is no such memory to change.
    func permit(_ request: inout UpdateMemory, of id: String, as caller: Caller) throws {
        let memory = try kernel.consult { replica, transaction in
            let view = try self.view(&replica, transaction)
            return try view.engram(try view.find(id, evenForgotten: true))
        }
        guard let memory,
            let changes = try permit(MemoryLaw(request, of: memory, agent: request.agent ?? caller.agent), caller)
        else { return }
        request.content = changes.content ?? request.content
        if let category = changes.category { request.category = .set(category) }
        if let tags = changes.tags { (request.tags, request.addTags, request.removeTags) = (tags, [], []) }
        try request.checkLimits()
    }

    /// Asks the rules about words that become a part of a memory, as a line of an episode; gives them as they are wanted.
    func permit(
        _ text: String, of kind: EngramKind?, in request: JSONValue, by agent: String?, as caller: Caller
    ) throws -> String {
        let law = MemoryLaw(
            content: text, kind: kind?.rawValue, category: nil, tags: [], agent: agent, request: request)
        guard let changes = try permit(law, caller) else { return text }
        guard let content = changes.content, changes.category == nil, changes.tags == nil else {
            throw HiveError(
                .denied, "the rules change more of this memory than the words that were said",
                hint: "rules may change the words of a part, not its memory's category and tags")
        }
        return content
    }

    /// Asks the rules about several words that become parts of a memory. They hold or are refused: which of them a changed
    /// text would take the place of, nobody knows.
    func permit(
        all texts: [String], of kind: EngramKind?, in request: JSONValue, by agent: String?, as caller: Caller
    ) throws {
        let text = texts.joined(separator: "\n")
        guard !text.isEmpty, try permit(text, of: kind, in: request, by: agent, as: caller) != text else { return }
        throw HiveError(
            .denied, "the rules change what was said, and not where it stands",
            hint: "ask `evaluate_rules` what they make of it, and write it so")
    }

    /// Asks the rules about a memory that comes from a file, with every text that stands in it. It comes as it is or not at all.
    func permit(imported memory: JSONValue, as caller: Caller) throws {
        let texts = [memory["content"]?.string].compactMap(\.self) + (memory["fields"].map(Self.texts) ?? [])
        let law = MemoryLaw(
            content: texts.joined(separator: "\n"), kind: memory["kind"]?.string,
            category: memory["category"]?.string, tags: memory["tags"]?.array?.compactMap(\.string) ?? [],
            agent: caller.agent, request: memory)
        guard try permit(law, caller) != nil else { return }
        throw HiveError(
            .denied, "the rules change this memory, and an import brings it as it is",
            hint: "store it anew, or let an operator import it")
    }

    /// All texts in a value, however deep. Values come out of a parser that bounds their depth.
    private static func texts(in value: JSONValue) -> [String] {
        switch value {
        case .string(let text): [text]
        case .array(let values): values.flatMap(texts)
        case .object(let fields): fields.sorted { $0.key < $1.key }.flatMap { texts(in: $0.value) }
        default: []
        }
    }

    private func permit(_ law: MemoryLaw, _ caller: Caller) throws -> MemoryLaw.Changes? {
        let judgement = try judge(law.input, as: caller)
        let decision = judgement.decision
        // A law that says nothing of memories does not fill the list of decisions with all that is stored.
        if decision.candidates > 0 || !decision.allowed { takeDown(judgement) }
        return try MemoryLaw.changes(JSONValue(decision.value), isOperator: caller.role == .operator)
    }
}
