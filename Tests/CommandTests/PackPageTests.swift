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
    #expect(blocks.count == 7)
    try place.write(blocks.joined(separator: "\necho '=='\n") + "\n", to: "pasted")
    let ended = try place.shell("cd pack; LC_ALL=C \(shell) < ../pasted")
    #expect(ended.status == 0)
    let said = ended.output.components(separatedBy: "==\n")
    try #require(said.count == 7, "\(ended.output)\(ended.talk)")
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
    #expect(said[4] == "done\n" && said[5] == "done\n" && said[6].isEmpty)
    if shell != "bash -i" { #expect(ended.talk == "") }
  }

  @Test(arguments: ["dash", "bash"])
  func `the page's blocks name what was changed`(shell: String) throws {
    let place = try pack()
    let blocks = try blocks(page(place))
    func run(_ block: Int, after change: String) throws -> String {
      try place.write(blocks[block] + "\n", to: "pasted")
      try place.write(
        blocks[3] + "\n" + blocks[block] + "\n",
        to: "pasted-5")
      return try place.shell(
        "rm -rf copy; cp -r pack copy; cd copy; \(change); \(shell) < ../pasted\(block == 4 ? "-5" : "") 2>&1"
      )
      .output
    }
    let file = try place.shell("cd pack; find evidence -name '*[[]a-z*'").output.trimmingCharacters(in: .newlines)
    #expect(file.contains("[a-z] %7B1%7D.txt"))
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
      try run(5, after: "old=$(sha256sum < \"\(file)\" | cut -c1-64); \(swapped)").contains("[a-z] %7B1%7D.txt"))
    #expect(try run(0, after: "echo more > evidence/more.txt").hasSuffix("evidence/more.txt\n"))
    #expect(try run(0, after: "ln -s /etc/passwd evidence/more.txt").hasSuffix("evidence/more.txt\n"))
    // A line that sha256sum passes over.
    #expect(try run(0, after: "sed -i '/ index.csv/s/^...../ab/' SHA256SUMS").contains("index.csv\n"))
  }

  /// Acts of somebody who makes every list fit afterwards, and what the hand check says.
  @Test(arguments: [
    ("sed -i '$d' log.jsonl", 1, "log.jsonl has not as many lines as were signed for"),
    ("sed -i '$d' log-leaves.txt", 1, "log-leaves.txt has not as many lines as were signed for"),
    ("sed -i '$d' log.jsonl log-leaves.txt", 1, "log.jsonl has not as many lines as were signed for"),
    ("sed -i '$d' log.jsonl log-leaves.txt", 2, "another root was signed for"),
    ("printf x >> log.jsonl", 1, "log.jsonl has not as many lines as were signed for"),
    ("printf '\\000' >> log.jsonl", 1, "log.jsonl holds more than text"),
    ("sed -i '3{h;d};4{G}' log.jsonl log-leaves.txt", 1, "entry 2 does not follow"),
    ("sed -i '2p' log.jsonl log-leaves.txt", 1, "entry 2 does not follow"),
    ("rm statements/000009.pae", 4, "statements/000009 is not cut out"),
    ("rm statements/000009.sig", 4, "statements/000009 is not cut out"),
    ("rm statements/000009.*", 4, "statements/000009 is not cut out"),
    ("cp statements/000009.sig statements/000099.sig", 4, "statements/ has files of no entry"),
    ("cp statements/000008.sig statements/000009.sig", 4, "statements/000009: the signature does not hold"),
    ("sed -i '$d' log.jsonl; sed -i '$s/\"by\":\"./\"by\":\"x/' log.jsonl", 3, "appended with another key"),
    ("echo other > evidence/house/1.1/updates.txt", 5, "./evidence/house/1.1/updates.txt"),
    (
      "echo other > evidence/house/1.1/updates.txt; mkdir log/object/aa; sha256sum evidence/house/1.1/updates.txt > log/object/aa/bb",
      5, "./evidence/house/1.1/updates.txt"
    ),
    ("sha256sum evidence/house/1.1/updates.txt | cut -c1-64; rm evidence/house/1.1/updates.txt", 5, "$FIRST"),
    (
      "h=$(sha256sum evidence/house/1.1/updates.txt | cut -c1-64); echo $h; echo \"$h,redacted,9,x,1\" >> withheld.csv",
      5,
      "$FIRST"
    ),
  ])
  func `the hand check names what its lists no longer show`(act: String, block: Int, says: String) throws {
    let place = try SampleHouse.copy()
    try place.prepare(("acme/bo", "custody pack --output pack/"))
    let blocks = try blocks(page(place))
    let needed = block == 4 ? [3, 4] : [block]
    try place.write(needed.map { blocks[$0] }.joined(separator: "\n") + "\n", to: "pasted")
    let ended = try place.shell("cp -r pack copy; cd copy; \(act); echo '=='; LC_ALL=C dash < ../pasted 2>&1")
    let said = ended.output.components(separatedBy: "==\n")
    try #require(said.count == 2, "\(ended.output)\(ended.talk)")
    let first = said[0].trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(said[1].contains(says == "$FIRST" ? first : says), "\(act): \(said[1])")
    let honest = try place.shell("cd pack; LC_ALL=C dash < ../pasted 2>&1")
    #expect(!honest.output.contains(says == "$FIRST" ? first : says), "\(honest.output)")
  }

  @Test func `of a pack of some evidence the page names what is not cut out, and nothing else is said`() throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/bo", "custody submit february.txt --control 2.1"), ("acme/bo", "custody pack --control 2.1 --output pack/")
    )
    let page = try page(place)
    let blocks = try blocks(page)
    try place.write(blocks[3...5].joined(separator: "\n") + "\n", to: "pasted")
    let ended = try place.shell("cd pack; LC_ALL=C dash < ../pasted")
    #expect(ended.output.hasSuffix("statements/000009 is not cut out\ndone\ndone\n"), "\(ended.output)")
    let flowing = page.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(flowing.contains("of 1 entry that it is not cut out: 9, as its evidence was not asked for"), "\(page)")
  }

  @Test(arguments: ["dash", "bash"]) func `a token is looked at with OpenSSL as the page says`(shell: String) throws {
    let place = try SampleHouse.copy()
    try place.prepare(
      ("acme/bo", "custody timestamp attach log.tsr && custody pack --output pack/ && cp tsa.pem pack/root.pem"))
    let page = try page(place)
    let first = try #require(page.firstRange(of: "  token="))
    let end = try #require(page.firstRange(of: "-CAfile root.pem"))
    let lines = String(page[first.lowerBound..<end.upperBound])
    func run(_ lines: String) throws -> Workplace.Ended {
      try place.shell("cd pack && \(shell) << 'END'\n\(lines)\nEND")
    }
    let ended = try run(lines)
    #expect(
      ended.output.contains("Status: Granted.") && ended.output.contains("Verification: OK"), "\(ended.talk)")
    let other = try run(lines.replacing(" 10 ", with: " 9 "))
    #expect(other.status != 0 && !other.output.contains("Verification: OK"), "\(other.output)")
  }

  @Test func `no line of a pack's page, nor of a proof's, is wider than a hundred columns`() throws {
    let place = try SampleHouse.copy()
    let long = (1...30).map { "word\($0)" }.joined(separator: " ")
    try place.prepare(
      ("long/ann", "custody key new --name 'Ann \(long)' --output ann.card"),
      ("acme/bo", "custody party add long --name 'Long \(long)' --card ann.card"),
      ("acme/bo", "custody submit - --name '\(long).txt' --control 1.1 --control 1.2 --control 2.1 < updates.txt"),
      ("acme/bo", "custody key revoke acme/kim --reason lost --suspect-since 8"),
      ("acme/bo", "custody pack --control 1.1 --control 1.2 --from 2026-01-01 --output pack/"),
      ("acme/bo", "custody prove 1.1 --no-object --output p.zip; python3 -m zipfile -e p.zip proof"))
    for file in ["pack/START-HERE.txt", "proof/README.txt"] {
      let text = String(decoding: try #require(place.folder.read("desk/\(file)")), as: UTF8.self)
      for line in text.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
    }
  }

  @Test func `the lines for PowerShell name files that are there, and take every name as it is written`() throws {
    let place = try pack()
    let paragraphs = try part(page(place), "TO CHECK IT ON WINDOWS", "WHAT THAT SHOWS").split(separator: "\n\n")
      .map { $0.trimmingCharacters(in: .newlines) }
    let blocks = paragraphs.filter { block in
      !block.isEmpty && block.firstMatch(of: /^(Hashes|Each|All|The)\b/) == nil
    }
    #expect(blocks.count == 3)
    // Word for word: a change is to be read by somebody who knows what these words do.
    let commands = blocks.flatMap { $0.split(separator: "\n").map(String.init) }
    #expect(
      commands == [
        "Get-Content SHA256SUMS | ForEach-Object {",
        "  $hash, $name = $_ -split '  ', 2",
        "  $found = (Get-FileHash -Algorithm SHA256 -LiteralPath $name).Hash",
        "  if ($found -ne $hash) { \"DIFFERS  $name\" }",
        "}",
        "$listed = Get-Content SHA256SUMS | ForEach-Object { ($_ -split '  ', 2)[1] }",
        "Get-ChildItem -Recurse -Force -File -Name | ForEach-Object {",
        "  $name = $_.Replace('\\', '/')",
        "  if ($name -ne 'SHA256SUMS' -and $listed -cnotcontains $name) { \"ADDED  $name\" }",
        "}; \"done\"",
        "$log = @(Get-Content log.jsonl); $leaves = @(Get-Content log-leaves.txt)",
        "$signed = @(Get-Content statements/checkpoint.pae)",
        "$sha = [Security.Cryptography.SHA256]::Create()",
        "function Get-Hex($bytes) { -join ($bytes | ForEach-Object { $_.ToString('x2') }) }",
        "if ($log.Count -ne [int]$signed[1]) { \"log.jsonl has not as many lines as were signed for\" }",
        "if ($leaves.Count -ne [int]$signed[1]) { \"log-leaves.txt has not as many lines as were signed for\" }",
        "$before = '0' * 64",
        "for ($n = 0; $n -lt $log.Count; $n++) {",
        "  $line = $log[$n]",
        "  if (-not $line.Contains('\"previous\":\"' + $before + '\",\"sequence\":' + $n + ',\"time\":\"')) {",
        "    \"entry $n does not follow\"",
        "  }",
        "  $before = Get-Hex ($sha.ComputeHash([byte[]](@(0) + [Text.Encoding]::UTF8.GetBytes($line))))",
        "  if ($leaves[$n] -cne $before) { \"entry $n has another hash\" }",
        "  foreach ($end in 'pae', 'sig', 'pem') {",
        "    $name = 'statements/{0:d6}.{1}' -f $n, $end",
        "    if (-not (Test-Path -LiteralPath $name)) { \"$name is not cut out\" }",
        "  }",
        "}; \"done\"",
        "function Get-Bytes($hex) {",
        "  0..($hex.Length / 2 - 1) | ForEach-Object { [Convert]::ToByte($hex.Substring(2 * $_, 2), 16) }",
        "}",
        "$level = $leaves",
        "while ($level.Count -gt 1) {",
        "  $level = @(for ($i = 0; $i -lt $level.Count; $i += 2) {",
        "    if ($i + 1 -eq $level.Count) { $level[$i] }",
        "    else { Get-Hex ($sha.ComputeHash([byte[]](@(1) + (Get-Bytes ($level[$i] + $level[$i + 1]))))) }",
        "  })",
        "}",
        "$level[0]",
        "if ([Convert]::ToBase64String([byte[]](Get-Bytes $level[0])) -cne $signed[2]) {",
        "  \"another root was signed for\"",
        "}",
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
