#ifndef CUSTODY_COPENSSL_H
#define CUSTODY_COPENSSL_H
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/x509.h>

// Swift does not import EVP_EC_gen, a function-like macro with a variadic call behind it.
static inline EVP_PKEY *custody_generate_p256(void) { return EVP_EC_gen("P-256"); }
static inline EVP_PKEY *custody_generate_ed25519(void) { return EVP_PKEY_Q_keygen(NULL, NULL, "ED25519"); }

// BIO_get_mem_data is a macro over BIO_ctrl.
static inline long custody_bio_data(BIO *bio, char **data) { return BIO_get_mem_data(bio, data); }
#endif
