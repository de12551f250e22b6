import HiveAPI

/// The OpenAPI 3.1 description of a route table.
enum OpenAPIDocument {
    static func text(_ routes: [Route]) -> String {
        var paths: [String: [String: JSONValue]] = [:]
        var schemas: [String: JSONValue] = ["Problem": problem]
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
            "info": ["title": "Hive", "version": "1", "description": "One memory and one law for a fleet of agents."],
            "paths": .object(paths.mapValues(JSONValue.object)),
            "components": [
                "schemas": .object(schemas),
                "securitySchemes": ["token": ["type": "http", "scheme": "bearer"]],
                "responses": ["Problem": content("application/problem+json", reference("Problem"), "What went wrong.")],
            ],
        ]
        return document.text
    }

    private static func operation(_ route: Route) -> JSONValue {
        var operation: [String: JSONValue] = [
            "operationId": .string(route.about.operation), "summary": .string(route.about.summary),
            "parameters": .array(parameters(route)), "responses": responses(route),
            "security": route.about.access == .open ? [] : [["token": []]],
        ]
        switch route.about.access {
        case .open: break
        case .needs(let role): operation["x-hive-role"] = .string(role.rawValue)
        }
        if let body = route.input.body {
            let isRequired = body.shape.schema["required"] != nil
            operation["requestBody"] = [
                "required": .bool(isRequired), "content": ["application/json": ["schema": reference(body.name)]],
            ]
        } else if route.input.takesAnyBody {
            operation["requestBody"] = ["required": true, "content": ["application/json": ["schema": [:]]]]
        }
        return .object(operation)
    }

    private static func parameters(_ route: Route) -> [JSONValue] {
        let path = route.parameterNames.map { parameter($0, in: "path", ["type": "string"], isRequired: true) }
        let properties = (route.input.query?.schema["properties"]?.object ?? [:]).sorted { $0.key < $1.key }
        let query = properties.map { parameter($0.key, in: "query", $0.value, isRequired: false) }
        let headers = route.input.headers.map { parameter($0, in: "header", ["type": "string"], isRequired: false) }
        return path + query + headers
    }

    private static func parameter(
        _ name: String, in place: String, _ schema: JSONValue, isRequired: Bool
    ) -> JSONValue {
        ["name": .string(name), "in": .string(place), "required": .bool(isRequired), "schema": schema]
    }

    private static func responses(_ route: Route) -> JSONValue {
        let schema: JSONValue = route.output.body.map { reference($0.name) } ?? [:]
        var responses: [String: JSONValue] = ["default": ["$ref": "#/components/responses/Problem"]]
        for status in route.output.statuses {
            responses[String(status)] = content(route.output.type, schema, "Done.")
        }
        for status in route.output.emptyStatuses { responses[String(status)] = ["description": "Nothing to send."] }
        return .object(responses)
    }

    private static func content(_ type: String, _ schema: JSONValue, _ description: String) -> JSONValue {
        ["description": .string(description), "content": [type: ["schema": schema]]]
    }

    private static func reference(_ name: String) -> JSONValue { ["$ref": .string("#/components/schemas/\(name)")] }

    /// Requests are read strictly: a field that is not listed is refused.
    private static func closed(_ schema: JSONValue) -> JSONValue {
        guard var members = schema.object else { return schema }
        if let items = members["items"] { members["items"] = closed(items) }
        guard members["properties"] != nil else { return .object(members) }
        members["additionalProperties"] = false
        members["properties"] = .object((members["properties"]?.object ?? [:]).mapValues(closed))
        return .object(members)
    }

    private static let problem: JSONValue = [
        "type": "object", "required": ["type", "title", "status", "detail", "code"],
        "properties": [
            "type": ["type": "string"], "title": ["type": "string"], "status": ["type": "integer"],
            "detail": ["type": "string"], "code": ["type": "string"], "hint": ["type": "string"],
        ],
    ]
}
