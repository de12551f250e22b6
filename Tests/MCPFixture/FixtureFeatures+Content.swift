import HiveAPI
import HiveServer

/// Tools that answer with every kind of content.
extension FixtureFeatures {
    var contentTools: [MCPTool] {
        [
            tool("test_simple_text", "Text.", [Self.text("This is a simple text response for testing.")]),
            tool("test_image_content", "An image.", [Self.imageBlock]),
            tool(
                "test_audio_content", "Sound.",
                [["type": "audio", "data": .string(Self.audio), "mimeType": "audio/wav"]]),
            tool(
                "test_embedded_resource", "A resource within the answer.",
                [Self.resourceBlock("test://embedded-resource", "This is an embedded resource content.")]),
            tool(
                "test_multiple_content_types", "Several kinds.",
                [
                    Self.text("Multiple content types test:"), Self.imageBlock,
                    Self.resourceBlock("test://mixed-content-resource", "{\"test\":\"data\",\"value\":123}"),
                ]),
            MCPTool.answering(name: "test_error_handling", description: "Fails.") { arguments in
                try arguments.finish()
                return .content([Self.text("This tool intentionally returns an error for testing")], isError: true)
            },
            MCPTool.answering(
                name: "json_schema_2020_12_tool", description: "Has a schema with words of the revision 2020-12.",
                input: ToolSchema(whole: Self.schema)
            ) { arguments in
                let name: String? = try arguments.optional("name")
                return .content([Self.text("named \(name ?? "nobody")")])
            },
        ]
    }

    private func tool(_ name: String, _ description: String, _ blocks: [JSONValue]) -> MCPTool {
        MCPTool.answering(name: name, description: description) { arguments in
            try arguments.finish()
            return .content(blocks)
        }
    }

    private static let schema: JSONValue = [
        "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
        "$defs": ["address": ["type": "object", "properties": ["street": ["type": "string"]]]],
        "properties": ["name": ["type": "string"], "address": ["$ref": "#/$defs/address"]],
        "additionalProperties": false,
    ]

    // MARK: Prompts

    var prompts: [MCPPrompt] {
        [
            MCPPrompt(
                name: "test_simple_prompt", title: "Simple", description: "Takes nothing.",
                messages: { _, _ in
                    [MCPPrompt.message(Self.text("This is a simple prompt for testing."))]
                }),
            MCPPrompt(
                name: "test_prompt_with_arguments", title: "Arguments", description: "Takes two.",
                arguments: [.init("arg1", "First", isRequired: true), .init("arg2", "Second", isRequired: true)],
                complete: { argument, value, _ in
                    ["\(argument)-one", "\(argument)-two"].filter { $0.hasPrefix(value) }
                },
                messages: { values, _ in
                    let text = "Prompt with arguments: arg1='\(values["arg1"] ?? "")', arg2='\(values["arg2"] ?? "")'"
                    return [MCPPrompt.message(Self.text(text))]
                }),
            MCPPrompt(
                name: "test_prompt_with_embedded_resource", title: "Resource", description: "Holds a resource.",
                arguments: [.init("resourceUri", "Which", isRequired: true)],
                messages: { values, _ in
                    let uri = values["resourceUri"] ?? ""
                    return [
                        MCPPrompt.message(Self.resourceBlock(uri, "Embedded resource content for testing.")),
                        MCPPrompt.message(Self.text("Please process the embedded resource above.")),
                    ]
                }),
            MCPPrompt(
                name: "test_prompt_with_image", title: "Image", description: "Holds an image.",
                messages: { _, _ in
                    [
                        MCPPrompt.message(Self.imageBlock),
                        MCPPrompt.message(Self.text("Please analyze the image above.")),
                    ]
                }),
            MCPPrompt(
                name: "test_input_required_result_prompt", title: "Asks", description: "Asks before it answers.",
                messages: { _, call in
                    let answer = MCPFormAnswer(try call.exchange.ask("user_name", Self.nameForm)).content
                    return [MCPPrompt.message(Self.text("Write to \(answer?["name"]?.string ?? "nobody")."))]
                }),
        ]
    }
}
