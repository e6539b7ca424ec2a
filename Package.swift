// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "custody",
  products: [
    .executable(name: "custody", targets: ["custody"]),
    /** What reaches a service elsewhere; `custody` itself opens no connection. */
    .executable(name: "custody-remote", targets: ["custody-remote"]),
    /** What the program does, for other Swift programs. */
    .library(
      name: "Workspace",
      targets: [
        "Workspace", "Reports", "Verification", "Ownership", "Catalogs", "Statements", "TreeLog", "Crypto", "Rendering",
        "Findings",
      ]),
  ],
  targets: [
    // C libraries, one Swift module above each.
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CXML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),

    /** The built-in catalogs' bytes, embedded from `Controls/`. */
    .target(name: "CCatalogs"),
    /** What the C library has and Swift does not see: the words that the process was started with, `memmem`. */
    .target(name: "CProcess"),

    /** What is asked of the host of a store elsewhere, and what it answers, as they go over a pipe. */
    .target(name: "RemoteWire"),
    /** What people and machines are told: findings, failures, and the wording that both share. */
    .target(name: "Findings"),
    /** Tables, pages and values as text, CSV and JSON; knows nothing of what they are about. */
    .target(name: "Rendering"),

    /** Every primitive: digests, keys, signatures, DSSE envelopes, signed notes. */
    .target(name: "Crypto", dependencies: ["COpenSSL"]),
    /** The log as mathematics and bytes: hashes, tiles, bundles, proofs, checkpoints; no I/O. */
    .target(name: "TreeLog", dependencies: ["Crypto"]),
    /** What is written: canonical JSON, statements and their predicates, entries, manifests, schedules. */
    .target(name: "Statements", dependencies: ["Crypto", "TreeLog"]),
    /** Controls, units, families and domains, from OSCAL catalogs. */
    .target(name: "Catalogs", dependencies: ["Findings", "CCatalogs", "Crypto"]),
    /** Agreements as they are written: documents in YAML, what their lines promise, a document to start from. */
    .target(name: "Agreements", dependencies: ["Findings", "Statements", "Catalogs", "CYAML"]),
    /** What it means: the fold over entries, who may sign what, the resolver, the matrix. */
    .target(
      name: "Ownership", dependencies: ["Findings", "Agreements", "Statements", "Catalogs", "Crypto", "TreeLog"]),
    /** Zip and tar files, written and read as streams. */
    .target(name: "Archives", dependencies: ["CArchive"]),
    /** Tables that other programs wrote, CSV and XLSX, as sheets of text; knows nothing of what they are about. */
    .target(name: "Spreadsheets", dependencies: ["Findings", "Archives", "XML"]),
    /** Documents of elements and text, as others wrote them. */
    .target(name: "XML", dependencies: ["CXML"]),
    /** Tables as workbooks that spreadsheets open. */
    .target(name: "Workbooks", dependencies: ["Findings", "Rendering", "CXLSXWriter"]),
    /** One directory on disk: objects, tiles, checkpoint, lock, crash-safe append; what is mailed in one file. */
    .target(name: "Storage", dependencies: ["RemoteWire", "Archives", "TreeLog", "Crypto", "CProcess"]),
    /** The fold, remembered: a disposable SQLite projection for each user. */
    .target(
      name: "Index", dependencies: ["Findings", "Ownership", "Statements", "Catalogs", "TreeLog", "Crypto", "CSQLite"]),
    /** Re-derives every claim of a store from its bytes and returns findings. */
    .target(
      name: "Verification", dependencies: ["Findings", "Ownership", "Statements", "Catalogs", "TreeLog", "Crypto"]),
    /** What an auditor gets in one file: what goes in as a function of a log and a selection; no I/O. */
    .target(
      name: "Packs",
      dependencies: ["Findings", "Rendering", "Ownership", "Statements", "Catalogs", "TreeLog", "Crypto"]),
    /** What was promised and is owed, beside `Verification`, which never imports it. */
    .target(name: "Obligations", dependencies: ["Findings", "Agreements", "Ownership", "Statements", "Catalogs"]),
    /** State and findings as text, CSV and JSON; no I/O. */
    .target(
      name: "Reports",
      dependencies: [
        "Findings", "Rendering", "Obligations", "Verification", "Agreements", "Ownership", "Statements", "Catalogs",
        "TreeLog",
        "Crypto",
      ]),
    /** What a store says of controls in the words of NIST's OSCAL, for other people's programs; no I/O. */
    .target(
      name: "OSCAL",
      dependencies: [
        "Findings", "Rendering", "Obligations", "Agreements", "Ownership", "Statements", "Catalogs", "TreeLog",
        "Crypto",
      ]),
    /** A program's words: grammar, help, completions, and the console that it speaks through; knows no store. */
    .target(name: "CommandLine", dependencies: ["Findings", "Rendering", "Statements", "CProcess"]),
    /** What somebody does with stores: open, sign, append, submit, accept, check; no console, no terminal. */
    .target(
      name: "Workspace",
      dependencies: [
        "Findings", "Agreements", "Ownership", "Obligations", "Verification", "Index", "Storage", "Archives",
        "Spreadsheets", "Packs", "Statements", "RemoteWire",
        "Catalogs", "TreeLog", "Crypto", "CProcess",
      ]),
    /** The command line; wires the others. */
    .executableTarget(
      name: "custody",
      dependencies: [
        "CommandLine", "Workspace", "Findings", "Rendering", "Agreements", "Obligations", "Reports", "OSCAL",
        "Verification", "Index", "Packs", "Workbooks",
        "Storage", "Spreadsheets", "Ownership",
        "Catalogs", "Statements", "TreeLog", "Crypto",
      ]),

    /** Sends bytes to a service and hands back what it answers; knows neither stores nor keys. */
    .executableTarget(
      name: "custody-remote", dependencies: ["CommandLine", "Findings", "Rendering", "RemoteWire", "XML", "CCurl"]),

    /** What another program does with the library: sees nothing of the package but what is public. */
    .executableTarget(
      name: "library-example", dependencies: ["Workspace", "Reports", "Rendering", "Findings"],
      path: "Fixtures/library",
      packageAccess: false),

    /** Helpers that several test targets share. */
    .target(name: "TestSupport", dependencies: ["Crypto", "TreeLog", "Statements"], path: "Tests/TestSupport"),
    /** A bucket in memory, in which things go wrong as they are told to. */
    .target(
      name: "BucketSupport", dependencies: ["Storage", "RemoteWire", "TreeLog", "Crypto"], path: "Tests/BucketSupport"),
    .testTarget(name: "FindingsTests", dependencies: ["Findings"]),
    .testTarget(name: "RenderingTests", dependencies: ["Rendering", "Crypto"]),
    .testTarget(
      name: "AgreementsTests",
      dependencies: ["Agreements", "Statements", "Catalogs", "Crypto", "TestSupport"]),
    .testTarget(name: "CryptoTests", dependencies: ["Crypto", "TestSupport"]),
    .testTarget(name: "TreeLogTests", dependencies: ["TreeLog", "Crypto", "TestSupport"]),
    .testTarget(name: "StatementsTests", dependencies: ["Statements", "TreeLog", "Crypto", "TestSupport"]),
    .testTarget(name: "CatalogsTests", dependencies: ["Catalogs", "Crypto", "TestSupport"]),
    .testTarget(
      name: "OwnershipTests",
      dependencies: [
        "Findings", "Agreements", "Ownership", "Statements", "Catalogs", "TreeLog", "Crypto", "TestSupport",
      ]),
    .testTarget(name: "ArchivesTests", dependencies: ["Archives"]),
    .testTarget(name: "SpreadsheetsTests", dependencies: ["Spreadsheets", "Archives", "Findings", "TestSupport"]),
    .testTarget(name: "WorkbooksTests", dependencies: ["Workbooks", "Spreadsheets", "Rendering", "TestSupport"]),
    .testTarget(
      name: "StorageTests",
      dependencies: ["Storage", "RemoteWire", "Archives", "TreeLog", "Crypto", "TestSupport", "BucketSupport"]),
    .testTarget(name: "PacksTests", dependencies: ["Packs", "Statements", "Crypto"]),
    .testTarget(
      name: "IndexTests",
      dependencies: ["Index", "Ownership", "Statements", "Catalogs", "TreeLog", "Crypto", "TestSupport"]),
    .testTarget(
      name: "VerificationTests",
      dependencies: [
        "Findings", "Verification", "Ownership", "Statements", "Catalogs", "Storage", "TreeLog", "Crypto",
        "TestSupport",
      ]),
    .testTarget(
      name: "ObligationsTests",
      dependencies: [
        "Obligations", "Findings", "Ownership", "Statements", "Catalogs", "Crypto", "TreeLog", "TestSupport",
      ]),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "Findings", "Rendering", "Agreements", "Obligations", "Reports", "OSCAL", "Verification", "Ownership",
        "Statements", "Catalogs",
        "TreeLog", "Crypto",
        "TestSupport",
      ]),
    .testTarget(
      name: "CommandLineTests", dependencies: ["CommandLine", "Findings", "Rendering", "TestSupport"]),
    .testTarget(
      name: "WorkspaceTests",
      dependencies: [
        "Workspace", "library-example", "Findings", "Agreements", "Ownership", "Verification", "Spreadsheets",
        "Catalogs", "Statements", "Storage", "Index",
        "TreeLog", "Crypto",
        "TestSupport", "BucketSupport",
      ]),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "custody", "CommandLine", "Workspace", "Findings", "Rendering", "Reports", "Storage", "Statements", "TreeLog",
        "Crypto", "TestSupport",
      ]),

    /** Measures a built custody: time and memory, against the least that the work needs. */
    .executableTarget(
      name: "custody-benchmark", dependencies: ["Storage", "Catalogs", "Statements", "TreeLog", "Crypto"],
      path: "Tests/Benchmark"),
  ],
  swiftLanguageModes: [.v6]
)

// Settings that every Swift target shares. Keep this after the target list.
for target in package.targets where target.type != .system && !["CCatalogs", "CProcess"].contains(target.name) {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .treatWarning("ExplicitSendable", as: .error),
  ]
}
