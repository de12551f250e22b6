// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who builds Hive builds this. The sanitizer comes from the command line of
// `Scripts/fuzz`.
let package = Package(
    name: "hive-fuzz",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "hive", path: "..")],
    targets: [
        // The driver of libFuzzer, which has no Swift interface.
        .target(name: "CFuzzer"),
        .target(name: "HiveFuzzing", dependencies: ["CFuzzer"], swiftSettings: [.swiftLanguageMode(.v6)]),
        // Rings 0 and 1: builds in a short time.
        .executableTarget(
            name: "fuzz-core",
            dependencies: [
                "HiveFuzzing",
                .product(name: "HiveCore", package: "hive"),
                .product(name: "HiveSync", package: "hive"),
                .product(name: "HiveTesting", package: "hive"),
            ],
            swiftSettings: [.swiftLanguageMode(.v6)]),
        // What people import, with the libraries below that.
        .executableTarget(
            name: "fuzz-files",
            dependencies: [
                "HiveFuzzing",
                .product(name: "HiveAPI", package: "hive"),
                .product(name: "HivePortability", package: "hive"),
                .product(name: "HiveRules", package: "hive"),
            ],
            swiftSettings: [.swiftLanguageMode(.v6)]),
    ]
)
