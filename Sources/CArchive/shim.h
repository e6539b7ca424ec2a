#ifndef CUSTODY_CARCHIVE_H
#define CUSTODY_CARCHIVE_H
#include <archive.h>
#include <archive_entry.h>

// Swift cannot import macros that cast.
static inline void custody_archive_entry_set_regular_file(struct archive_entry *entry) {
  archive_entry_set_filetype(entry, AE_IFREG);
}
static inline int custody_archive_entry_is_regular_file(struct archive_entry *entry) {
  return archive_entry_filetype(entry) == AE_IFREG && archive_entry_hardlink(entry) == 0;
}
static inline int custody_archive_entry_is_folder(struct archive_entry *entry) {
  return archive_entry_filetype(entry) == AE_IFDIR;
}
#endif
