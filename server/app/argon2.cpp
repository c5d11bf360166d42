#include "server/app/argon2.h"

#include <sodium.h>

#include <array>

namespace teahouse::server {

namespace {

/// Of no password that anybody knows; one for each cost that is asked for, of which there is one.
const QByteArray &unknownHash(const HashCost &cost)
{
    static const QByteArray hash = [&cost] {
        std::array<char, 33> secret = {};
        randombytes_buf(secret.data(), secret.size() - 1);
        return hashPassword(QString::fromLatin1(secret.data(), secret.size() - 1), cost);
    }();
    return hash;
}

bool isRight(const QByteArray &password, const QByteArray &hash)
{
    return crypto_pwhash_str_verify(hash.constData(), password.constData(),
                                    static_cast<unsigned long long>(password.size()))
            == 0;
}

} // namespace

HashCost HashCost::interactive()
{
    return {crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE};
}

HashCost HashCost::least()
{
    return {crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN};
}

QByteArray hashPassword(const QString &password, const HashCost &cost)
{
    if (sodium_init() < 0)
        return {};
    const QByteArray bytes = password.normalized(QString::NormalizationForm_C).toUtf8();
    std::array<char, crypto_pwhash_STRBYTES> hash = {};
    const int failed = crypto_pwhash_str(hash.data(), bytes.constData(),
                                         static_cast<unsigned long long>(bytes.size()),
                                         cost.operations, cost.memory);
    return failed ? QByteArray() : QByteArray(hash.data());
}

bool verifyPassword(const QString &password, const QByteArray &hash, const HashCost &cost)
{
    if (sodium_init() < 0)
        return false;
    const QByteArray bytes = password.normalized(QString::NormalizationForm_C).toUtf8();
    const QByteArray &unknown = unknownHash(cost);
    return isRight(bytes, hash.isEmpty() ? unknown : hash) && !hash.isEmpty();
}

} // namespace teahouse::server
