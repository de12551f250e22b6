/// Reads a stream of Server-Sent Events piece by piece.
struct ServerSentEvents: Sendable {
    private var line: [UInt8] = []
    private var data: [String] = []
    private var endedWithReturn = false

    /// The data of the events that are whole with this piece.
    mutating func feed(_ piece: [UInt8]) -> [String] {
        var events: [String] = []
        for byte in piece {
            switch byte {
            case UInt8(ascii: "\n") where endedWithReturn: endedWithReturn = false
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                endedWithReturn = byte == UInt8(ascii: "\r")
                if let event = finishLine() { events.append(event) }
            default:
                endedWithReturn = false
                line.append(byte)
            }
        }
        return events
    }

    /// How much of an event has come that is not whole yet.
    var pending: Int { line.count + data.reduce(0) { $0 + $1.utf8.count } }

    private mutating func finishLine() -> String? {
        let text = String(decoding: line, as: UTF8.self)
        line = []
        if text.isEmpty {
            defer { data = [] }
            return data.isEmpty ? nil : data.joined(separator: "\n")
        }
        if text.hasPrefix("data:") {
            let value = text.dropFirst(5)
            data.append(String(value.hasPrefix(" ") ? value.dropFirst() : value))
        }
        return nil
    }
}
