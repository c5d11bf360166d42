#include "server/app/selfsigned.h"

#include "server/net/tlspair.h"

#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <ctime>
#include <functional>

namespace teahouse::server {

namespace {

constexpr long oneDay = 24L * 60 * 60;
constexpr int validDays = 3652; ///< ten years, with their leap days
constexpr int serialBits = 127; ///< positive, and at most 20 bytes (RFC 5280, 4.1.2.2)

QByteArray written(const std::function<int(BIO *)> &write)
{
    const openssl::Bio bio(BIO_new(BIO_s_mem()));
    if (!bio || write(bio.get()) != 1)
        return {};
    char *bytes = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &bytes);
    return {bytes, size};
}

bool setSerial(X509 *certificate)
{
    const std::unique_ptr<BIGNUM, openssl::Freer<BN_free>> number(BN_new());
    return number && BN_rand(number.get(), serialBits, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1
            && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate));
}

bool setTimes(X509 *certificate, std::time_t now)
{
    return X509_time_adj_ex(X509_getm_notBefore(certificate), 0, -oneDay, &now)
            && X509_time_adj_ex(X509_getm_notAfter(certificate), validDays, -oneDay, &now);
}

bool setName(X509 *certificate)
{
    X509_NAME *name = X509_get_subject_name(certificate);
    const auto *text = reinterpret_cast<const unsigned char *>("Teahouse");
    return X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, text, -1, -1, 0) == 1
            && X509_set_issuer_name(certificate, name) == 1;
}

bool addExtension(X509 *certificate, int kind, const char *value)
{
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value);
    const bool isIn = extension && X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return isIn;
}

bool setUse(X509 *certificate)
{
    return addExtension(certificate, NID_basic_constraints, "critical,CA:FALSE")
            && addExtension(certificate, NID_key_usage, "critical,digitalSignature")
            && addExtension(certificate, NID_ext_key_usage, "serverAuth");
}

} // namespace

QByteArray makeKey()
{
    ERR_clear_error();
    const openssl::Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    if (!key)
        return {};
    return written([&](BIO *bio) {
        return PEM_write_bio_PKCS8PrivateKey(bio, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    });
}

QByteArray makeCertificate(const QByteArray &key, qint64 now)
{
    const auto read = readKey(key);
    const auto *owner = std::get_if<openssl::Key>(&read);
    const openssl::Certificate certificate(owner ? X509_new() : nullptr);
    X509 *made = certificate.get();
    if (!made || X509_set_version(made, X509_VERSION_3) != 1 || !setSerial(made)
        || !setTimes(made, static_cast<std::time_t>(now / 1000)) || !setName(made)
        || X509_set_pubkey(made, owner->get()) != 1 || !setUse(made)
        || X509_sign(made, owner->get(), EVP_sha256()) == 0)
        return {};
    return written([&](BIO *bio) { return PEM_write_bio_X509(bio, made); });
}

} // namespace teahouse::server
