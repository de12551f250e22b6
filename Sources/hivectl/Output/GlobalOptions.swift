import ArgumentParser
import HiveAPI

/// The options that every command has.
struct GlobalOptions: ParsableArguments {
    @Flag(help: "Print one JSON document on standard output and nothing else there.")
    var json = false

    @Option(help: "The data directory of the node (HIVE_DATA).", completion: .directory)
    var data: String?

    /// A client with the operator's token.
    func client(as role: Caller.Role = .operator) throws -> HiveClient {
        HiveClient(try NodeLocation.discover(role: role, data: data))
    }

    /// Prints a result, as JSON or for people.
    func print(_ value: some JSONRepresentable, _ text: @autoclosure () -> String, as form: Console.Form = .text) {
        Console.write(json ? value.json.text : text(), as: json ? .text : form)
    }
}
