#include "catalogs.h"

/* #embed is C23; clang has it in every mode, and warns. It also lists the files among the dependencies. */
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char nist_800_171_r2[] = {
#embed "../../Controls/nist-800-171-r2.json"
};
static const unsigned char nist_800_171_r3[] = {
#embed "../../Controls/nist-800-171-r3.json"
};
static const unsigned char cmmc_level_1[] = {
#embed "../../Controls/cmmc-level-1.json"
};
static const unsigned char cmmc_level_2[] = {
#embed "../../Controls/cmmc-level-2.json"
};
static const unsigned char cmmc_level_3[] = {
#embed "../../Controls/cmmc-level-3.json"
};
static const unsigned char hipaa_security[] = {
#embed "../../Controls/hipaa-security.json"
};
static const unsigned char soc2[] = {
#embed "../../Controls/soc2.json"
};
static const unsigned char it_functions[] = {
#embed "../../Controls/it-functions.json"
};

static const struct {
  const char *name;
  const unsigned char *bytes;
  size_t length;
} catalogs[] = {
    {"it-functions", it_functions, sizeof it_functions},
    {"nist-800-171-r2", nist_800_171_r2, sizeof nist_800_171_r2},
    {"nist-800-171-r3", nist_800_171_r3, sizeof nist_800_171_r3},
    {"cmmc-level-1", cmmc_level_1, sizeof cmmc_level_1},
    {"cmmc-level-2", cmmc_level_2, sizeof cmmc_level_2},
    {"cmmc-level-3", cmmc_level_3, sizeof cmmc_level_3},
    {"hipaa-security", hipaa_security, sizeof hipaa_security},
    {"soc2", soc2, sizeof soc2},
};

static const size_t count = sizeof catalogs / sizeof catalogs[0];

size_t custody_catalog_count(void) { return count; }

const char *custody_catalog_name(size_t index) { return index < count ? catalogs[index].name : NULL; }

const unsigned char *custody_catalog_bytes(size_t index) { return index < count ? catalogs[index].bytes : NULL; }

size_t custody_catalog_length(size_t index) { return index < count ? catalogs[index].length : 0; }
