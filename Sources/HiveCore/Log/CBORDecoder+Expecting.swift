extension CBORDecoder {
    /// Begins an array that must have exactly so many elements.
    public mutating func expectArray(count: Int) throws(CBORError) {
        let found = try beginArray()
        guard found == count else {
            throw CBORError(
                code: .unexpectedValue, offset: 0, message: "expected an array of \(count) elements, found \(found)")
        }
    }

    /// Reads an array whose elements are read one by one.
    public mutating func decodeArray<Element>(
        _ element: (inout CBORDecoder) throws(CBORError) -> Element
    ) throws(CBORError) -> [Element] {
        let count = try beginArray()
        var elements: [Element] = []
        for _ in 0..<count { elements.append(try element(&self)) }
        return elements
    }
}
