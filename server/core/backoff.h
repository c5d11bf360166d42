#pragma once

#include <QHash>
#include <QString>

#include <utility>

namespace teahouse::server {

/// How long somebody who guesses passwords has to wait. What counts is the account together with
/// the address, so that a stranger cannot lock the owner out; addresses from which an account was
/// never reached wait for each other, too. Names are folded; whether an account of that name
/// exists makes no difference. Times are ms since 1970 UTC. Owned by the House.
class LoginBackoff
{
public:
    static constexpr int freeTries = 5;       ///< of one address, before it waits
    static constexpr int freeTriesOfAll = 20; ///< of all strange addresses together
    static constexpr qint64 firstWait = 1000; ///< doubled with each further failure
    static constexpr qint64 longestWait = 60'000;
    static constexpr qint64 forgetAfter = 3'600'000; ///< without a further failure
    static constexpr qsizetype mostEntries = 20'000;

    /// How long until the next try may be made; 0: now.
    qint64 wait(const QString &name, const QString &address, qint64 now) const;

    /// A try begins, and counts as failed until it has succeeded or is withdrawn.
    void attempt(const QString &name, const QString &address, qint64 now);
    void succeeded(const QString &name, const QString &address);
    /// Nobody has looked whether it was right.
    void withdraw(const QString &name, const QString &address);

private:
    struct Tries
    {
        int failed = 0;
        qint64 until = 0;
        qint64 last = 0;
        bool isTrusted = false; ///< it has succeeded from here

        void fail(int free, qint64 now);
    };
    using Key = std::pair<QString, QString>;

    static Key strangers(const QString &name) { return {name, QStringLiteral("*")}; }
    void makeRoom(qint64 now);

    QHash<Key, Tries> m_tries;
};

} // namespace teahouse::server
