#ifndef CUSTODY_CSQLITE_H
#define CUSTODY_CSQLITE_H
#include <sqlite3.h>

// Swift cannot import the macro SQLITE_TRANSIENT, a cast of -1 to a function pointer.
static inline int custody_sqlite3_bind_text(sqlite3_stmt *statement, int index, const char *text, int length) {
  return sqlite3_bind_text(statement, index, text, length, SQLITE_TRANSIENT);
}
static inline int custody_sqlite3_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, int length) {
  return sqlite3_bind_blob(statement, index, bytes, length, SQLITE_TRANSIENT);
}
#endif
