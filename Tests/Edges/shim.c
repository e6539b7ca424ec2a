// Stands between a program and the C library: writes down what the program does to files, kills it at one operation, or
// makes one call fail. Loaded with LD_PRELOAD.
//
//   EDGES_ROOT   the folder whose files count
//   EDGES_LOG    where operations are written down, a line each
//   EDGES_KILL   the number of the operation, counted from 1, after which the program is killed
//   EDGES_FAIL   the number of the call, counted from 1, that fails
//   EDGES_ERRNO  with what
//   EDGES_AFTER  1 where the call is done all the same
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static char root[PATH_MAX];
static int log_fd = -1, number_to_fail, errno_to_give, fails_after;
static long kill_at, operations, calls;
static __thread int inside;

#define REAL(type, name, ...) \
  static type (*real)(__VA_ARGS__); \
  if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

__attribute__((constructor)) static void begin(void) {
  inside++;
  const char *text = getenv("EDGES_ROOT");
  if (text && realpath(text, root)) {
    if ((text = getenv("EDGES_LOG"))) {
      int fd = (int)syscall(SYS_openat, AT_FDCWD, text, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
      log_fd = fcntl(fd, F_DUPFD_CLOEXEC, 500);
      syscall(SYS_close, fd);
    }
    if ((text = getenv("EDGES_KILL"))) kill_at = atol(text);
    if ((text = getenv("EDGES_FAIL"))) number_to_fail = atoi(text);
    if ((text = getenv("EDGES_ERRNO"))) errno_to_give = atoi(text);
    if ((text = getenv("EDGES_AFTER"))) fails_after = atoi(text);
  }
  // What the program starts is not looked at.
  unsetenv("LD_PRELOAD");
  inside--;
}

// The path of a name within a folder, from the root on; links in it are followed, but for the last name.
static const char *whole(int folder, const char *path, char *buffer) {
  char parent[PATH_MAX] = "", resolved[PATH_MAX];
  if (path[0] == '/') {
    snprintf(parent, sizeof parent, "%s", path);
  } else {
    ssize_t length = 0;
    if (folder == AT_FDCWD) {
      if (syscall(SYS_getcwd, parent, sizeof parent) < 0) parent[0] = 0;
      length = (ssize_t)strlen(parent);
    } else {
      char link[64];
      snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
      length = syscall(SYS_readlink, link, parent, sizeof parent - 1);
      if (length < 0) length = 0;
      parent[length] = 0;
    }
    snprintf(parent + length, sizeof parent - (size_t)length, "/%s", path);
  }
  size_t end = strlen(parent);
  while (end > 1 && parent[end - 1] == '/') parent[--end] = 0;
  char *slash = strrchr(parent, '/');
  if (!slash) return "";
  char name[PATH_MAX];
  snprintf(name, sizeof name, "%s", slash + 1);
  *slash = 0;
  if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) {
    *slash = '/';
    return realpath(parent, buffer) ? buffer : "";
  }
  if (!realpath(*parent ? parent : "/", resolved)) return "";
  snprintf(buffer, PATH_MAX, "%s/%s", strcmp(resolved, "/") ? resolved : "", name);
  return buffer;
}

static int counts(const char *path) {
  size_t length = strlen(root);
  return length && strncmp(path, root, length) == 0 && (path[length] == '/' || path[length] == 0);
}

static void put(const char *text, size_t length) {
  while (length) {
    ssize_t count = syscall(SYS_write, log_fd, text, length);
    if (count <= 0) return;
    text += count;
    length -= (size_t)count;
  }
}

static void note(int is_change, const char *format, ...) {
  if (log_fd < 0) return;
  char line[3 * PATH_MAX];
  va_list list;
  va_start(list, format);
  int length = vsnprintf(line, sizeof line, format, list);
  va_end(list);
  put(line, (size_t)length);
  put("\n", 1);
  if (is_change && ++operations == kill_at) syscall(SYS_kill, (pid_t)syscall(SYS_getpid), SIGKILL);
}

static void note_bytes(int fd, off_t offset, const unsigned char *bytes, size_t count) {
  if (log_fd < 0) return;
  char head[64];
  put(head, (size_t)snprintf(head, sizeof head, "write\t%d\t%lld\t", fd, (long long)offset));
  char part[512];
  for (size_t start = 0; start < count; start += 256) {
    size_t length = 0;
    for (size_t index = start; index < count && index < start + 256; index++)
      length += (size_t)sprintf(part + length, "%02x", bytes[index]);
    put(part, length);
  }
  put("\n", 1);
  if (++operations == kill_at) syscall(SYS_kill, (pid_t)syscall(SYS_getpid), SIGKILL);
}

