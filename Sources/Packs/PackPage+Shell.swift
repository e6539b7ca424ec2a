internal import Crypto
internal import Findings
internal import Ownership

/// How a pack is checked with nothing but a shell, the GNU tools and OpenSSL.
///
/// Nothing in these blocks believes a list that lies in the pack: what is counted is counted by the signed checkpoint, and
/// what is looked for is looked for by the lines of the log. What a hostile file holds is never shown as it is (`cat -v`).
extension PackPage {
  var shell: String {
    """
    TO CHECK IT WITHOUT CUSTODY

    In this folder, in sh or bash with the GNU tools and OpenSSL 3. Paste one block after the other.

    1. No file was changed on its way, none is missing, and none was added. Every line says OK, and the
    second part prints nothing:

    sha256sum -c SHA256SUMS | cat -v
    here=$(mktemp)
    find . ! -type d ! -path ./SHA256SUMS | sed 's|^[.]/||' | LC_ALL=C sort > "$here"
    sed 's/^[0-9a-f]\\{64\\}  //' SHA256SUMS | LC_ALL=C sort | LC_ALL=C comm -3 "$here" - | cat -v
    rm "$here"

    2. Each entry names the hash of the one before it, and there are as many as were signed for. This
    prints nothing but 'done':

    n=0; before=0000000000000000000000000000000000000000000000000000000000000000
    while IFS= read -r line; do
      case $line in
        *'"previous":"'$before'","sequence":'$n',"time":"'*) ;;
        *) echo "entry $n does not follow" ;;
      esac
      before=$(printf '\\000%s' "$line" | sha256sum | cut -c1-64)
      test "$before" = "$(sed -n "$((n + 1))p" log-leaves.txt)" || echo "entry $n has another hash"
      n=$((n + 1))
    done < log.jsonl
    for file in log.jsonl log-leaves.txt; do
      test "$(grep -c '' "$file")" = "$(sed -n 2p statements/checkpoint.pae)" ||
        echo "$file has not as many lines as were signed for"
      test "$(LC_ALL=C tr -d '\\n -~' < "$file" | wc -c)" -eq 0 || echo "$file holds more than text"
    done; echo done

    3. All entries together give the root above, which was signed for. This prints it, and nothing else;
    some thousands take minutes:

    set -- $(cat log-leaves.txt)
    while test $# -gt 1; do
      level=
      while test $# -gt 1; do
        both=$(printf '\\\\x01'; printf %s "$1$2" | sed 's/../\\\\x&/g')
        level="$level $(env printf "$both" | sha256sum | cut -c1-64)"; shift 2
      done
      set -- $level "$@"
    done; echo "$1"
    root=$(env printf "$(echo "$1" | sed 's/../\\\\x&/g')" | base64)
    test "$root" = "$(sed -n 3p statements/checkpoint.pae)" || echo "another root was signed for"

    4. Whoever appended last has signed for that root. This prints the three lines that stand for the
    log, which are its name, the number of entries and the root in base 64, as above; 'Signature
    Verified Successfully' or 'Verified OK'; and the key's id, which has to be \(appender):

    signed() {
      if openssl pkey -pubin -in "$1.pem" -noout -text | grep -qi ed25519
      then openssl pkeyutl -verify -rawin -pubin -inkey "$1.pem" -in "$1.pae" -sigfile "$1.sig"
      else openssl dgst -sha256 -verify "$1.pem" -signature "$1.sig" "$1.pae"
      fi
    }
    key() { openssl pkey -pubin -in "$1.pem" -outform DER | sha256sum | cut -c1-64; }
    cat -v statements/checkpoint.pae; signed statements/checkpoint; key statements/checkpoint
    case $(tail -n 1 log.jsonl) in
      '{"by":"'$(key statements/checkpoint)'",'*) ;;
      *) echo "the last entry was appended with another key" ;;
    esac

    5. Each statement was signed with the key that its entry names, and is what its entry holds. It
    needs 'signed' and 'key' of the block before. \(uncut)

    n=0; files=0
    while IFS= read -r line <&3; do
      name=statements/$(printf %06d "$n"); n=$((n + 1))
      if test -f "$name.pae" && test -f "$name.sig" && test -f "$name.pem"
      then files=$((files + 3)); else echo "$name is not cut out"; continue; fi
      signed "$name" > /dev/null 2>&1 || echo "$name: the signature does not hold"
      case $line in *'"keyid":"'$(key "$name")'"'*) ;;
        *) echo "$name: not the key that the entry names" ;; esac
      case $line in *'"sig":"'$(base64 -w0 "$name.sig")'"'*) ;;
        *) echo "$name: not the entry's signature" ;; esac
      payload=$(printf %s "$line" | sed 's/.*"payload":"//; s/".*//')
      size=$(printf %s "$payload" | base64 -d | wc -c)
      { printf 'DSSEv1 28 application/vnd.in-toto+json %d ' "$size"
        printf %s "$payload" | base64 -d; } |
        cmp -s - "$name.pae" || echo "$name: not what the entry holds"
    done 3< log.jsonl
    test "$(find statements -mindepth 1 ! -name 'checkpoint.???' | grep -c '')" -eq "$files" ||
      echo "statements/ has files of no entry"
    echo done

    6. Each file of evidence is one whose hash a statement names, or a list that a statement names;
    and what is named so is here, or stands in withheld.csv. This prints nothing but 'done'. A line
    with a name is a file that nobody has signed for; a hash alone is of a file that is neither here
    nor in withheld.csv, or that withheld.csv has and no statement names:

    said=$(mktemp); here=$(mktemp); named=$(mktemp)
    sed 's/.*"payload":"//; s/".*//' log.jsonl | while IFS= read -r payload; do
      printf %s "$payload" | base64 -d; echo
    done | grep -aoE '"sha256":"[0-9a-f]{64}"},"mediaType":"[^"]*"' | cut -c11- > "$said"
    find . ! -type d '(' -path './evidence/*' -o -path './log/object/*' ')' -exec sha256sum {} + |
      LC_ALL=C sort > "$here"
    grep -a '"},"mediaType":"text/vnd[.]custody[.]manifest"$' "$said" | cut -c1-64 |
      LC_ALL=C sort -u | LC_ALL=C join - "$here" |
      sed -n 's|^[0-9a-f]* \\([.]/log/object/[0-9a-f/]*\\)$|\\1|p' |
      xargs -r grep -ahoE '^[0-9a-f]{64}  ' | cut -c1-64 > "$named"
    cut -c1-64 "$said" | LC_ALL=C sort -u - "$named" -o "$named"
    LC_ALL=C join -v 2 "$named" "$here" | cat -v
    LC_ALL=C join -v 1 "$named" "$here" > "$said"
    grep -aoE '^[0-9a-f]{64},' withheld.csv | cut -c1-64 | LC_ALL=C sort -u | LC_ALL=C comm -3 - "$said"
    rm "$said" "$here" "$named"; echo done

    7. What these blocks do not show is that a file lies under the right control and under the name
    that it was submitted with, and that the index and ownership.csv say what the log says: somebody
    may have exchanged two files that were both submitted. 'custody verify' holds all of that against
    the log. By hand, 'of FILE' prints what names a file: statements, whose .pae says of which
    controls and under which name, or a list below log/object, of which it can be asked again:

    of() { grep -al "$(sha256sum < "$1" | cut -c1-64)" statements/*.pae log/object/*/*; }

    Which entries brought a key, by whose word, 'custody verify' looks after, and whether a statement
    counts; a key's id, by which entries call it, is what 'key' prints. Compare those of the
    administrators with WHOM TO ASK, below.

    """
  }

