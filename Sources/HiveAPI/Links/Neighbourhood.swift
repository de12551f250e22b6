/// What lies around a memory, the nearest first.
public struct Neighbourhood: JSONRecord {
    /// The memory in the middle.
    public var id: String
    public var depth: Int
    /// Each memory once, at the least distance that leads to it.
    public var items: [Neighbour]
    /// The links that were followed.
    public var links: [NeighbourLink]
    /// Whether there is more than was asked for.
    public var truncated: Bool

    public init(id: String, depth: Int, items: [Neighbour], links: [NeighbourLink], truncated: Bool = false) {
        self.id = id
        self.depth = depth
        self.items = items
        self.links = links
        self.truncated = truncated
    }
}

extension Neighbourhood {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        depth = try fields.required("depth")
        items = try fields.required("items")
        links = try fields.required("links")
        truncated = try fields.value("truncated", default: false)
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("depth", depth)
        fields.put("items", items)
        fields.put("links", links)
        fields.put("truncated", truncated)
    }
}
