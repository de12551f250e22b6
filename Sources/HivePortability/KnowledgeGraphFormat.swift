public import HiveAPI
import HiveCore

/// The graph of the MCP reference memory server, one entity or relation on each line:
/// `{"type":"entity","name","entityType","observations":[…]}`, `{"type":"relation","from","to","relationType"}`.
///
/// An entity becomes a memory, each of its observations and each relation a belief that links to its entities.
public enum KnowledgeGraphFormat {
    public static let system = "mcp-memory"
    /// The relation of beliefs that observations become.
    static let observation = "observation"

    /// The memories of one line.
    public static func memories(_ line: JSONValue) throws(HiveError) -> [JSONValue] {
        switch line["type"]?.string {
        case "entity": return try entity(line)
        case "relation": return [try relation(line)]
        case let type:
            throw HiveError(
                .invalidInput, "`type` is `\(type ?? "missing")`", hint: "the graph has entities and relations")
        }
    }

    private static func entity(_ line: JSONValue) throws(HiveError) -> [JSONValue] {
        guard let name = line["name"]?.string, let type = line["entityType"]?.string,
            let observations = line["observations"]?.array, !name.isEmpty
        else { throw HiveError(.invalidInput, "an entity needs `name`, `entityType` and `observations`") }
        var memory = PortableMemory(content: name)
        memory.category = type.isEmpty ? nil : type
        memory.tags = ["entity"]
        memory.origin = MemoryOrigin(system: system, id: "entity:" + name)
        var memories = [memory.json]
        for value in observations {
            guard let text = value.string else { throw HiveError(.invalidInput, "an observation is a text") }
            memories.append(
                belief(name, observation, text, content: "\(name): \(text)", to: [("about", name)]))
        }
        return memories
    }

    private static func relation(_ line: JSONValue) throws(HiveError) -> JSONValue {
        guard let from = line["from"]?.string, let to = line["to"]?.string, let type = line["relationType"]?.string
        else { throw HiveError(.invalidInput, "a relation needs `from`, `to` and `relationType`") }
        return belief(from, type, to, content: "\(from) \(type) \(to)", to: [("subject", from), ("object", to)])
    }

    private static func belief(
        _ subject: String, _ relation: String, _ object: String, content: String, to entities: [(String, String)]
    ) -> JSONValue {
        var memory = PortableMemory(content: content)
        memory.epistemic = Epistemic(subject: subject, relation: relation, object: object)
        memory.originLinks = entities.map { MemoryLink(relation: $0.0, target: "entity:" + $0.1) }
        let key = JSONValue.array([.string(subject), .string(relation), .string(object)]).bytes
        memory.origin = MemoryOrigin(system: system, id: "belief:" + Digest.sha256(key).hex)
        return memory.json
    }
}

/// Memories as a graph. It is collected as a whole: an entity's observations stand on one line.
public struct KnowledgeGraphExport: Sendable {
    private var entities: [String: (type: String, observations: [String])] = [:]
    private var relations: Set<[String]> = []
    private var names: [String: String] = [:]
    private var links: [(from: String, relation: String, target: String)] = []
    /// How often each field had something that the graph has no place for.
    public private(set) var losses: [String: Int] = [:]

    public init() {}

    public mutating func add(_ line: JSONValue) {
        let id = line["id"]?.string ?? ""
        let content = line["content"]?.string ?? ""
        let epistemic = line["epistemic"]
        noteLosses(line)
        if let subject = epistemic?["subject"]?.string, let relation = epistemic?["relation"]?.string,
            let object = epistemic?["object"]?.string
        {
            mention(subject)
            if relation == KnowledgeGraphFormat.observation {
                observe(object, of: subject)
            } else {
                mention(object)
                relations.insert([subject, relation, object])
                if content != "\(subject) \(relation) \(object)" { observe(content, of: subject) }
            }
            names[id] = subject
            return
        }
        let type = line["category"]?.string ?? line["kind"]?.string ?? "memory"
        let isEntity = line["tags"]?.array?.contains("entity") ?? false
        let name = isEntity ? content : "memory:\(id)"
        mention(name)
        entities[name]?.type = type
        if !isEntity { observe(content, of: name) }
        names[id] = name
        for link in line["links"]?.array ?? [] {
            guard let relation = link["relation"]?.string, let target = link["target"]?.string else { continue }
            links.append((name, relation, target))
        }
    }

    private mutating func mention(_ name: String) {
        if entities[name] == nil { entities[name] = ("unknown", []) }
    }

    private mutating func observe(_ text: String, of name: String) {
        guard entities[name]?.observations.contains(text) == false else { return }
        entities[name]?.observations.append(text)
    }

    private mutating func noteLosses(_ line: JSONValue) {
        for name in ["context", "confidence", "expiresAt", "fields", "origin"] where line[name]?.isNull == false {
            losses[name, default: 0] += 1
        }
        if line["metadata"]?.object?.isEmpty == false { losses["metadata", default: 0] += 1 }
        let tags = line["tags"]?.array?.filter { $0 != "entity" } ?? []
        if !tags.isEmpty { losses["tags", default: 0] += 1 }
        for name in ["status", "source", "derivedFrom", "user"] where line["epistemic"]?[name]?.isNull == false {
            losses["epistemic.\(name)", default: 0] += 1
        }
    }

    /// The lines: entities by name, then relations.
    public mutating func lines() -> [JSONValue] {
        for link in links {
            if let target = names[link.target] {
                relations.insert([link.from, link.relation, target])
            } else {
                losses["links to what was not exported", default: 0] += 1
            }
        }
        links = []
        let entityLines = entities.sorted { $0.key < $1.key }.map { name, entity -> JSONValue in
            [
                "type": "entity", "name": .string(name), "entityType": .string(entity.type),
                "observations": entity.observations.json,
            ]
        }
        let relationLines = relations.sorted { $0.lexicographicallyPrecedes($1) }.map { parts -> JSONValue in
            [
                "type": "relation", "from": .string(parts[0]), "to": .string(parts[2]),
                "relationType": .string(parts[1]),
            ]
        }
        return entityLines + relationLines
    }
}
