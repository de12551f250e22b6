import GRDB
public import HiveCore

/// Other keys while the store goes on working.
extension SQLiteStore {
    /// How an encrypted database is sealed at present.
    public struct KeyState: Sendable, Hashable {
        /// The data keys that are in use, the newest last: values are sealed with that one.
        public var dataKeys: [Key]

        /// One data key: never the key itself.
        public struct Key: Sendable, Hashable {
            public let number: UInt32
            /// The identity of the provider's key that it is wrapped with.
            public let wrappedWith: String
            /// At most how many values it has sealed.
            public let seals: Int64
        }

        /// Whether values are left that a former data key sealed, or may be.
        public var isUnfinished: Bool { dataKeys.count > 1 }
    }

    /// How far values have been sealed anew.
    public struct ResealProgress: Sendable {
        fileprivate var cursor = SealedRows.Cursor()
        /// The newest data key when the walk began: what it passes is sealed with that one or a newer one.
        fileprivate var target: UInt32 = 0
        public var isAtEnd: Bool { cursor.isAtEnd }
        /// Rows looked at, and how many there were when the walk began.
        public var done: Int { cursor.count }
        public fileprivate(set) var total = 0

        public init() {}
    }

    /// Nil where the database is plain.
    public func keyState() throws -> KeyState? {
        guard cipher != nil else { return nil }
        return try translating {
            try pool.read { database in
                let seals = try database.keySeals()
                return KeyState(
                    dataKeys: try StoreCipher.storedKeys(in: database).map {
                        KeyState.Key(number: $0.number, wrappedWith: $0.wrapped.keyID, seals: seals[$0.number] ?? 0)
                    })
            }
        }
    }

    /// Puts a new data key in force and wraps all others anew, so that the provider's former keys are needed no longer.
    /// What the former data keys sealed is then to be sealed anew. Before anything changes, every wrapping is opened
    /// again. Throws a `KeyError` or a `StoreError`.
    public func changeKeys(_ provider: any KeyProvider) async throws {
        let cipher = try demandCipher()
        var random = SystemRandomNumberGenerator()
        let former = cipher.dataKeys
        let stored = Set((try keyState()?.dataKeys ?? []).map(\.number))
        var keys: [DataKey] = []
        for key in former where stored.contains(key.number) {
            keys.append(DataKey(number: key.number, key: key.key, wrapped: try await provider.wrap(key.key)))
        }
        keys.append(try await DataKey.make(cipher.current.number + 1, provider: provider, using: &random))
        for key in keys {
            guard try await provider.unwrap(key.wrapped).bytes == key.key.bytes else {
                throw KeyError(.refused, "\(provider.place) does not give back what it wrapped")
            }
        }
        try write(
            { transaction in
                guard cipher.dataKeys.count == former.count else {
                    throw StoreError(.busy, "the keys are being changed already", hint: "see `hivectl keys status`")
                }
                try StoreCipher.save(keys, in: transaction.database)
            }, beforeOthers: { cipher.adopt(keys) })
        try write({ try cipher.chargeLot(in: $0.database) }, beforeOthers: {})
    }

    /// Seals the next rows with the newest key, in a transaction of their own. True while rows are left. Rows that are
    /// written meanwhile are sealed with it anyway; after a crash the walk begins again and passes over what is done.
    public func reseal(_ progress: inout ResealProgress, rows: Int = 128) throws -> Bool {
        let cipher = try demandCipher()
        if progress.target == 0 {
            progress.target = cipher.current.number
            progress.total = try translating { try pool.read { try SealedRows.count(in: $0) } }
        }
        var cursor = progress.cursor
        try write(
            { transaction in
                let rewriting = SealedRows(source: cipher, target: cipher)
                try rewriting.convert(&cursor, limit: rows, in: transaction.database)
            }, beforeOthers: {})
        progress.cursor = cursor
        return !cursor.isAtEnd
    }

    /// Drops the data keys that seal nothing any more after a walk that has reached its end, and what the WAL holds of
    /// them.
    public func dropFormerKeys(_ progress: ResealProgress) throws {
        guard progress.cursor.isAtEnd else {
            throw StoreError(.misuse, "former data keys are dropped once nothing is sealed with them")
        }
        try write(
            { transaction in
                try transaction.database.run("DELETE FROM data_keys WHERE number < ?", [Int64(progress.target)])
            }, beforeOthers: {})
        _ = try translating { try pool.writeWithoutTransaction { try $0.checkpoint(.truncate) } }
    }

    private func demandCipher() throws -> StoreCipher {
        guard let cipher else {
            throw StoreError(.misuse, "the database is not encrypted", hint: "set `encryption` in hive.yaml")
        }
        return cipher
    }
}
