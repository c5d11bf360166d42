#pragma once

#include "server/app/argon2.h"
#include "server/core/passwords.h"
#include "tests/support/manualexecutor.h"

namespace teahouse::server {

/// Hashes at the least cost, without threads: outcomes are told when the executor runs.
class DirectPasswords : public Passwords
{
public:
    explicit DirectPasswords(Executor &executor) : m_executor(executor) { }

    void hash(const QString &password, std::function<void(Result<QByteArray>)> then) override
    {
        if (isFull)
            return m_executor.post([then] { then(Error{.code = ErrorCode::SlowDown}); });
        m_executor.post([password, then] { then(hashPassword(password, HashCost::least())); });
    }
    void verify(const QString &password, const QByteArray &hash,
                std::function<void(Result<bool>)> then) override
    {
        ++verified;
        if (isFull)
            return m_executor.post([then] { then(Error{.code = ErrorCode::SlowDown}); });
        m_executor.post([password, hash, then] {
            then(verifyPassword(password, hash, HashCost::least()));
        });
    }

    bool isFull = false; ///< a test's: too many wait
    int verified = 0;    ///< how often it was asked

private:
    Executor &m_executor;
};

} // namespace teahouse::server
