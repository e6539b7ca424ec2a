#ifndef CUSTODY_CYAML_H
#define CUSTODY_CYAML_H
#include <yaml.h>
#endif
