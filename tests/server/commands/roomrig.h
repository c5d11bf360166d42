#pragma once

#include "server/commands/dispatcher.h"
#include "shared/wire/requestcodec.h"
#include "tests/support/recordingsink.h"
#include "tests/support/testserver.h"

#include <QJsonObject>
#include <QTest>

#include <list>

namespace teahouse::server {

/// People at a server of their own, who ask for things by native requests.
class RoomRig
{
public:
    struct Somebody
    {
        SessionId session = 0;
        RecordingSink *sink = nullptr;
    };

    RoomRig() : server(settings()) { }
    /// With a store of the test's own.
    explicit RoomRig(const TestServer::MakeStore &makeStore)
        : server(settings(), makeStore, startsAt)
    {
    }
    /// With other shares of what is scarce, in so many rooms.
    RoomRig(const ShareLimits &shares, int rooms)
        : server({.rooms = rooms,
                  .announceUpTo = limits::announceUpTo,
                  .accounts = {.plainPasswords = true},
                  .shares = shares})
    {
    }

    static constexpr qint64 startsAt = 1'700'000'000'000;
    TestServer server;

    Somebody open(Form form = Form::Object, const QString &address = QStringLiteral("192.0.2.1"))
    {
        m_sinks.emplace_back();
        const SessionId session = server.house.open({&m_sinks.back(), &encoder,
                                                     QStringLiteral("test"), form,
                                                     parseNetwork(address)->base});
        return {session, &m_sinks.back()};
    }
    /// From somewhere that limits by address know.
    Somebody openFrom(const Source &source, Form form = Form::Object)
    {
        m_sinks.emplace_back();
        const SessionId session = server.house.open(
                {&m_sinks.back(), &encoder, QStringLiteral("test"), form, source});
        return {session, &m_sinks.back()};
    }
    /// `ok`, or why the guest is not let in.
    QString enter(const Somebody &who, const QString &name)
    {
        server.house.setTime(server.moment());
        const auto welcome = server.house.login(who.session, name, {}, server.now);
        return welcome ? QStringLiteral("ok") : QString(errorName(welcome.error().code));
    }
    Somebody guest(const QString &name, Form form = Form::Object)
    {
        const Somebody guest = open(form);
        const auto welcome = server.house.login(guest.session, name, {}, server.now);
        if (!welcome)
            qFatal("%s is refused: %s", qPrintable(name), qPrintable(sentence(welcome.error())));
        return guest;
    }
    void makeAccount(const QString &name)
    {
        server.house.addAccount({}, name, password, server.now, [](const Result<Done> &) {});
        server.executor.run();
    }
    Result<Welcome> logIn(const Somebody &who, const QString &name)
    {
        Result<Welcome> outcome = Error{};
        server.house.login(who.session, LoginRequest{.name = name, .password = password},
                           server.now, [&](const Result<Welcome> &w) { outcome = w; });
        server.executor.run();
        return outcome;
    }
    /// Makes the account and logs in to it.
    Somebody account(const QString &name, Form form = Form::Object)
    {
        makeAccount(name);
        const Somebody account = open(form);
        if (const auto welcome = logIn(account, name); !welcome)
            qFatal("%s is refused: %s", qPrintable(name), qPrintable(sentence(welcome.error())));
        return account;
    }
    Somebody admin(const QString &name)
    {
        makeAccount(name);
        server.house.setRole(Doer{QStringLiteral("shell")}, name, QStringLiteral("admin"),
                             server.now, [](const Result<Done> &) {});
        server.executor.run();
        const Somebody admin = open();
        if (!logIn(admin, name))
            qFatal("%s is refused", qPrintable(name));
        return admin;
    }

    Reply reply(const Somebody &who, const QString &verb, const QJsonObject &fields = {})
    {
        Request request;
        request.verb = verb;
        request.form = Form::Object;
        request.fields = wire::toFields(fields);
        return carryOut(who, request);
    }
    Reply line(const Somebody &who, const QString &line)
    {
        Request request;
        request.verb = line.section(u' ', 0, 0);
        request.line = line.section(u' ', 1);
        return carryOut(who, request);
    }
    /// `ok`, or the error's name.
    QString ask(const Somebody &who, const QString &verb, const QJsonObject &fields = {})
    {
        return outcome(reply(who, verb, fields));
    }
    QString type(const Somebody &who, const QString &text) { return outcome(line(who, text)); }

    static QString outcome(const Reply &reply)
    {
        return reply ? QStringLiteral("ok") : QString(errorName(reply.error().code));
    }

    void pass(qint64 ms)
    {
        server.now += ms;
        server.house.tick(server.now);
        server.executor.run();
    }

    const QString password = QStringLiteral("correct horse");
    WordEncoder encoder;

private:
    static HouseSettings settings()
    {
        return {limits::rooms, limits::announceUpTo, keepForever, {.plainPasswords = true}};
    }
    Reply carryOut(const Somebody &who, const Request &request)
    {
        Reply outcome = Error{};
        server.dispatcher.dispatch(who.session, request, server.moment(),
                                   [&](const Reply &reply) { outcome = reply; });
        server.executor.run();
        return outcome;
    }

    std::list<RecordingSink> m_sinks;
};

} // namespace teahouse::server
