#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>

/// OpenSSL's objects with owners. Whoever calls OpenSSL clears its queue of errors before: what one
/// connection has left there would end another's.
namespace teahouse::server::openssl {

template <auto Free>
struct Freer
{
    template <typename Object>
    void operator()(Object *object) const
    {
        Free(object);
    }
};

using Bio = std::unique_ptr<BIO, Freer<BIO_free>>;
using BioMethod = std::unique_ptr<BIO_METHOD, Freer<BIO_meth_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Context = std::unique_ptr<SSL_CTX, Freer<SSL_CTX_free>>;
using Session = std::unique_ptr<SSL, Freer<SSL_free>>;

} // namespace teahouse::server::openssl
