import Crypto
import Foundation
import TestSupport
import Testing

/// The commands of a pack's first page, as somebody pastes them, on files whose names are made to trip them.
struct PackPageTests {
  /// Names that people give files, and what a shell, a list of hashes or PowerShell may take them for.
  private static let names = [
    "it's Bo's.txt", "two  spaces.txt", "[a-z] {1}.txt", "$HOME `id` $(id).txt", "a;b&c|d.txt", "~tilde.txt",
    "#hash.txt",
    "%TEMP%.txt", "-rf.txt", "100 % & more, (final) [v2].txt", "Prüfbericht – März.txt", "\"quoted\".txt",
    "!bang!.txt", "con.txt", "ends in a dot.", " begins with a space.txt", "^caret^.txt", "@home.txt", "x'y\"z.txt",
  ]

  private func pack() throws -> Workplace {
    let place = try SampleHouse.copy()
    for (number, name) in Self.names.enumerated() {
      let ended = try place.custody(
        ["submit", "-", "--name=\(name)", "--control", number.isMultiple(of: 2) ? "1.2" : "2.1"],
        input: "file \(number)\n")
      try #require(ended.status == 0, "\(name): \(ended.talk)")
    }
    try place.prepare(("acme/bo", "custody pack --output pack/"))
    return place
  }

