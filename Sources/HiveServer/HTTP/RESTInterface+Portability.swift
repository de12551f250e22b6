import HiveAPI

extension RESTInterface {
    static func portabilityRoutes(_ services: NodeServices) -> [Route] {
        let portability = services.portability
        return [
            Route(
                method: "POST", template: "/api/v1/import",
                about: .init("importMemories", "Write lines of a file, each once; wrong ones are named.", .agent),
                input: .body(ImportBatch.self), output: .json(ImportAnswer.self)
            ) { call in
                let batch = try call.body(as: ImportBatch.self)
                return .json(try await portability.importMemories(batch, as: call.caller).json)
            },
            Route(
                method: "GET", template: "/api/v1/export",
                about: .init("exportMemories", "All memories as they are now, as JSON Lines in order of ids.", .agent),
                input: .query(ExportQuery.self), output: .text("application/jsonl")
            ) { call in
                let query = try call.query(as: ExportQuery.self)
                try Times.check(query.filters)
                let export = try await portability.exportMemories(query, as: call.caller)
                var reply = HTTPReply(
                    status: 200,
                    headers: [
                        ("Content-Type", "application/jsonl"), ("Cache-Control", "no-store"),
                        ("Hive-Total", String(export.total)),
                    ])
                reply.stream = export.pieces
                return reply
            },
        ]
    }
}
