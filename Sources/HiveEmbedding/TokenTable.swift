import CHiveTable

/// The rows of the table that comes with Hive: one for each token of its vocabulary.
enum TokenTable {
    static let dimensions = 256
    /// Two components share a byte.
    private static let rowLength = dimensions / 2

    static var rows: UnsafeBufferPointer<UInt8> { buffer(hive_table_rows()) }
    static var scales: UnsafeBufferPointer<UInt8> { buffer(hive_table_scales()) }
    static var vocabulary: UnsafeBufferPointer<UInt8> { buffer(hive_table_vocabulary()) }

    private static func buffer(_ part: hive_table_part) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: part.bytes, count: part.count)
    }

    /// The sum of the rows of tokens; those without a row are passed over.
    static func sum(of tokens: [UInt16]) -> [Float] {
        // Even and odd components are summed apart, which is what compilers can turn into vector instructions.
        var even = [Float](repeating: 0, count: rowLength)
        var odd = even
        let (rows, scales) = (rows, UnsafeRawBufferPointer(scales))
        even.withUnsafeMutableBufferPointer { even in
            odd.withUnsafeMutableBufferPointer { odd in
                for token in tokens {
                    let start = Int(token) * rowLength
                    guard start + rowLength <= rows.count else { continue }
                    let bits = scales.loadUnaligned(fromByteOffset: Int(token) * 4, as: UInt32.self)
                    let scale = Float(bitPattern: UInt32(littleEndian: bits))
                    for place in 0..<rowLength {
                        let byte = rows[start &+ place]
                        even[place] += Float(Int32(byte & 15) &- 8) * scale
                        odd[place] += Float(Int32(byte >> 4) &- 8) * scale
                    }
                }
            }
        }
        return zip(even, odd).flatMap { [$0, $1] }
    }
}
