import HiveCore

/// The columns of an operation that hold content. Sealed, salt and body are one value and the salt's own column is empty;
/// both are dropped together. The header is sealed apart, since it stays.
struct OperationColumns {
    var header: [UInt8]
    var salt: [UInt8]?
    var body: [UInt8]?

    func sealed(by cipher: StoreCipher?, log: LogID, number: Int64) throws -> OperationColumns {
        guard let cipher else { return self }
        var columns = self
        columns.header = try cipher.seal(header, at: .header(log, number: number))
        if let salt, let body {
            guard salt.count == SaltedBody.saltLength else { throw StoreError(.misuse, "a salt has 16 bytes") }
            columns.salt = []
            columns.body = try cipher.seal(salt + body, at: .body(log, number: number))
        }
        return columns
    }

    func opened(by cipher: StoreCipher?, log: LogID, number: Int64) throws -> OperationColumns {
        guard let cipher else { return self }
        var columns = self
        columns.header = try cipher.open(header, at: .header(log, number: number))
        if let body {
            let both = try cipher.open(body, at: .body(log, number: number))
            columns.salt = Array(both.prefix(SaltedBody.saltLength))
            columns.body = Array(both.dropFirst(SaltedBody.saltLength))
        }
        return columns
    }
}

/// The columns of a local value. Sealed, it stands under a name that nobody can guess, with its key sealed beside it.
struct LocalColumns {
    var key: [UInt8]
    var name: [UInt8]?
    var value: [UInt8]

    func sealed(by cipher: StoreCipher?, in namespace: String) throws -> LocalColumns {
        guard let cipher else { return self }
        let lookup = cipher.names(of: key, in: namespace)[0]
        return LocalColumns(
            key: lookup, name: try cipher.seal(key, at: .localName(namespace: namespace, lookup: lookup)),
            value: try cipher.seal(value, at: .localValue(namespace: namespace, key: key)))
    }

    func opened(by cipher: StoreCipher?, in namespace: String) throws -> LocalColumns {
        guard let cipher else { return self }
        let key = try Self.key(lookup: self.key, name: name, by: cipher, in: namespace)
        return LocalColumns(
            key: key, name: nil, value: try cipher.open(value, at: .localValue(namespace: namespace, key: key)))
    }

    /// The key of a sealed row.
    static func key(
        lookup: [UInt8], name: [UInt8]?, by cipher: StoreCipher, in namespace: String
    ) throws -> [UInt8] {
        guard let name else {
            throw StoreError(.corrupt, "a value in `\(namespace)` is not sealed", hint: SQLiteStore.recovery)
        }
        return try cipher.open(name, at: .localName(namespace: namespace, lookup: lookup))
    }
}
