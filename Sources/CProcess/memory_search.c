#define _GNU_SOURCE
#include "memory_search.h"
#include <string.h>

bool memory_contains(const void *bytes, size_t count, const void *part, size_t part_count) {
  return memmem(bytes, count, part, part_count) != NULL;
}
