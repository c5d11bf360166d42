#include "server/net/tlspair.h"

#include <openssl/err.h>
#include <openssl/pem.h>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

openssl::Bio reader(const QByteArray &bytes)
{
    return openssl::Bio(BIO_new_mem_buf(bytes.constData(), int(bytes.size())));
}

/// Nobody is there whom OpenSSL could ask for a passphrase; by itself it asks the terminal.
int noPassphrase(char *, int, int, void *wasAsked)
{
    *static_cast<bool *>(wasAsked) = true;
    return -1;
}

} // namespace

std::variant<openssl::Key, QString> readKey(const QByteArray &pem)
{
    ERR_clear_error();
    bool isProtected = false;
    openssl::Key key(
            PEM_read_bio_PrivateKey(reader(pem).get(), nullptr, noPassphrase, &isProtected));
    ERR_clear_error();
    if (key)
        return key;
    return isProtected ? u"its key is protected by a passphrase, which nobody can enter: take it "
                         "off with \"openssl pkey\""_s
                       : u"there is no private key in PEM in it"_s;
}

std::variant<std::vector<openssl::Certificate>, QString> readCertificates(const QByteArray &pem)
{
    ERR_clear_error();
    std::vector<openssl::Certificate> all;
    const openssl::Bio bio = reader(pem);
    while (auto *one = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr))
        all.emplace_back(one);
    // The end is told like a failure.
    const unsigned long error = ERR_peek_last_error();
    const bool isEnd = ERR_GET_LIB(error) == ERR_LIB_PEM
            && ERR_GET_REASON(error) == PEM_R_NO_START_LINE;
    ERR_clear_error();
    if (!isEnd)
        return u"a certificate in it is damaged"_s;
    if (all.empty())
        return u"there is no certificate in PEM in it"_s;
    return all;
}

QString takeOpensslError()
{
    const unsigned long error = ERR_peek_last_error();
    const char *reason = ERR_reason_error_string(error);
    ERR_clear_error();
    return reason ? QString::fromLatin1(reason) : u"OpenSSL does not say why"_s;
}

} // namespace teahouse::server