  /// Whose key has signed the checkpoint.
  private var appender: String {
    guard let id = plan.log.state.lastBy else { return "a key that is named below" }
    let owner = plan.log.state.membership.key(id)?.owner ?? "nobody known"
    return "that of \(owner):\n    \(id.hex)"
  }

  /// What the block on statements prints beside 'done'.
  private var uncut: String {
    let unasked = plan.unaskedEntries.sorted()
    let without = plan.log.entriesWithoutKey.filter { !plan.unaskedEntries.contains($0) }
    guard !unasked.isEmpty || !without.isEmpty else { return "It prints nothing but 'done':" }
    var reasons: [String] = []
    if !unasked.isEmpty {
      let what = unasked.count == 1 ? "its evidence was not asked for" : "their evidence was not asked for"
      reasons.append("\(PackPage.ranges(unasked)), as \(what)")
    }
    if !without.isEmpty {
      reasons.append("\(PackPage.ranges(without)), of which no statement or nobody's key can be read")
    }
    let count = unasked.count + without.count
    let text =
      "It prints 'done', and before that of \(Wording.entries(count)) that \(count == 1 ? "it is" : "they are") not cut out: "
      + reasons.joined(separator: "; and ")
      + ". 'custody verify' checks those, and a pack made with --every-statement has "
      + "all of them:"
    return "\n" + laid(text)
  }

  /// `4, 7 to 9`.
  static func ranges(_ numbers: [Int]) -> String {
    var spans: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = spans.last, last.upperBound + 1 == number {
        spans[spans.count - 1] = last.lowerBound...number
      } else {
        spans.append(number...number)
      }
    }
    let shown = spans.prefix(40).map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound) to \($0.upperBound)" }
    let rest = spans.dropFirst(40).reduce(0) { $0 + $1.count }
    return shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }
}
