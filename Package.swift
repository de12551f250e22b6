// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "hive",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "HiveCore", targets: ["HiveCore"]),
        .library(name: "HiveCEL", targets: ["HiveCEL"]),
        .library(name: "HiveSync", targets: ["HiveSync"]),
        .library(name: "HiveRules", targets: ["HiveRules"]),
        .library(name: "HivePacks", targets: ["HivePacks"]),
        .library(name: "HiveChecks", targets: ["HiveChecks"]),
        .library(name: "HiveNode", targets: ["HiveNode"]),
        .library(name: "HiveAPI", targets: ["HiveAPI"]),
        .library(name: "HiveStore", targets: ["HiveStore"]),
        .library(name: "HiveBackup", targets: ["HiveBackup"]),
        .library(name: "HivePortability", targets: ["HivePortability"]),
        .library(name: "HiveEmbedding", targets: ["HiveEmbedding"]),
        .library(name: "HiveKeys", targets: ["HiveKeys"]),
        .library(name: "HiveTransport", targets: ["HiveTransport"]),
        .library(name: "HiveServer", targets: ["HiveServer"]),
        .library(name: "HiveTelemetry", targets: ["HiveTelemetry"]),
        .library(name: "HiveHooks", targets: ["HiveHooks"]),
        .library(name: "HiveOnboarding", targets: ["HiveOnboarding"]),
        .library(name: "HiveTesting", targets: ["HiveTesting"]),
        .library(name: "HiveRulesTesting", targets: ["HiveRulesTesting"]),
        .executable(name: "hived", targets: ["hived"]),
        .executable(name: "hivectl", targets: ["hivectl"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.3.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: [.defaults, "YAML"]),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
    ],
    targets: [
        // Ring 0: values and pure functions.
        .target(
            name: "HiveCore",
            dependencies: [.product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: strict),
        .target(name: "HiveCEL", swiftSettings: strict),

        // Ring 1: protocols without I/O. The two never see each other.
        .target(name: "HiveSync", dependencies: ["HiveCore"], swiftSettings: strict),
        .target(
            name: "HiveRules",
            dependencies: ["HiveCEL", "HiveCore", .product(name: "Yams", package: "Yams")],
            swiftSettings: strict),
        // Rules that come with Hive. Inside the library, since a tool is one file.
        .target(
            name: "HivePacks", dependencies: ["HiveRules"],
            resources: [.embedInCode("Packs"), .embedInCode("Templates")], swiftSettings: strict),
        .target(
            name: "HiveChecks",
            dependencies: ["HiveCEL", "HiveCore", "HiveRules", .product(name: "Yams", package: "Yams")],
            swiftSettings: strict),

        // Ring 2: use cases; request and response types with their client.
        .target(
            name: "HiveNode",
            dependencies: [
                "HiveCore", "HiveSync", "HiveRules", "HiveCEL", "HiveAPI",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ],
            swiftSettings: strict),
        .target(
            name: "HiveAPI",
            dependencies: [
                .product(name: "Tracing", package: "swift-distributed-tracing"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: strict),

        // Ring 3: the only rings that touch sockets, files and SQL.
        // A ranking function for full-text search: SQLite takes such functions from C alone.
        .target(name: "CHiveRank", linkerSettings: [.linkedLibrary("sqlite3")]),
        .target(
            name: "HiveStore",
            dependencies: ["CHiveRank", "HiveCore", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict),
        // Encrypted copies of a node. Apart from the store, so that a tool restores without SQL.
        .target(
            name: "HiveBackup", dependencies: ["HiveCore", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: strict),
        // Memories as files of many formats.
        .target(
            name: "HivePortability",
            dependencies: ["HiveAPI", "HiveCore", .product(name: "Yams", package: "Yams")], swiftSettings: strict),
        .target(
            name: "HiveKeys",
            dependencies: [
                "HiveCore", "HiveAPI",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: strict),
        // The embedding table, inside the library, since a tool is one file.
        .target(
            name: "CHiveTable",
            exclude: [
                "LICENSE-APACHE-2.0.txt", "NOTICE.txt", "static256.i4", "static256.i4.scales.f32", "vocab.txt",
            ]),
        .target(
            name: "HiveEmbedding",
            dependencies: [
                "CHiveTable", "HiveCore", .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: strict),
        .target(
            name: "HiveTransport",
            dependencies: [
                "CZlib", "HiveCore", "HiveSync",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "X509", package: "swift-certificates"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        // The dashboard's files, inside the library, since a tool is one file.
        .target(name: "CHiveDashboard", exclude: ["pages"]),
        .target(
            name: "HiveServer",
            dependencies: [
                "CHiveDashboard", "HiveCore", "HiveAPI",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
                .product(name: "NIOWebSocket", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "X509", package: "swift-certificates"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        // Logs as files, traces for a collector. zlib compresses what was put aside.
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"]), .yum(["zlib-devel"])]),
        .target(
            name: "HiveTelemetry",
            dependencies: [
                "CZlib", "HiveAPI",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),

        // What clients of agents ask before a tool runs. Needs nothing, so that it starts fast.
        .target(name: "HiveHooks", swiftSettings: strict),
        // Agents' clients: their hooks answered, their files set up.
        .target(
            name: "HiveOnboarding", dependencies: ["HiveAPI", "HiveCore", "HiveHooks", "HiveRules"],
            swiftSettings: strict),

        // Ring 4: parse arguments, compose, run.
        .executableTarget(
            name: "hived",
            dependencies: [
                "HiveCore", "HiveCEL", "HiveSync", "HiveRules", "HiveNode", "HiveAPI", "HiveStore", "HiveTransport",
                "HiveServer", "HiveEmbedding", "HiveBackup", "HiveKeys", "HiveTelemetry", "HiveOnboarding",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "hivectl",
            dependencies: [
                "HiveAPI", "HiveChecks", "HivePacks", "HiveRules", "HiveCEL", "HiveBackup", "HiveCore",
                "HivePortability", "HiveHooks", "HiveOnboarding",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),

        // Beside the rings: contracts for every port, simulator, generators.
        .target(
            name: "HiveTesting", dependencies: ["HiveCore", "HiveSync", "HiveRules"], swiftSettings: strict),
        .target(name: "HiveRulesTesting", dependencies: ["HiveRules", "HiveCEL"], swiftSettings: strict),

        // How a service puts its operations under the law.
        .executableTarget(
            name: "governed-example", dependencies: ["HiveRules", "HiveCEL"], path: "Examples/Governed",
            exclude: ["refunds.yaml"], swiftSettings: strict),
        // How a program that Hive is built into settles conflicts.
        .executableTarget(
            name: "arbiter-example",
            dependencies: [
                "HiveNode", "HiveAPI", "HiveCore", "HiveSync", "HiveTesting",
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Examples/Arbiter", swiftSettings: strict),

        .testTarget(name: "HiveCoreTests", dependencies: ["HiveCore", "HiveTesting"], swiftSettings: strict),
        .testTarget(name: "HiveCELTests", dependencies: ["HiveCEL"], swiftSettings: strict),
        .testTarget(name: "HiveRulesTests", dependencies: ["HiveRules", "HiveCEL"], swiftSettings: strict),
        .testTarget(
            name: "HivePacksTests", dependencies: ["HivePacks", "HiveRules", "HiveRulesTesting", "HiveCEL"],
            swiftSettings: strict),
        .testTarget(
            name: "HiveRulesTestingTests", dependencies: ["HiveRulesTesting", "HiveRules", "HiveCEL"],
            swiftSettings: strict),
        .testTarget(
            name: "HiveChecksTests", dependencies: ["HiveChecks", "HivePacks", "HiveRules", "HiveCEL"],
            swiftSettings: strict),
        .testTarget(
            name: "HiveSyncTests", dependencies: ["HiveCore", "HiveSync", "HiveTesting"], swiftSettings: strict),
        .testTarget(
            name: "HiveStoreTests",
            dependencies: ["HiveCore", "HiveStore", "HiveTesting", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict),
        .testTarget(
            name: "HiveBackupTests", dependencies: ["HiveBackup", "HiveCore", "HiveTesting"], swiftSettings: strict),
        .testTarget(
            name: "HivePortabilityTests", dependencies: ["HivePortability", "HiveAPI", "HiveCore"],
            swiftSettings: strict),
        .testTarget(
            name: "HiveEmbeddingTests",
            dependencies: [
                "HiveEmbedding", "HiveCore", "HiveTesting", .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "HiveKeysTests",
            dependencies: [
                "HiveKeys", "HiveAPI", "HiveCore", "HiveTesting",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "HiveTransportTests",
            dependencies: [
                "HiveCore", "HiveSync", "HiveTransport", "HiveTesting",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "X509", package: "swift-certificates"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "HiveNodeTests",
            dependencies: [
                "HiveAPI", "HiveCore", "HiveEmbedding", "HiveNode", "HiveStore", "HiveSync", "HiveTesting",
                "HiveTransport",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "HiveTelemetryTests",
            dependencies: [
                "HiveTelemetry", "HiveAPI", .product(name: "Logging", package: "swift-log"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "HiveControlTests",
            dependencies: ["hivectl", "HiveAPI", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            swiftSettings: strict),
        .testTarget(name: "HiveHooksTests", dependencies: ["HiveHooks"], swiftSettings: strict),
        .testTarget(
            name: "HiveOnboardingTests", dependencies: ["HiveOnboarding", "HiveHooks", "HiveAPI", "HiveCore"],
            swiftSettings: strict),
        .testTarget(name: "HiveAPITests", dependencies: ["HiveAPI"], swiftSettings: strict),
        .testTarget(
            name: "HiveServerTests",
            dependencies: [
                "HiveCore", "HiveAPI", "HiveServer",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOWebSocket", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "X509", package: "swift-certificates"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        // What the public conformance scenarios of MCP expect of a server, on the same engine; for tests only.
        .executableTarget(
            name: "mcp-fixture",
            dependencies: [
                "HiveServer", "HiveAPI", "HiveCore", .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            path: "Tests/MCPFixture", swiftSettings: strict),
        .testTarget(
            name: "SimulationTests",
            dependencies: ["CHiveFaults", "HiveCore", "HiveSync", "HiveStore", "HiveTesting"],
            exclude: ["failing-seeds.txt"], swiftSettings: strict),
        // Disks in memory that fail as real ones do, below SQLite. Tests alone link it.
        .target(name: "CHiveFaults", linkerSettings: [.linkedLibrary("sqlite3")]),
        .testTarget(name: "TidyTests", swiftSettings: strict),
    ],
    cLanguageStandard: .c2x  // for `#embed`
)
