import ArgumentParser
import HiveAPI

/// Ids and names of what a node holds, for completion in a shell. Where no node answers soon there are none: somebody
/// is typing.
struct NodeWords: Sendable {
    private static let most = 50

    let path: String
    var query: [(name: String, value: String)] = []
    /// The field that is completed, and the one that tells what it is.
    let word: String
    let about: String

    func completions(_ arguments: [String], prefix: String) async -> [String] {
        let answer: JSONValue
        do {
            let location = try NodeLocation.discover(role: .operator, data: Self.data(arguments))
            answer = try await HiveClient(location, timeoutSeconds: 1).send("GET", path, query: query, as: .operator)
        } catch {
            return []  // a message would end up on the line that is being typed
        }
        let items = (answer["items"]?.array ?? []).prefix(Self.most)
        return items.compactMap { line($0, prefix: prefix) }
    }

    private func line(_ item: JSONValue, prefix: String) -> String? {
        guard let text = item[word]?.string, text.hasPrefix(prefix) else { return nil }
        let detail = HarmlessText.of(Table.excerpt(item[about]?.string, 40))
        switch CompletionShell.requesting {
        case .some(.zsh) where !detail.isEmpty:
            return text.replacing(":", with: "\\:") + ":" + detail.replacing(":", with: " ")
        case .some(.fish) where !detail.isEmpty: return "\(text)\t\(detail)"
        default: return text
        }
    }

    /// The directory that the command line names.
    private static func data(_ arguments: [String]) -> String? {
        if let given = arguments.first(where: { $0.hasPrefix("--data=") }) { return String(given.dropFirst(7)) }
        guard let place = arguments.firstIndex(of: "--data"), place + 1 < arguments.count else { return nil }
        return arguments[place + 1]
    }
}
