#define _GNU_SOURCE
#include "process_arguments.h"
#include <unistd.h>

static int argument_count;
static char **arguments;

// glibc hands the words to every function that runs before main: see elf/dl-init.c.
__attribute__((constructor)) static void keep_arguments(int count, char **words) {
  argument_count = count;
  arguments = words;
}

const char *const *process_arguments(int *count) {
  *count = argument_count;
  return (const char *const *)arguments;
}

char *const *process_environment(void) { return environ; }
