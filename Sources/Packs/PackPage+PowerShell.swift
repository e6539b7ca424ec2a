/// How a pack is checked with nothing but Windows PowerShell 5.1 or newer.
extension PackPage {
  var powershell: String {
    """
    TO CHECK IT ON WINDOWS

    Hashes, the chain and the root need nothing but PowerShell. In this folder, paste one block after
    the other. The first says that no file was changed or added, and prints nothing but 'done':

    Get-Content SHA256SUMS | ForEach-Object {
      $hash, $name = $_ -split '  ', 2
      $found = (Get-FileHash -Algorithm SHA256 -LiteralPath $name).Hash
      if ($found -ne $hash) { "DIFFERS  $name" }
    }
    $listed = Get-Content SHA256SUMS | ForEach-Object { ($_ -split '  ', 2)[1] }
    Get-ChildItem -Recurse -Force -File -Name | ForEach-Object {
      $name = $_.Replace('\\', '/')
      if ($name -ne 'SHA256SUMS' -and $listed -cnotcontains $name) { "ADDED  $name" }
    }; "done"

    Each entry follows from the one before it, there are as many as were signed for, and of each the
    statement, the signature and the key lie here, but for those that block 5 above names. This prints
    nothing else but 'done':

    $log = @(Get-Content log.jsonl); $leaves = @(Get-Content log-leaves.txt)
    $signed = @(Get-Content statements/checkpoint.pae)
    $sha = [Security.Cryptography.SHA256]::Create()
    function Get-Hex($bytes) { -join ($bytes | ForEach-Object { $_.ToString('x2') }) }
    if ($log.Count -ne [int]$signed[1]) { "log.jsonl has not as many lines as were signed for" }
    if ($leaves.Count -ne [int]$signed[1]) { "log-leaves.txt has not as many lines as were signed for" }
    $before = '0' * 64
    for ($n = 0; $n -lt $log.Count; $n++) {
      $line = $log[$n]
      if (-not $line.Contains('"previous":"' + $before + '","sequence":' + $n + ',"time":"')) {
        "entry $n does not follow"
      }
      $before = Get-Hex ($sha.ComputeHash([byte[]](@(0) + [Text.Encoding]::UTF8.GetBytes($line))))
      if ($leaves[$n] -cne $before) { "entry $n has another hash" }
      foreach ($end in 'pae', 'sig', 'pem') {
        $name = 'statements/{0:d6}.{1}' -f $n, $end
        if (-not (Test-Path -LiteralPath $name)) { "$name is not cut out" }
      }
    }; "done"

    All entries together give the root above, which was signed for. This prints it, and nothing else:

    function Get-Bytes($hex) {
      0..($hex.Length / 2 - 1) | ForEach-Object { [Convert]::ToByte($hex.Substring(2 * $_, 2), 16) }
    }
    $level = $leaves
    while ($level.Count -gt 1) {
      $level = @(for ($i = 0; $i -lt $level.Count; $i += 2) {
        if ($i + 1 -eq $level.Count) { $level[$i] }
        else { Get-Hex ($sha.ComputeHash([byte[]](@(1) + (Get-Bytes ($level[$i] + $level[$i + 1]))))) }
      })
    }
    $level[0]
    if ([Convert]::ToBase64String([byte[]](Get-Bytes $level[0])) -cne $signed[2]) {
      "another root was signed for"
    }

    The signatures take OpenSSL, and blocks 4 to 6 above: Git for Windows has a shell with all of it.

    """
  }
}