  private func page(_ place: Workplace) throws -> String {
    String(decoding: try #require(place.folder.read("desk/pack/START-HERE.txt")), as: UTF8.self)
  }

  private func part(_ page: String, _ first: String, _ next: String) throws -> Substring {
    let start = try #require(page.range(of: first)), end = try #require(page.range(of: next))
    return page[start.upperBound..<end.lowerBound]
  }

  /// The paragraphs of the page's part on a shell that are commands.
  private func blocks(_ page: String) throws -> [String] {
    try part(page, "TO CHECK IT WITHOUT CUSTODY", "TO CHECK IT ON WINDOWS").split(separator: "\n\n").map {
      $0.trimmingCharacters(in: .newlines)
    }.filter { block in
      !block.isEmpty && block.firstMatch(of: /^(\d\. |In this folder|Which entries)/) == nil
    }
  }

  @Test func `every name of a file is found again in the pack, and in its list of hashes`() throws {
    let place = try pack()
    let sums = String(decoding: try #require(place.folder.read("desk/pack/SHA256SUMS")), as: UTF8.self)
    for (number, name) in Self.names.enumerated() {
      let digest = SHA256.hash("file \(number)\n").hex
      let line = try #require(sums.split(separator: "\n").first { $0.hasPrefix(digest) }, "\(name)")
      let path = String(line.dropFirst(66))
      #expect(place.folder.read("desk/pack/\(path)") == Array("file \(number)\n".utf8), "\(path)")
    }
  }

  @Test(arguments: ["dash", "bash", "bash --posix", "sh", "bash -i"])
  func `the page's blocks do what it says, pasted one after the other`(shell: String) throws {
    let place = try pack()
    let page = try page(place)
    let blocks = try blocks(page)
    #expect(blocks.count == 6)
    try place.write(blocks.joined(separator: "\necho '=='\n") + "\n", to: "pasted")
    let ended = try place.shell("cd pack; LC_ALL=C \(shell) < ../pasted")
    #expect(ended.status == 0)
    let said = ended.output.components(separatedBy: "==\n")
    try #require(said.count == 6, "\(ended.output)\(ended.talk)")
    let count = try #require(place.folder.read("desk/pack/SHA256SUMS")).count { $0 == 0x0a }
    #expect(
      said[0].split(separator: "\n").count == count
        && said[0].split(separator: "\n").allSatisfy { $0.hasSuffix(": OK") })
    #expect(said[1] == "done\n")
    let root = try #require(page.firstMatch(of: /\n  root +([0-9a-f]{64})\n/)).output.1
    #expect(said[2] == "\(root)\n")
    let encoded = String(try #require(page.firstMatch(of: /base 64: (.+)\n/)).output.1)
    #expect(said[3].contains("Verified") && said[3].contains(encoded))
    // The key that the page names is the one that has signed.
    let key = String(try #require(page.firstMatch(of: /which has to be that of acme\/bo:\n +([0-9a-f]{64})/)).output.1)
    #expect(said[3].hasSuffix("\(key)\n"))
    #expect(said[4] == "done\n" && said[5] == "done\n")
    if shell != "bash -i" { #expect(ended.talk == "") }
  }

  @Test(arguments: ["dash", "bash"])
  func `the page's blocks name what was changed`(shell: String) throws {
    let place = try pack()
    let blocks = try blocks(page(place))
    func run(_ block: Int, after change: String) throws -> String {
      try place.write(blocks[block] + "\n", to: "pasted")
      try place.write(
        blocks[3].split(separator: "\n").dropLast().joined(separator: "\n") + "\n" + blocks[block] + "\n",
        to: "pasted-5")
      return try place.shell(
        "rm -rf copy; cp -r pack copy; cd copy; \(change); \(shell) < ../pasted\(block == 4 ? "-5" : "") 2>&1"
      )
      .output
    }
    let file = try place.shell("cd pack; find evidence -name '*[[]a-z*'").output.trimmingCharacters(in: .newlines)
    #expect(file.contains("[a-z] {1}.txt"))
    #expect(try run(0, after: "echo x >> \"\(file)\"").contains("\(file): FAILED"))
    #expect(try run(1, after: "sed -i '3s/\"by\":\"./\"by\":\"x/' log.jsonl").contains("entry 2 has another hash"))
    #expect(try run(1, after: "sed -i 3d log.jsonl; sed -i 3d log-leaves.txt").contains("entry 2 does not follow"))
    let root = try #require(page(place).firstMatch(of: /\n  root +([0-9a-f]{64})\n/)).output.1
    #expect(try !run(2, after: "sed -i 3s/^./x/ log-leaves.txt").contains(root))
    #expect(try run(3, after: "sed -i 's/^[0-9]*$/1/' statements/checkpoint.pae").contains("Fail"))
    #expect(
      try run(4, after: "printf x >> statements/000003.sig").contains("statements/000003: the signature does not hold"))
    #expect(
      try run(4, after: "for e in pae sig pem; do cp statements/000003.$e statements/000004.$e; done")
        .contains("statements/000004: not what the entry holds"))
    // Signed with a key of somebody's own, in the name of the entry's.
    let forged = try run(
      4,
      after: "openssl genpkey -algorithm ed25519 -out own; openssl pkey -in own -pubout -out statements/000003.pem; "
        + "openssl pkeyutl -sign -rawin -inkey own -in statements/000003.pae -out statements/000003.sig")
    #expect(forged.contains("statements/000003: not the key that the entry names"))
    #expect(forged.contains("statements/000003: not the entry's signature"))
    // Another file under a name of the pack's, with every list put right; and one more that no list has.
    let swapped =
      "echo other > \"\(file)\"; for f in SHA256SUMS index.csv index.json; do sed -i \"s/$old/$(sha256sum < \"\(file)\" "
      + "| cut -c1-64)/\" $f; done"
    #expect(
      try run(5, after: "old=$(sha256sum < \"\(file)\" | cut -c1-64); \(swapped)").contains("[a-z] {1}.txt"))
    #expect(try run(0, after: "echo more > evidence/more.txt").hasSuffix("evidence/more.txt\n"))
  }

  @Test func `the lines for PowerShell name files that are there, and take every name as it is written`() throws {
    let place = try pack()
    let lines = try part(page(place), "TO CHECK IT ON WINDOWS", "WHAT THAT SHOWS").split(separator: "\n").map(
      String.init)
    // Word for word: a change is to be read by somebody who knows what these words do.
    let commands = lines.drop { !$0.hasPrefix("Get-Content") }.map { $0 }
    #expect(
      commands == [
        "Get-Content SHA256SUMS | ForEach-Object {",
        "  $hash, $name = $_ -split '  ', 2",
        "  $found = (Get-FileHash -Algorithm SHA256 -LiteralPath $name).Hash",
        "  if ($found -ne $hash) { \"DIFFERS  $name\" }",
        "}",
        "$listed = Get-Content SHA256SUMS | ForEach-Object { ($_ -split '  ', 2)[1] }",
        "Get-ChildItem -Recurse -File -Name | ForEach-Object { $_.Replace('\\', '/') } | ForEach-Object {",
        "  if ($_ -ne 'SHA256SUMS' -and $listed -cnotcontains $_) { \"ADDED  $_\" }",
        "}; \"done\"",
      ])
    // What these lines do: each line is cut at the first two spaces, once; the name is taken literally, so that brackets
    // are no pattern; '-ne' takes A for a, as Get-FileHash writes capitals and the list small letters.
    let text = String(decoding: try #require(place.folder.read("desk/pack/SHA256SUMS")), as: UTF8.self)
    // Windows PowerShell reads a file without a byte order mark in the system's own letters, and splits at either end of a line.
    #expect(text.utf8.allSatisfy { $0 == 0x0a || (0x20..<0x7f).contains($0) })
    for line in text.split(separator: "\n") {
      let cut = try #require(line.range(of: "  "))
      let (hash, name) = (line[..<cut.lowerBound], String(line[cut.upperBound...]))
      #expect(hash.count == 64 && hash.lowercased() == hash)
      let bytes = try #require(place.folder.read("desk/pack/\(name)"), "'\(name)' is not there")
      #expect(SHA256.hash(bytes).hex.uppercased().caseInsensitiveCompare(hash) == .orderedSame)
      // Names that Windows has no other reading of.
      #expect(!name.contains { "<>:\"\\|?*".contains($0) } && !name.hasPrefix("~") && !name.hasPrefix("-"))
      for part in name.split(separator: "/") {
        #expect(!part.hasSuffix(".") && !part.hasSuffix(" ") && !part.hasPrefix(" "))
      }
    }
    // One statement: pasted, nothing runs before its last line is there.
    let joined = commands.joined()
    for (open, close) in [("{", "}"), ("(", ")")] {
      #expect(joined.count { String($0) == open } == joined.count { String($0) == close })
    }
  }
}
