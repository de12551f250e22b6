/// Which elements of sets the operations of one document remove.
///
/// An operation removes what it saw in the fields that it writes, as it replaces registers; whatever else it names stays.
/// Otherwise a removal would count or not by whether it came before or after what it names.
struct Removals {
    private var headers: [ElementDot: [OperationHeader]] = [:]

    init(by headers: [OperationHeader]) {
        for header in headers {
            for removal in header.removes where header.dot != removal.dot && header.context.contains(removal.dot) {
                self.headers[removal, default: []].append(header)
            }
        }
    }

    /// Whether an element was removed from a field.
    func cover(_ element: ElementDot, in field: FieldID) -> Bool {
        headers[element]?.contains { $0.fields.contains(field) } ?? false
    }
}
