import HiveAPI
import Testing

@Suite struct CommandCatalogTests {
    @Test("The catalogue has the commands of the public surface, each well formed")
    func commands() {
        #expect(
            CommandCatalog.commands.map(\.name) == [
                "hv-status", "hv-sync", "hv-install", "hv-broadcast", "hv-query", "hv-delegate", "remember", "recall",
            ])
        for command in CommandCatalog.commands {
            #expect(command.name.allSatisfy { $0.isLetter || $0 == "-" }, "\(command.name)")
            #expect(!command.title.isEmpty && !command.summary.contains("\n"), "\(command.name)")
            let values = Dictionary(uniqueKeysWithValues: command.arguments.map { ($0.name, "<\($0.name)>") })
            let text = command.text(values)
            for argument in command.arguments { #expect(text.contains("<\(argument.name)>"), "\(command.name)") }
            #expect(!text.contains("{") && text.utf8.count < 2000, "\(command.name)")
            #expect(CommandCatalog.command(command.name) == command)
        }
        #expect(CommandCatalog.command("nothing") == nil)
    }

    @Test("A line whose argument is missing is left out, and the others stay")
    func missingArguments() throws {
        let recall = try #require(CommandCatalog.command("recall"))
        let text = recall.text(["query": "the proxy"])
        #expect(text.contains("about: the proxy"))
        #expect(!text.contains("Only the category"))
        #expect(recall.text(["query": "x", "category": "runbooks"]).contains("Only the category: runbooks"))
        #expect(recall.text(typed: "$ARGUMENTS").contains("about: $ARGUMENTS"))
    }

    @Test("What an argument says is never read as a placeholder, and other braces stay")
    func bracesInArguments() throws {
        let recall = try #require(CommandCatalog.command("recall"))
        #expect(recall.text(["query": "{category} {query}"]).contains("about: {category} {query}"))
        let command = CommandTemplate(
            name: "x", title: "X", summary: "x", arguments: [CommandTemplate.Argument("a", "A")],
            template: "json {\"b\": 1} {a} {")
        #expect(command.text(["a": "1"]) == "json {\"b\": 1} 1 {")
    }
}
