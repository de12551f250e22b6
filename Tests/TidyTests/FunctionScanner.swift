/// Measures functions and protocols by their braces.
enum FunctionScanner {
    struct Function {
        let line: Int
        let length: Int
    }

    struct ProtocolEntry {
        let name: String
        let requirements: Int
    }

    static func functions(in code: [String]) -> [Function] {
        var found: [Function] = []
        let inProtocols = protocolLines(in: code)
        for (number, line) in code.enumerated() where isFunction(line) && !inProtocols.contains(number) {
            if let end = end(of: number, in: code) {
                found.append(Function(line: number + 1, length: end - number + 1))
            }
        }
        return found
    }

    static func protocols(in code: [String]) -> [ProtocolEntry] {
        var found: [ProtocolEntry] = []
        for (number, line) in code.enumerated() {
            let words = line.split { !$0.isLetter && !$0.isNumber }.map(String.init)
            guard let place = words.firstIndex(of: "protocol"), place + 1 < words.count, line.contains("{"),
                let end = end(of: number, in: code)
            else { continue }
            let body = code[number...end].dropFirst()
            let requirements = body.count { line in
                let trimmed = line.drop { $0 == " " }
                return ["func ", "mutating func ", "var ", "init(", "static ", "associatedtype "].contains {
                    trimmed.hasPrefix($0)
                }
            }
            found.append(ProtocolEntry(name: words[place + 1], requirements: requirements))
        }
        return found
    }

    /// The lines inside protocols, whose functions have no bodies.
    private static func protocolLines(in code: [String]) -> Set<Int> {
        var lines: Set<Int> = []
        for (number, line) in code.enumerated() where line.contains("protocol ") {
            if let end = end(of: number, in: code) { lines.formUnion(number...end) }
        }
        return lines
    }

    private static func isFunction(_ line: String) -> Bool {
        let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
        return words.prefix(5).contains("func") || words.prefix(3).contains("init")
    }

    /// The line on which the braces that open at or after a line are closed; nil where none opens.
    private static func end(of start: Int, in code: [String]) -> Int? {
        var depth = 0
        var opened = false
        for number in start..<code.count {
            for character in code[number] {
                if character == "{" { depth += 1; opened = true }
                if character == "}" {
                    depth -= 1
                    if depth < 0 { return nil }
                }
            }
            if opened, depth == 0 { return number }
            if !opened, number - start > 8 { return nil }
        }
        return nil
    }
}
