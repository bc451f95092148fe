// swift-tools-version: 6.2
import PackageDescription

/// What every target of ours is compiled with.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "LightReplay",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "lightreplay", targets: ["lightreplay"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // The bootstrap's inner loops in C, compiled for several instruction sets.
    .target(name: "CBootstrap"),

    // The core: no I/O (record → trace → replay → sweep → recommend).
    .target(
      name: "RoutingCore", dependencies: ["CBootstrap"], swiftSettings: strict,
      linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),

    // Adapters, one per outside dependency; they import the core and never each other.
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
    .target(
      name: "TraceStore",
      dependencies: [
        "RoutingCore", "CZlib", "CZstd",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict),

    .target(
      name: "ConfigFiles", dependencies: ["RoutingCore", .product(name: "Yams", package: "Yams")],
      swiftSettings: strict),

    .target(name: "Reporting", dependencies: ["RoutingCore"], swiftSettings: strict),

    // Live calls over HTTP.
    .systemLibrary(
      name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),
    .target(name: "Recording", dependencies: ["RoutingCore", "CCurl"], swiftSettings: strict),

    // Curves and laws, fitted with the GNU Scientific Library.
    .systemLibrary(name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"]), .brew(["gsl"])]),
    .target(
      name: "CurveFitting", dependencies: ["RoutingCore", "CGSL"],
      swiftSettings: strict + [.strictMemorySafety()]),

    // The program: one file per command.
    .executableTarget(
      name: "lightreplay",
      dependencies: [
        "RoutingCore", "TraceStore", "ConfigFiles", "CurveFitting", "Recording", "Reporting",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // Timings of the hot paths (make bench).
    .executableTarget(
      name: "lightreplay-bench", dependencies: ["RoutingCore", "CurveFitting", "TraceStore", "CBootstrap"],
      swiftSettings: strict),

    // The statistics against simulated truth (make test-statistics).
    .executableTarget(name: "lightreplay-statistics", dependencies: ["RoutingCore"], swiftSettings: strict),

    .testTarget(
      name: "CurveFittingTests",
      dependencies: ["CurveFitting", "RoutingCore", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: strict),
    .testTarget(
      name: "ReportingTests",
      dependencies: ["Reporting", "RoutingCore", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: strict),
    .testTarget(
      name: "ConfigFilesTests", dependencies: ["ConfigFiles", "Reporting", "RoutingCore"],
      swiftSettings: strict),
    .testTarget(
      name: "TraceStoreTests",
      dependencies: ["RoutingCore", "TraceStore", .product(name: "GRDB", package: "GRDB.swift")],
      exclude: ["Fixtures"],
      swiftSettings: strict),
    // A scripted model server on loopback, in-process and as a program for tests of the built commands.
    .target(name: "ScriptedServer", path: "Tests/ScriptedServer", swiftSettings: strict),
    .executableTarget(
      name: "lightreplay-testserver", dependencies: ["ScriptedServer"], path: "Tests/lightreplay-testserver",
      swiftSettings: strict),
    .testTarget(
      name: "RecordingTests", dependencies: ["Recording", "RoutingCore", "ScriptedServer"],
      swiftSettings: strict),

    // Failure signatures on thousands of simulated traces.
    .testTarget(name: "SignatureTests", dependencies: ["RoutingCore"], swiftSettings: strict),

    // Runs the built program.
    .testTarget(name: "EndToEndTests", dependencies: [], swiftSettings: strict),
    .testTarget(
      name: "RoutingCoreTests",
      dependencies: ["RoutingCore", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: strict),
  ]
)

// What takes bytes from anybody, under libFuzzer (make fuzz); only then is everything built for it.
if Context.environment["LIGHTREPLAY_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "lightreplay-fuzz", dependencies: ["ConfigFiles", "RoutingCore", "TraceStore"],
      swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])],
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]))
}
