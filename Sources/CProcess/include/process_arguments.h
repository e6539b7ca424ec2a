#ifndef PROCESS_ARGUMENTS_H
#define PROCESS_ARGUMENTS_H

// The words that the process was started with, its own name first: `count` of them.
//
// As the loader hands them over, so that nothing has to be opened for them: Swift's own list is read from /proc, and is
// empty where that cannot be opened.
const char *const *process_arguments(int *count);

// The variables that the process has, each `NAME=value`, ended by NULL: as bytes, which need not be UTF-8.
char *const *process_environment(void);

#endif
