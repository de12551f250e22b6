import HiveAPI

/// The OpenAPI 3.1 description of a route table.
enum OpenAPIDocument {
    static func text(_ routes: [Route]) -> String {
        var paths: [String: [String: JSONValue]] = [:]
        var schemas: [String: JSONValue] = ["Problem": OpenAPIResponses.problem]
        for route in routes {
            paths[route.template, default: [:]][route.method.lowercased()] = operation(route)
            for shape in [route.input.body, route.output.body] {
                guard let shape else { continue }
                let isRequest = shape.name == route.input.body?.name
                schemas[shape.name] = isRequest ? closed(shape.shape.schema) : shape.shape.schema
            }
        }
        let document: JSONValue = [
            "openapi": "3.1.0",
            "info": [
                "title": "Hive", "version": "1", "summary": "One memory and one law for a fleet of agents.",
                "description": .string(OpenAPINotes.introduction),
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
            ],
            "servers": [["url": "/", "description": "The node that this document came from."]],
            "tags": .array(tags(routes)),
            "paths": .object(paths.mapValues(JSONValue.object)),
            "components": [
                "schemas": .object(schemas),
                "securitySchemes": [
                    "token": [
                        "type": "http", "scheme": "bearer",
                        "description": "The content of agent.token or operator.token in the node's data directory.",
                    ]
                ],
                "responses": .object(OpenAPIResponses.components),
            ],
        ]
        return document.text
    }

    private static func tags(_ routes: [Route]) -> [JSONValue] {
        Set(routes.map(\.tag)).sorted().map { tag in
            var members: [String: JSONValue] = ["name": .string(tag)]
            if let note = OpenAPINotes.tags[tag] { members["description"] = .string(note) }
            return .object(members)
        }
    }

    private static func operation(_ route: Route) -> JSONValue {
        var operation: [String: JSONValue] = [
            "operationId": .string(route.about.operation), "summary": .string(route.about.summary),
            "tags": [.string(route.tag)], "parameters": .array(parameters(route)),
            "responses": OpenAPIResponses.of(route),
            "security": route.about.access == .open ? [] : [["token": []]],
        ]
        switch route.about.access {
        case .open: break
        case .needs(let role): operation["x-hive-role"] = .string(role.rawValue)
        }
        if let body = route.input.body {
            let isRequired = body.shape.schema["required"] != nil
            operation["requestBody"] = [
                "required": .bool(isRequired),
                "content": [
                    "application/json": ["schema": reference(body.name), "example": OpenAPIExamples.body(of: route)]
                ],
            ]
        } else if route.input.takesAnyBody {
            operation["requestBody"] = [
                "required": true,
                "content": ["application/json": ["schema": anyBody, "example": OpenAPIExamples.body(of: route)]],
            ]
        }
        return .object(operation)
    }

    /// What takes any JSON takes objects, or arrays of them.
    private static let anyBody: JSONValue = [
        "oneOf": [["type": "object"], ["type": "array", "items": ["type": "object"]]]
    ]

    private static func parameters(_ route: Route) -> [JSONValue] {
        let path = route.parameterNames.map { name in
            parameter(name, in: "path", ["type": "string", "minLength": 1], isRequired: true)
        }
        let schema = route.input.query?.schema
        let required = Set(schema?["required"]?.array ?? [])
        let properties = (schema?["properties"]?.object ?? [:]).sorted { $0.key < $1.key }
        let query = properties.map { name, schema in
            parameter(name, in: "query", given(schema), isRequired: required.contains(.string(name)))
        }
        var names = route.input.headers
        if route.isWrite, !names.contains("Idempotency-Key") { names.append("Idempotency-Key") }
        if !route.isWrite { names.append("If-None-Match") }
        let headers = names.map { parameter($0, in: "header", OpenAPINotes.headerSchema($0), isRequired: false) }
        return path + query + headers
    }

    /// In an address there is no null: what may be left out is left out.
    private static func given(_ schema: JSONValue) -> JSONValue {
        guard var members = schema.object, let types = members["type"]?.array else { return schema }
        let others = types.filter { $0 != "null" }
        members["type"] = others.count == 1 ? others[0] : .array(others)
        if let words = members["enum"]?.array { members["enum"] = .array(words.filter { $0 != .null }) }
        return .object(members)
    }

    private static func parameter(
        _ name: String, in place: String, _ schema: JSONValue, isRequired: Bool
    ) -> JSONValue {
        var members: [String: JSONValue] = [
            "name": .string(name), "in": .string(place), "required": .bool(isRequired), "schema": schema,
        ]
        if let note = OpenAPINotes.parameters[name] { members["description"] = .string(note) }
        return .object(members)
    }

    static func reference(_ name: String) -> JSONValue { ["$ref": .string("#/components/schemas/\(name)")] }

    /// Requests are read strictly: a field that is not listed is refused.
    private static func closed(_ schema: JSONValue) -> JSONValue {
        guard var members = schema.object else { return schema }
        if let items = members["items"] { members["items"] = closed(items) }
        guard members["properties"] != nil else { return .object(members) }
        members["additionalProperties"] = false
        members["properties"] = .object((members["properties"]?.object ?? [:]).mapValues(closed))
        return .object(members)
    }
}

extension Route {
    /// What a route is about: the part of its path that names the kind of thing.
    var tag: String {
        let parts = self.parts.map(String.init)
        guard parts.first == "api" else { return "node" }
        if parts.count > 2, parts[1] == "v1" { return OpenAPINotes.tags[parts[2]] == nil ? "node" : parts[2] }
        return parts.last == "status" ? "node" : "sync"
    }
}
