import HiveAPI

extension RESTInterface {
    static func backupRoutes(_ services: NodeServices) -> [Route] {
        let backups = services.backups
        return [
            Route(
                method: "POST", template: "/api/v1/backups",
                about: .init("backUp", "Write an encrypted backup while the node goes on working.", .operator),
                input: .body(MakeBackup.self), output: .json(Backup.self, 201)
            ) { call in
                let request = try call.body(as: MakeBackup.self)
                return .json(try await backups.backUp(request, as: call.caller).json, status: 201)
            },
            Route(
                method: "GET", template: "/api/v1/backups",
                about: .init("listBackups", "The backups that can still be read, newest first.", .operator),
                input: .nothing, output: .json(Page<Backup>.self)
            ) { call in .json(try await backups.backups(as: call.caller).json) },
            Route(
                method: "POST", template: "/api/v1/backups/{id}/key",
                about: .init("exportBackupKey", "The key of a backup, to be kept elsewhere.", .operator),
                input: .body(Switch.Nothing.self), output: .json(BackupKey.self)
            ) { call in
                _ = try call.body(as: Switch.Nothing.self)
                return .json(try await backups.backupKey(call.id, as: call.caller).json)
            },
            Route(
                method: "GET", template: "/api/v1/backups/mirrors",
                about: .init(
                    "listMirrors", "Where copies of backups are, and what is kept for other nodes.", .operator),
                input: .nothing, output: .json(MirrorReport.self)
            ) { call in .json(try await services.mirrors.mirrors(as: call.caller).json) },
            Route(
                method: "POST", template: "/api/v1/backups/{id}/fetch",
                about: .init("fetchBackup", "Get a backup back from a peer that keeps a copy.", .operator),
                input: .body(FetchBackup.self), output: .json(FetchedBackup.self, 201)
            ) { call in
                let request = try call.body(as: FetchBackup.self)
                let fetched = try await services.mirrors.fetchBackup(call.id, request, as: call.caller)
                return .json(fetched.json, status: 201)
            },
        ]
    }
}
