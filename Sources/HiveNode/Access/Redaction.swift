import HiveAPI

/// Takes tokens out of texts: people put them where names belong.
enum Redaction {
    /// A token is at least so long behind its beginning.
    private static let least = 16
    private static let longest = 200

    /// Every `hive_…` that is as long as a token becomes `hive_` and three dots; what is too long is cut, after that: half a
    /// token would not be known for one.
    static func text(_ text: String) -> String {
        var output = ""
        var rest = text[...]
        while output.count < longest, let mark = rest.firstRange(of: "hive_") {
            let end = rest[mark.upperBound...].firstIndex { !isOfToken($0) } ?? rest.endIndex
            output += rest[..<mark.upperBound]
            let run = rest[mark.upperBound..<end]
            output += run.utf8.count >= least ? "…" : String(run)
            rest = rest[end...]
        }
        return String((output + rest.prefix(longest)).prefix(longest))
    }

    private static func isOfToken(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "_" || character == "-")
    }

    static func event(_ event: AccessEvent) -> AccessEvent {
        AccessEvent(
            text(event.action), event.outcome, subject: event.subject.map(text), code: event.code.map(text))
    }

    static func access(_ access: Access) -> Access {
        Access(
            credential: access.credential.map(text), name: access.name.map(text), agent: access.agent.map(text),
            address: access.address.map(text), permit: access.permit)
    }
}
