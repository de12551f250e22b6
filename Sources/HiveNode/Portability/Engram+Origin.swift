import HiveAPI
import HiveCore

extension Engram {
    /// Where the memory was imported from; nil where it was written here.
    var origin: MemoryOrigin? {
        guard case .array(let parts)? = state.shown(EngramField.origin)?.inline, parts.count == 2,
            let system = parts[0].text, let id = parts[1].text
        else { return nil }
        func text(_ field: UInt64) -> String? { state.shown(field)?.inline?.text }
        return MemoryOrigin(
            system: system, id: id, createdAt: text(EngramField.originCreated),
            updatedAt: text(EngramField.originUpdated), author: text(EngramField.originAuthor))
    }
}
