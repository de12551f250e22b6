// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that nobody who builds Hive builds this.
let package = Package(
    name: "hive-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "hive", path: ".."),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        .executableTarget(
            name: "hive-bench",
            dependencies: [
                .product(name: "HiveAPI", package: "hive"),
                .product(name: "HiveCEL", package: "hive"),
                .product(name: "HiveCore", package: "hive"),
                .product(name: "HiveEmbedding", package: "hive"),
                .product(name: "HiveNode", package: "hive"),
                .product(name: "HiveRules", package: "hive"),
                .product(name: "HiveStore", package: "hive"),
                .product(name: "HiveSync", package: "hive"),
                .product(name: "HiveTesting", package: "hive"),
                .product(name: "HiveTransport", package: "hive"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: [.swiftLanguageMode(.v6)]),
        // The law alone, so that its release build is short.
        .executableTarget(
            name: "law-bench",
            dependencies: [
                .product(name: "HiveCEL", package: "hive"),
                .product(name: "HiveRules", package: "hive"),
            ],
            swiftSettings: [.swiftLanguageMode(.v6)]),
        // Replicas, their protocol and their store in one process, without sockets.
        .executableTarget(
            name: "sync-bench",
            dependencies: [
                .product(name: "HiveCore", package: "hive"),
                .product(name: "HiveStore", package: "hive"),
                .product(name: "HiveSync", package: "hive"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: [.swiftLanguageMode(.v6)]),
    ]
)
