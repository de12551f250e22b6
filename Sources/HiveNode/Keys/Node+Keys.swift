public import HiveAPI

extension Node: KeyService {
    public func keyStatus(as caller: Caller) async throws -> KeyStatus {
        try caller.requireOperator(to: "see how the store is encrypted")
        return try await naming {
            guard let keeping = keyKeeping else { return KeyStatus(encrypted: false) }
            var status = KeyStatus(
                encrypted: true,
                dataKeys: try keeping.keys.dataKeys().map {
                    DataKeyStatus(number: $0.number, wrappedWith: $0.wrappedWith, seals: $0.seals)
                })
            status.cipher = keeping.keys.cipher
            let provider = await keeping.keys.provider()
            status.place = provider.place
            switch provider.currentKey {
            case .success(let key): status.currentKey = key
            case .failure(let error): status.problem = HiveError(error).message
            }
            status.rotation = keeping.rotation
            return status
        }
    }

    public func rotateKeys(as caller: Caller) async throws -> KeyStatus {
        try caller.requireOperator(to: "change the keys of the store")
        try await naming { try await demandKeys().change() }
        return try await keyStatus(as: caller)
    }

    public func openLines(_ request: SealedLines, as caller: Caller) async throws -> OpenedLines {
        try caller.requireOperator(to: "open sealed lines")
        return try await naming {
            let keys = try demandKeys().keys
            return OpenedLines(lines: try request.lines.map { try keys.open(line: $0) })
        }
    }

    private func demandKeys() throws -> KeyKeeping {
        guard let keyKeeping else {
            throw HiveError(
                .notEncrypted, "the store of this node is not encrypted",
                hint: "set `encryption` in hive.yaml and start it again")
        }
        return keyKeeping
    }
}