// Whether this call is the one to fail. Said on standard error's behalf by its name in EDGES_LOG.
static int is_hit(const char *name) {
  if (!root[0]) return 0;
  long number = ++calls;
  if (number_to_fail == 0 && log_fd >= 0 && getenv("EDGES_COUNT")) note(0, "call\t%ld\t%s", number, name);
  return number == number_to_fail;
}

#define WRAP(type, name, arguments, done, failed) \
  if (inside) return done; \
  pthread_mutex_lock(&lock); \
  inside++; \
  int hit = is_hit(#name); \
  type result; \
  if (hit && !fails_after) { \
    result = failed; \
    errno = errno_to_give; \
  } else { \
    result = done; \
    int kept = errno; \
    if (result != failed) { after; } \
    errno = kept; \
    if (hit) { \
      result = failed; \
      errno = errno_to_give; \
    } \
  } \
  inside--; \
  { \
    int kept = errno; \
    pthread_mutex_unlock(&lock); \
    errno = kept; \
  } \
  return result

static mode_t mode_of(int flags, va_list list) {
  return flags & (O_CREAT | O_TMPFILE) ? (mode_t)va_arg(list, int) : 0;
}

static int open_at(const char *name, int folder, const char *path, int flags, mode_t mode) {
  if (inside) return (int)syscall(SYS_openat, folder, path, flags, mode);
  pthread_mutex_lock(&lock);
  inside++;
  int hit = is_hit(name);
  int result = -1, kept = errno_to_give;
  if (!hit || fails_after) {
    char buffer[PATH_MAX];
    const char *place = root[0] ? whole(folder, path, buffer) : "";
    struct stat status;
    int was_there = fstatat(AT_FDCWD, place, &status, AT_SYMLINK_NOFOLLOW) == 0;
    result = (int)syscall(SYS_openat, folder, path, flags, mode);
    kept = errno;
    if (result >= 0 && counts(place)) {
      const char *what = !was_there && flags & O_CREAT ? "create" : flags & O_TRUNC ? "empty" : "open";
      note(what[0] != 'o', "%s\t%d\t%s\t%d", what, result, place, flags & O_APPEND ? 1 : 0);
    }
    if (hit) {
      if (result >= 0) syscall(SYS_close, result);
      result = -1;
      kept = errno_to_give;
    }
  }
  inside--;
  pthread_mutex_unlock(&lock);
  errno = kept;
  return result;
}

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    va_list list; \
    va_start(list, flags); \
    mode_t mode = mode_of(flags, list); \
    va_end(list); \
    return open_at(#name, AT_FDCWD, path, flags, mode); \
  }
#define OPENAT(name) \
  int name(int folder, const char *path, int flags, ...) { \
    va_list list; \
    va_start(list, flags); \
    mode_t mode = mode_of(flags, list); \
    va_end(list); \
    return open_at(#name, folder, path, flags, mode); \
  }
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

ssize_t write(int fd, const void *bytes, size_t count) {
  REAL(ssize_t, write, int, const void *, size_t);
  // Where it lands: the place before it, or the end.
  off_t place = 0;
#define after \
  place = lseek(fd, 0, SEEK_CUR); \
  if (place >= result && place >= 0) note_bytes(fd, place - result, bytes, (size_t)result)
  WRAP(ssize_t, write, , real(fd, bytes, count), -1);
#undef after
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
  REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t);
#define after note_bytes(fd, offset, bytes, (size_t)result)
  WRAP(ssize_t, pwrite64, , real(fd, bytes, count, offset), -1);
#undef after
}

#define PLAIN(type, name, failed, parameters, words, ...) \
  type name parameters { \
    REAL(type, name, __VA_ARGS__); \
    WRAP(type, name, , real words, failed); \
  }

#define after note(1, "length\t%d\t%lld", fd, (long long)length)
PLAIN(int, ftruncate64, -1, (int fd, off64_t length), (fd, length), int, off64_t)
PLAIN(int, ftruncate, -1, (int fd, off_t length), (fd, length), int, off_t)
#undef after
#define after note(1, "fsync\t%d", fd)
PLAIN(int, fsync, -1, (int fd), (fd), int)
PLAIN(int, fdatasync, -1, (int fd), (fd), int)
#undef after
#define after note(1, "syncfs")
PLAIN(int, syncfs, -1, (int fd), (fd), int)
#undef after
#define after note(0, "close\t%d", fd)
PLAIN(int, close, -1, (int fd), (fd), int)
#undef after
#define after note(0, "dup\t%d\t%d", fd, result)
PLAIN(int, dup, -1, (int fd), (fd), int)
#undef after

static void note_two(const char *what, int from, const char *old, int to, const char *new) {
  char first[PATH_MAX], second[PATH_MAX];
  const char *a = whole(from, old, first), *b = whole(to, new, second);
  if (counts(a) || counts(b)) note(1, "%s\t%s\t%s", what, a, b);
}

static void note_one(const char *what, int folder, const char *path) {
  char buffer[PATH_MAX];
  const char *place = whole(folder, path, buffer);
  if (counts(place)) note(1, "%s\t%s", what, place);
}

#define after note_two("rename", AT_FDCWD, old, AT_FDCWD, new)
PLAIN(int, rename, -1, (const char *old, const char *new), (old, new), const char *, const char *)
#undef after
#define after note_two("rename", from, old, to, new)
PLAIN(int, renameat, -1, (int from, const char *old, int to, const char *new), (from, old, to, new), int, const char *,
      int, const char *)
PLAIN(int, renameat2, -1, (int from, const char *old, int to, const char *new, unsigned flags),
      (from, old, to, new, flags), int, const char *, int, const char *, unsigned)
#undef after
#define after note_two("link", AT_FDCWD, old, AT_FDCWD, new)
PLAIN(int, link, -1, (const char *old, const char *new), (old, new), const char *, const char *)
#undef after
#define after note_one("unlink", AT_FDCWD, path)
PLAIN(int, unlink, -1, (const char *path), (path), const char *)
#undef after
#define after note_one(flags & AT_REMOVEDIR ? "rmdir" : "unlink", folder, path)
PLAIN(int, unlinkat, -1, (int folder, const char *path, int flags), (folder, path, flags), int, const char *, int)
#undef after
#define after note_one("rmdir", AT_FDCWD, path)
PLAIN(int, rmdir, -1, (const char *path), (path), const char *)
#undef after
#define after note_one("mkdir", AT_FDCWD, path)
PLAIN(int, mkdir, -1, (const char *path, mode_t mode), (path, mode), const char *, mode_t)
#undef after

// What only reads, and can fail all the same.
#define after (void)0
PLAIN(ssize_t, read, -1, (int fd, void *bytes, size_t count), (fd, bytes, count), int, void *, size_t)
PLAIN(ssize_t, pread64, -1, (int fd, void *bytes, size_t count, off64_t offset), (fd, bytes, count, offset), int,
      void *, size_t, off64_t)
PLAIN(int, stat, -1, (const char *path, struct stat *status), (path, status), const char *, struct stat *)
PLAIN(int, lstat, -1, (const char *path, struct stat *status), (path, status), const char *, struct stat *)
PLAIN(int, fstat, -1, (int fd, struct stat *status), (fd, status), int, struct stat *)
PLAIN(int, fstatat, -1, (int folder, const char *path, struct stat *status, int flags), (folder, path, status, flags),
      int, const char *, struct stat *, int)
PLAIN(int, stat64, -1, (const char *path, struct stat64 *status), (path, status), const char *, struct stat64 *)
PLAIN(int, lstat64, -1, (const char *path, struct stat64 *status), (path, status), const char *, struct stat64 *)
PLAIN(int, fstat64, -1, (int fd, struct stat64 *status), (fd, status), int, struct stat64 *)
PLAIN(int, flock, -1, (int fd, int what), (fd, what), int, int)
PLAIN(int, fstatfs, -1, (int fd, struct statfs *status), (fd, status), int, struct statfs *)
PLAIN(DIR *, fdopendir, NULL, (int fd), (fd), int)
PLAIN(DIR *, opendir, NULL, (const char *path), (path), const char *)
PLAIN(char *, getcwd, NULL, (char *buffer, size_t size), (buffer, size), char *, size_t)
#undef after
