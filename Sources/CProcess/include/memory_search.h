#ifndef MEMORY_SEARCH_H
#define MEMORY_SEARCH_H

#include <stdbool.h>
#include <stddef.h>

// Whether some bytes stand among others: memmem(3), an extension that Swift's view of the C library leaves out.
bool memory_contains(const void *bytes, size_t count, const void *part, size_t part_count);

#endif
