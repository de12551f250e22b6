import HiveCore

extension DocumentState {
    /// What takes a memory that goes on out of the archive; nothing for one that is not there.
    var awakening: [Draft.Change] {
        shown(EngramField.archived)?.inline == .bool(true) ? [.set(EngramField.archived, .bool(false))] : []
    }
}
