internal import CommandLine
internal import Findings
internal import Glibc
internal import Rendering

// The only program of custody's that opens a connection. It knows neither stores nor keys: it is handed the bytes that are
// to be sent, sends them where it is told, and hands back what is answered.
//
//     custody-remote VERB URL [--ca FILE]
//     custody-remote store ADDRESS [--ca FILE] [--plain-http]
//
// Standard input holds the request's bytes, to its end; standard output gets the answer's bytes, and only once all of them
// are there and look like one. The exit status is that of custody's own failures (sysexits): 69 where nobody answers or the
// answer is a refusal, 65 where what is answered is not what was asked for, 64 for words that make no sense. What went wrong
// is one line of JSON on standard error: {"error":{"code","message","hint"?}}. No credentials stand in it.
//
// `store` is a conversation, and has files of its own: `StoreServer` begins it. It alone has access keys, and signs with them.
//
// Any other verb is a case of `Verb`: a new one says its method, its media type and what an answer looks like.

Interruption.ignoreBrokenPipes()
do {
  let words = try ProcessArguments.words()
  if words.first == StoreCommand.name, !words.contains("--help"), !words.contains("-h") {
    var server = try StoreServer(words.dropFirst())
    try server.run()
  } else if let request = try RemoteRequest(words: words, body: { try StandardBytes.read(limit: 1 << 20) }) {
    try StandardBytes.write(request.answer())
  } else {
    try StandardBytes.write(Array(RemoteRequest.help.utf8))
  }
} catch {
  let failure = Failure(describing: error)
  try? StandardBytes.write(Array((failure.json.compact + "\n").utf8), to: STDERR_FILENO)
  exit(ExitStatus(failure.code).rawValue)
}
